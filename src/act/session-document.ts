import { plannedVerification } from '../decide/plan.ts';
import type { StartStep } from '../decide/situation.ts';
import { renderOrchestrationDocument } from '../documents/orchestration-document.ts';
import type { UserTemplates } from '../documents/template.ts';
import { deliverablesOf, type ModuleConfig } from '../domain/config.ts';
import { SessionwrightError } from '../domain/errors.ts';
import { failureTable } from '../domain/failure.ts';
import type { GateVerdict } from '../domain/gate.ts';
import { entryOf, type ImplementationState } from '../domain/implementation-state.ts';
import type { PlannedCommand } from '../domain/verification.ts';
import type { World } from '../domain/world.ts';

/** What a session's document is written from. */
export interface DocumentGround {
  readonly world: World;
  readonly state: ImplementationState;
  readonly version: string;
  readonly stateBranch: string;
  readonly templates: UserTemplates;
}

/** The document of a session that starts, by the user's own template or ours. */
export function renderSessionDocument(
  ground: DocumentGround,
  step: Omit<StartStep, 'verdicts'>,
  verdicts: readonly GateVerdict[],
): string {
  const { world, state } = ground;
  const { module, session } = step;
  const { config, specPack, repository } = world;
  const entry = entryOf(state, module.id);
  const prompt = specPack.prompts.get(module.prompt);
  if (prompt === undefined) throw missingPrompt(module, config.paths.prompts);
  const view = {
    module,
    session,
    plannerVersion: ground.version,
    repositoryUrl: repository.url,
    stateBranch: ground.stateBranch,
    paths: config.paths,
    dependencies: module.dependsOn.map((id) => ({
      module: id,
      status: entryOf(state, id).status,
      passed: verdicts.some((one) => one.gate === `dependency:${id}` && one.verdict === 'passed'),
    })),
    verdicts,
    gates: config.gates,
    prompt,
    types: module.types.flatMap((name) => specPack.types.get(name) ?? []),
    previousAttempts: entry.session.history,
    cleared: entry.session.cleared ?? null,
    specChanges: step.specChanges,
    commands: sessionCommands(world, step),
    failures: failureTable(config.failures),
    deliverables: deliverablesOf(config, module),
    codeStyle: config.codeStyle,
  };
  return renderOrchestrationDocument(view, ground.templates['orchestration-document']);
}

function missingPrompt({ id, prompt }: ModuleConfig, file: string): SessionwrightError {
  return SessionwrightError.of('prompt-missing', { module: id, prompt, file });
}

/** The commands as they will be run on the session's heads. */
export function sessionCommands(
  world: World,
  step: Pick<StartStep, 'module' | 'session'>,
): readonly PlannedCommand[] {
  const head = { number: 0, headSha: step.session.baseSha };
  return plannedVerification(world, step.module, head).commands;
}
