import type { DashboardView } from '../../../../src/documents/dashboard.ts';
import type { PullRequestBodyView } from '../../../../src/documents/pull-request-body.ts';
import { DEFAULT_PATHS } from '../../../../src/domain/config-defaults.ts';
import { COMMANDS, HEAD_SHA, MODULE, moduleOf, REPOSITORY_URL, SESSION } from '../views.ts';
import { BUILT_IN_REPORT_FORMATS } from '../../../../src/domain/report-format.ts';

export const DASHBOARD: DashboardView = {
  repositoryUrl: REPOSITORY_URL,
  stateBranch: 'sessionwright-state',
  stateFile: 'implementation-state.json',
  stateCommit: null,
  paused: true,
  criticalPath: ['plex-auth', 'library'],
  orphans: [{ module: 'heart', status: 'review', attempt: 1, pullRequest: 9, escalation: null }],
  modules: [moduleOf('plex-auth', { status: 'complete' }), moduleOf('library')],
};

export const PULL_REQUEST: PullRequestBodyView = {
  module: MODULE,
  session: SESSION,
  repositoryUrl: REPOSITORY_URL,
  documentSha: HEAD_SHA,
  paths: DEFAULT_PATHS,
  commands: COMMANDS,
  selfFixLimit: 5,
  reportFormat: BUILT_IN_REPORT_FORMATS.implementation,
  request: null,
};
