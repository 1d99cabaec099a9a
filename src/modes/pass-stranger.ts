import { renderNotASessionCheck } from '../documents/verification-report.ts';
import { checkExternalId, VERIFICATION_CHECK } from '../domain/checks.ts';
import { DEFAULT_PATHS } from '../domain/config-defaults.ts';
import { SessionwrightError } from '../domain/errors.ts';
import type { MessageCode } from '../domain/messages/catalogue.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import type { Trigger } from '../domain/trigger.ts';
import { createHub } from '../github/hub.ts';
import { readStranger } from '../github/stranger.ts';
import type { ModeInput } from './mode.ts';
import { createClients } from './outside.ts';

/** What keeps a run from telling a session from any other pull request, until somebody mends it. */
const UNREAD: readonly MessageCode[] = [
  'config-missing',
  'config-invalid',
  'base-missing',
  'state-missing',
  'state-unreadable',
];

/**
 * Where config or state cannot be read, a pull request that can be no session's gets the required check all the same:
 * it may be the one that mends them, and an unreported check would block it for ever.
 */
export async function passStranger(
  { inputs, environment, log, time }: ModeInput,
  trigger: Trigger,
  error: unknown,
): Promise<void> {
  const isUnread = error instanceof SessionwrightError && UNREAD.includes(error.code);
  if (!isUnread || inputs.dryRun) return;
  if (trigger.kind !== 'pull-request' || trigger.action === 'closed') return;
  const { owner, repo, repositoryId } = environment;
  const name = { owner, repo };
  const { client } = await createClients(inputs, environment, { log, time });
  const found = await readStranger(client, name, trigger.number, {
    config: inputs.config,
    stateBranch: STATE_BRANCH,
    stateFile: DEFAULT_PATHS.state,
    repositoryId,
  });
  if (found === null || found.pull.check?.conclusion === 'SUCCESS') return;
  const { pull } = found;
  const identity = { viewer: '', former: [] };
  const hub = createHub({ client, name, repositoryId: found.repositoryId, identity });
  await hub.write([
    {
      kind: 'check-run',
      id: pull.check?.id ?? null,
      name: VERIFICATION_CHECK,
      sha: pull.headSha,
      externalId: checkExternalId('none', pull.headSha),
      conclusion: 'success',
      detailsUrl: environment.runUrl,
      output: renderNotASessionCheck(),
    },
  ]);
  log.info(`Passed #${pull.number}, which is no session.`);
}
