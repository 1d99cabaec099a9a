import { availableParallelism } from 'node:os';
import { plannedVerification } from '../decide/plan.ts';
import { parseOrchestrationDocument } from '../documents/orchestration-document.ts';
import type { Config, ModuleConfig } from '../domain/config.ts';
import { SessionwrightError } from '../domain/errors.ts';
import { REPORT_SOURCE, type Failure } from '../domain/failure.ts';
import { entryOf, type ImplementationState } from '../domain/implementation-state.ts';
import { parseSessionBranch, sessionPaths } from '../domain/session.ts';
import { updateEntry } from '../domain/state-file.ts';
import type { CommandResult } from '../domain/verification.ts';
import { judge } from '../judge.ts';
import { baseCommit, findCheckout, type Checkout } from '../local/checkout.ts';
import { committedFiles, workingTree } from '../local/files.ts';
import { observeCheckout, type LocalObservation } from '../local/observe.ts';
import { readText } from '../local/pack.ts';
import { sessionHead } from '../local/session-head.ts';
import { parserOf } from '../parse-output.ts';
import { templateReader } from '../template-reader.ts';
import { createCancellation } from '../verification/cancellation.ts';
import { knownSecrets } from '../verification/known-secrets.ts';
import { runPlan } from '../verification/run-plan.ts';
import { UsageError, type Context } from './command.ts';
import { sha256 } from '../sha256.ts';
import { moduleOf } from './modules.ts';
import { createTerminalLog } from './terminal-log.ts';

/** Between being told to end and being ended, as long as whoever pressed Ctrl-C likes to wait. */
const GRACE_MS = 3000;

export interface VerificationHere {
  readonly module: string;
  /** 0 where no session of the module is known here. */
  readonly attempt: number;
  readonly sha: string;
  /** The base branch, whose config and specification were verified by; null where it is not known here. */
  readonly base: string | null;
  readonly commands: readonly CommandResult[];
  readonly failures: readonly Failure[];
}

/**
 * Runs a module's verification in the checkout and judges it as the pull request would be, by the rules of the base
 * branch where that is known, if all that lies here were committed and pushed.
 */
export async function verifyHere(
  context: Context,
  asked: string | undefined,
): Promise<VerificationHere> {
  const { io, directory, configPath, tell } = context;
  const checkout = await findCheckout(directory, configPath, io.env);
  const { seen, baseSha } = await observeBase(context, checkout);
  const { config } = seen.world;
  const module = moduleOf(seen.world, asked ?? branchModule(checkout, config));
  const { state, attempt } = await knownSession(seen, checkout, module);
  const pull = await sessionHead({ checkout, config, module, attempt, baseSha });
  const world = { ...seen.world, state, pulls: new Map([[module.id, pull]]) };
  const run = plannedVerification(world, module, pull);
  const log = createTerminalLog((text) => {
    io.stderr.write(text);
  });
  const now = (): number => performance.now();
  const cancellation = createCancellation(now);
  const release = io.onInterrupt(() => {
    cancellation.cancel(GRACE_MS);
  });
  tell(`Verifying ${module.id} in ${checkout.root}.`);
  const result = await runPlan(run, {
    cwd: checkout.root,
    parallelism: availableParallelism(),
    env: io.env,
    write: (chunk) => {
      log(chunk);
      return Promise.resolve();
    },
    now,
    randomToken: io.newId,
    parse: parserOf(checkout.root),
    masks: knownSecrets(io.env),
    cancellation,
  }).finally(release);
  const { world: judged, refused } = judge(world, result);
  if (judged.judgement === null) throw notJudged(refused);
  return {
    module: module.id,
    attempt,
    sha: run.sha,
    base: baseSha === null ? null : world.base.branch,
    commands: result.commands,
    failures: judged.judgement.failures.filter(
      (one) => attempt > 0 || one.source !== REPORT_SOURCE,
    ),
  };
}

/** Twice, since only the config says which branch is the base. */
async function observeBase(
  { configPath, io }: Context,
  checkout: Checkout,
): Promise<{ readonly seen: LocalObservation; readonly baseSha: string | null }> {
  const pack = { hash: sha256, checkTemplates: templateReader().check };
  const observer = { checkout, configPath, pack, now: io.now };
  const here = { ...observer, files: workingTree(checkout.root), baseSha: checkout.head };
  const seen = await observeCheckout(here, { kind: 'schedule' });
  const baseSha = await baseCommit(checkout, seen.world.base.branch);
  if (baseSha === null || baseSha === checkout.head) return { seen, baseSha };
  const files = committedFiles(checkout.git, baseSha);
  return {
    seen: await observeCheckout({ ...observer, files, baseSha }, { kind: 'schedule' }),
    baseSha,
  };
}

function branchModule({ branch }: Checkout, { modules }: Config): string {
  const session = parseSessionBranch(branch ?? '');
  if (session !== null) return session.module;
  const [first = '<module>'] = modules.keys();
  const where = branch === null ? 'This is on no branch' : `The branch ${branch} is no session’s`;
  throw new UsageError(
    `${where}, so nothing tells which module is meant.`,
    `Name it, such as: npx sessionwright verify ${first}`,
  );
}

/** The session that is worked on here, by the branch's name and its document where the state was not fetched. */
async function knownSession(
  { world }: LocalObservation,
  { branch, root }: Checkout,
  { id }: ModuleConfig,
): Promise<{ readonly state: ImplementationState; readonly attempt: number }> {
  const entry = entryOf(world.state, id);
  const named = parseSessionBranch(branch ?? '');
  const attempt = named?.module === id ? named.attempt : entry.session.attempt;
  const { document } = sessionPaths(id, attempt, world.config.paths.documents);
  const text = await readText(workingTree(root), document);
  const told = text === null ? null : parseOrchestrationDocument(text);
  const sessionId = told?.sessionId ?? entry.sessionId;
  return { state: updateEntry(world.state, id, { sessionId, session: { attempt } }), attempt };
}

function notJudged(refused: string | null): SessionwrightError {
  return SessionwrightError.of('not-judged', { why: refused ?? '' });
}
