import { renderJobSummary } from '../documents/job-summary.ts';
import { repair } from '../repair.ts';
import { repairOutside } from '../repair-outside.ts';
import type { Mode } from './mode.ts';
import { createClients } from './outside.ts';

/** `mode: repair`: tells how the state differs from what GitHub shows; writes it only with `dry-run: false`. */
export const runRepairMode: Mode = async ({ inputs, environment, log, time }) => {
  const { client } = await createClients(inputs, environment, { log, time });
  const { owner, repo } = environment;
  const outside = repairOutside(
    {
      client,
      name: { owner, repo },
      repositoryId: environment.repositoryId,
      configPath: inputs.config,
      now: () => new Date(time.now()).toISOString(),
    },
    log.info,
  );
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
