import { renderJobSummary } from '../documents/job-summary.ts';
import { observeRemains } from '../github/observe-remains.ts';
import { repair } from '../repair.ts';
import { sha256 } from '../sha256.ts';
import type { Mode } from './mode.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import { createClients } from './outside.ts';

/** `mode: repair`: tells how the state differs from what GitHub shows; writes it only with `dry-run: false`. */
export const runRepairMode: Mode = async ({ inputs, environment, log, time }) => {
  const { client } = await createClients(inputs, environment, { log, time });
  const { owner, repo } = environment;
  const now = (): string => new Date(time.now()).toISOString();
  const observer = {
    client,
    name: { owner, repo },
    repositoryId: environment.repositoryId,
    configPath: inputs.config,
    stateBranch: STATE_BRANCH,
    pack: {
      hash: sha256,
      // Nothing is rendered, so that no template can stand in the way.
      checkTemplates: () => Promise.resolve([]),
    },
    subjectOf: () => null,
    now,
  };
  const outside = {
    look: (markers: Parameters<typeof observeRemains>[1]) => observeRemains(observer, markers),
    now,
    tell: log.info,
  };
  const { differences, lost, written } = await repair(outside, !inputs.dryRun);
  if (!written && differences.length > 0) {
    log.warning('Nothing was written. Run it again with `dry-run: false` to write this.');
  }
  return {
    outputs: { differences: JSON.stringify(differences), repaired: String(written) },
    summary: renderJobSummary({
      mode: 'repair',
      dryRun: inputs.dryRun,
      trigger: environment.event,
      observed: lost.map((line) => `not recovered: ${line}`),
      decided: differences,
      done: written ? ['the state was written, in one commit'] : [],
      problems: [],
      plan: null,
      failure: null,
      links: [],
    }),
  };
};
