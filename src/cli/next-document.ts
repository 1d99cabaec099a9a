import { renderSessionDocument } from '../act/session-document.ts';
import { compileTemplates } from '../act/user-templates.ts';
import { evaluateGates } from '../decide/gates.ts';
import type { Situation, StartStep } from '../decide/situation.ts';
import { beginSession, resumeSession } from '../decide/start.ts';
import type { ModuleConfig } from '../domain/config.ts';
import { SessionwrightError } from '../domain/errors.ts';
import type { GateVerdict } from '../domain/gate.ts';
import { entryOf } from '../domain/implementation-state.ts';
import type { Session } from '../domain/session.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import { updateEntry } from '../domain/state-file.ts';
import type { World } from '../domain/world.ts';
import { VERSION } from '../version.ts';
import type { Seen } from './seen.ts';
import { moduleOf } from './modules.ts';

export interface NextDocument {
  readonly document: string;
  readonly session: Session;
  readonly verdicts: readonly GateVerdict[];
}

/** The document of the session that runs, or of the next attempt as if it began now, whatever its gates say. */
export async function nextDocument(
  { world, templateFiles }: Pick<Seen, 'world' | 'templateFiles'>,
  id: string,
  newSessionId: () => string,
): Promise<NextDocument> {
  const module = moduleOf(world, id);
  if (!world.specPack.prompts.has(module.prompt)) throw missingPrompt(world, module);
  const step = startOf(world, module, newSessionId);
  const { state } = world;
  const templates = await compileTemplates(templateFiles);
  const ground = { world, state, version: VERSION, stateBranch: STATE_BRANCH, templates };
  const { session, verdicts } = step;
  return { document: renderSessionDocument(ground, step), session, verdicts };
}

function startOf(world: World, module: ModuleConfig, newSessionId: () => string): StartStep {
  const entry = entryOf(world.state, module.id);
  const isRunning = entry.status === 'in-progress' || entry.status === 'review';
  // Only a pending module begins: what ended, or stands still, is looked at as if it were.
  const state = isRunning
    ? world.state
    : updateEntry(world.state, module.id, { status: 'pending' });
  const blank: Situation = {
    world: { ...world, state },
    phase: 'orchestrate',
    newSessionId,
    state,
    steps: [],
    needs: [],
  };
  const begun = isRunning
    ? resumeSession(blank, module)
    : beginSession(blank, module, evaluateGates(world, state, module));
  const step = begun.steps.find((one) => one.kind === 'start');
  if (step !== undefined) return step;
  throw new SessionwrightError({
    code: 'session-unknown',
    message: `The state says that a session of ${module.id} runs, but not which.`,
    fix: 'Fetch the state branch again; if it lacks `sessionId` there too, mend its entry.',
  });
}

function missingPrompt({ config }: World, { id, prompt, name }: ModuleConfig): SessionwrightError {
  return new SessionwrightError({
    code: 'prompt-missing',
    message: `${id} has no prompt ${prompt} in ${config.paths.prompts}, and without it no document.`,
    fix: `Add the heading "## Prompt ${prompt}: ${name}" there, or correct the number in the config.`,
  });
}
