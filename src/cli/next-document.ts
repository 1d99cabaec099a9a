import { renderSessionDocument } from '../act/session-document.ts';
import { evaluateGates } from '../decide/gates.ts';
import type { StartStep } from '../decide/situation.ts';
import { beginSession } from '../decide/start.ts';
import type { ModuleConfig } from '../domain/config.ts';
import { SessionwrightError } from '../domain/errors.ts';
import type { GateVerdict } from '../domain/gate.ts';
import { entryOf } from '../domain/implementation-state.ts';
import type { Session } from '../domain/session.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import { updateEntry } from '../domain/state-file.ts';
import type { World } from '../domain/world.ts';
import { VERSION } from '../domain/version.ts';
import type { Seen } from './seen.ts';
import { moduleOf } from './modules.ts';

export interface NextDocument {
  readonly document: string;
  readonly session: Session;
  readonly verdicts: readonly GateVerdict[];
}

/** The document of the session that runs, or of the next attempt as if it began now, whatever its gates say. */
export function nextDocument(
  { world, templates }: Pick<Seen, 'world' | 'templates'>,
  id: string,
  newSessionId: () => string,
): NextDocument {
  const module = moduleOf(world, id);
  if (!world.specPack.prompts.has(module.prompt)) throw missingPrompt(world, module);
  const verdicts = evaluateGates(world, world.state, module);
  const step = startOf(world, module, { verdicts, newSessionId });
  const { state } = world;
  const ground = { world, state, version: VERSION, stateBranch: STATE_BRANCH, templates };
  const document = renderSessionDocument(ground, step, verdicts);
  return { document, session: step.session, verdicts };
}

interface Begin {
  readonly verdicts: readonly GateVerdict[];
  readonly newSessionId: () => string;
}

/** Only a pending module begins: what runs, ended or stands still is looked at as if it were. */
function startOf(world: World, module: ModuleConfig, { verdicts, newSessionId }: Begin): StartStep {
  const { status, sessionId, session: now } = entryOf(world.state, module.id);
  const { attempt, startedAt, baseSha } = now;
  const isRunning = status === 'in-progress' || status === 'review';
  const state = updateEntry(world.state, module.id, {
    status: 'pending',
    session: { attempt: isRunning ? attempt - 1 : attempt },
  });
  const blank = { world: { ...world, state }, phase: 'orchestrate', newSessionId, state } as const;
  const begun = beginSession({ ...blank, steps: [], needs: [] }, module, verdicts);
  const step = begun.steps.find((one) => one.kind === 'start');
  if (step === undefined) throw new Error(`No session of ${module.id} begins.`);
  if (!isRunning || sessionId === null || startedAt === null || baseSha === null) return step;
  return { ...step, session: { ...step.session, sessionId, startedAt, baseSha } };
}

function missingPrompt({ config }: World, { id, prompt }: ModuleConfig): SessionwrightError {
  return SessionwrightError.of('prompt-missing', {
    module: id,
    prompt,
    file: config.paths.prompts,
  });
}
