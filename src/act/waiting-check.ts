import type { ModuleConfig } from '../domain/config.ts';
import { checkExternalId, VERIFICATION_CHECK } from '../domain/checks.ts';
import { failureTable } from '../domain/failure.ts';
import { sessionPaths } from '../domain/session.ts';
import { renderVerificationCheck } from '../documents/verification-report.ts';
import type { Write } from '../domain/writes.ts';
import type { Stage } from './stage.ts';

interface WaitingHead {
  readonly module: ModuleConfig;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly sha: string;
}

/** The required check on a head that holds nothing but our document: it waits for the coder. */
export function waitingCheck(
  { world, runUrl }: Stage,
  { module, attempt, maxAttempts, sha }: WaitingHead,
): Write {
  return {
    kind: 'check-run',
    id: null,
    name: VERIFICATION_CHECK,
    sha,
    externalId: checkExternalId(`${module.id}-${attempt}`, sha),
    conclusion: 'queued',
    detailsUrl: runUrl,
    output: renderVerificationCheck({
      module,
      attempt,
      maxAttempts,
      repositoryUrl: world.repository.url,
      headSha: sha,
      document: sessionPaths(module.id, attempt, world.config.paths.documents).document,
      outcome: { kind: 'waiting' },
      commands: [],
      checks: [],
      failures: [],
      table: failureTable(world.config.failures),
      shed: [],
      escalation: null,
      runUrl,
    }),
  };
}
