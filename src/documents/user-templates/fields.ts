import type { dashboardFields } from '../dashboard.ts';
import type { escalationIssueFields } from '../escalation-issue.ts';
import type { pullRequestBodyFields } from '../pull-request-body.ts';
import type { TemplateName } from '../template.ts';
import { flag, rows, text, texts, type Fields, type FieldsOf } from './field.ts';
import { ORCHESTRATION_DOCUMENT_FIELDS } from './orchestration-document-fields.ts';

const PULL_REQUEST_BODY_FIELDS = {
  name: text('The module’s name.', 'Plex Authentication'),
  moduleId: text('The module’s id, as code.', '`plex-auth`'),
  sessionId: text('The session’s UUID, as code.', '`550e8400-e29b-41d4-a716-446655440000`'),
  attempt: text('Which attempt this is.', '2'),
  maxAttempts: text('How many attempts there may be.', '3'),
  requestedBy: text(
    'Who asked for the session, with a comma before; empty where nobody did.',
    ', requested by `octocat` in #42',
  ),
  documentLink: text('A link to the orchestration document.', '[`session-plex-auth-2.md`](url)'),
  branch: text('The session’s branch, as code.', '`session/plex-auth-2`'),
  codingAgentPath: text('The page with the report’s format, as code.', '`coding-agent.md`'),
  reportToFillIn: text('The implementation report to fill in, folded.', 'The report'),
  reportPath: text('The implementation report’s path, as code.', '`reports/plex-auth-2.md`'),
  escalationReportPath: text(
    'The escalation report’s path, as code.',
    '`reports/plex-auth-2-escalation.md`',
  ),
  claimPath: text('The claim’s path, as code.', '`claims/plex-auth-2.json`'),
  selfFixes: text('How many verifications may fail.', '5 failed verifications'),
  commands: text('The verification protocol, as a block of code.', '```bash\nnpm test\n```'),
} as const satisfies FieldsOf<ReturnType<typeof pullRequestBodyFields>>;

const DASHBOARD_FIELDS = {
  progress: text('How much is done, in words and as a bar.', '**1 of 2 modules complete**'),
  paused: flag('Whether the config says `paused: true`.'),
  graph: text('The modules and what they depend on, as a block of Mermaid.', 'The graph.'),
  criticalPath: text(
    'The longest chain of modules still to be done; empty where there is none.',
    '**Critical path**, 2 modules: Plex Authentication → Plex Library',
  ),
  ready: text('The modules that could start, as a list; empty where there are none.', 'None.'),
  running: text('The sessions under way, as a table; empty where there are none.', 'None.'),
  waiting: text(
    'The modules that were asked for and wait, as a table; empty where there are none.',
    'None.',
  ),
  blocked: text('The blocked modules, as a table; empty where there are none.', 'None.'),
  done: text('The complete modules, as a table; empty where there are none.', 'None.'),
  unasked: text(
    'The modules nobody asked for and that could not start, as a list; empty where there are none.',
    'None.',
  ),
  orphans: text(
    'What is under way of modules that were taken out of the config, as a list; empty where nothing is.',
    'None.',
  ),
  table: text('Every module, as a table.', 'The table.'),
  stateLink: text('A link to the state file.', '[`implementation-state.json`](url)'),
} as const satisfies FieldsOf<ReturnType<typeof dashboardFields>>;

const ESCALATION_ISSUE_FIELDS = {
  name: text('The module’s name.', 'Plex Authentication'),
  moduleId: text('The module’s id, as code.', '`plex-auth`'),
  attempt: text('Which attempt has stopped.', '2'),
  maxAttempts: text('How many attempts there may be.', '3'),
  stopped: text(
    'That the attempt has stopped, or that the module was blocked before its first, as a clause.',
    'Its session, attempt 2 of 3, has stopped',
  ),
  nextAttempt: text('The attempt that follows once this is answered.', '3'),
  nextMaxAttempts: text('How many attempts there may be then.', '3'),
  target: text('Whom the issue is addressed to.', 'Phase 1 Review'),
  sections: rows('The sections as `planning-agent.md` asks for them, filled.', {
    title: text('The heading.', 'What is blocked'),
    text: text('What stands below it.', 'A type is missing.'),
  }),
  happened: text('What stopped the session, and who.', '**Missing type.** `PlexPin`.'),
  question: text('What has to be decided.', 'Where does the type belong?'),
  options: texts('The answers there are.', 'Add it to the shared types'),
  evidence: texts('What shows it: the pull request, the commit, the document.', '#57'),
  failures: text('The failures of the last head; empty where there are none.', '#### Type error'),
  report: text('The coder’s report, quoted.', '> What was tried'),
  tried: text('The earlier attempts, as a table.', 'Nothing before this.'),
  downstream: text('The modules that wait for this one, with a graph.', 'Nothing.'),
} as const satisfies FieldsOf<ReturnType<typeof escalationIssueFields>>;

/** What each template may name. */
export const TEMPLATE_FIELDS: Readonly<Record<TemplateName, Fields>> = {
  'orchestration-document': ORCHESTRATION_DOCUMENT_FIELDS,
  'pull-request-body': PULL_REQUEST_BODY_FIELDS,
  'escalation-issue': ESCALATION_ISSUE_FIELDS,
  dashboard: DASHBOARD_FIELDS,
};
