import type { GateCommandConfig, ModuleConfig } from '../domain/config.ts';
import type { GateVerdict } from '../domain/gate.ts';
import { entryOf, type ImplementationState, type Status } from '../domain/implementation-state.ts';
import type { World } from '../domain/world.ts';

/** Every gate of a module with its verdict, the dependencies first. */
export function evaluateGates(
  world: World,
  state: ImplementationState,
  module: ModuleConfig,
): readonly GateVerdict[] {
  return [
    ...module.dependsOn.map((id) => dependencyGate(world, state, id)),
    ...world.config.gates.map((gate) => commandGate(world, state, gate)),
    handoffGate(world, module),
    promptGate(world, module),
    typesGate(world, module),
    blockersGate(world, state, module),
  ];
}

/** A status as it stands in a sentence, after "is". */
const STATUS_WORDS: Readonly<Record<Status, string>> = {
  pending: 'pending',
  'in-progress': 'in progress',
  review: 'in review',
  complete: 'complete',
  blocked: 'blocked',
};

function dependencyGate(world: World, state: ImplementationState, id: string): GateVerdict {
  const entry = entryOf(state, id);
  const gate = `dependency:${id}`;
  const title = `Dependency \`${id}\` is complete`;
  if (entry.status !== 'complete') {
    const clears = `\`${id}\` becomes complete: its pull request is verified and merged.`;
    return {
      gate,
      title,
      verdict: 'failed',
      reason: `\`${id}\` is ${STATUS_WORDS[entry.status]}`,
      clears,
    };
  }
  const { mergeSha } = entry.session;
  const contained = mergeSha === null || world.base.contains.get(mergeSha);
  if (contained === true) {
    const reason = `complete and contained in ${world.base.branch}`;
    return { gate, title, verdict: 'passed', reason, clears: '' };
  }
  return {
    gate,
    title,
    verdict: contained === undefined ? 'unknown' : 'failed',
    reason:
      contained === undefined
        ? `whether the merge of \`${id}\` is in ${world.base.branch} could not be read`
        : `the merge of \`${id}\` is no longer in ${world.base.branch}`,
    clears: `The merge commit of \`${id}\` is in ${world.base.branch} again.`,
  };
}

function commandGate(
  world: World,
  state: ImplementationState,
  command: GateCommandConfig,
): GateVerdict {
  const gate = `command:${command.id}`;
  const title = `${command.name}: \`${command.run}\``;
  const at = world.base.sha.slice(0, 7);
  const result =
    state.gateRun?.sha === world.base.sha ? state.gateRun.results[command.id] : undefined;
  if (result === 'passed') {
    return { gate, title, verdict: 'passed', reason: `passed on ${at}`, clears: '' };
  }
  if (result === 'failed') {
    const clears = `\`${command.run}\` passes on ${world.base.branch}.`;
    return { gate, title, verdict: 'failed', reason: `failed on ${at}`, clears };
  }
  return {
    gate,
    title,
    verdict: 'unknown',
    reason: result === undefined ? `not run on ${at} yet` : `could not be run on ${at}`,
    clears:
      'It runs by itself. Where that does not happen, the set-up of the verify job failed: its log says why.',
  };
}

function handoffGate(world: World, module: ModuleConfig): GateVerdict {
  const path = `${world.config.paths.handoffs}/${module.id}.md`;
  return existence(
    'handoff',
    'Context handoff exists',
    path,
    world.specPack.handoffs.has(module.id),
  );
}

function promptGate(world: World, module: ModuleConfig): GateVerdict {
  const place = `prompt ${module.prompt} in ${world.config.paths.prompts}`;
  return existence('prompt', 'Prompt exists', place, world.specPack.prompts.has(module.prompt));
}

function typesGate(world: World, module: ModuleConfig): GateVerdict {
  const missing = module.types.filter((name) => !world.specPack.types.has(name));
  const place =
    missing.length === 0
      ? world.config.paths.types
      : `${missing.join(', ')} in ${world.config.paths.types}`;
  return existence('types', 'Declared shared types exist', place, missing.length === 0);
}

function existence(gate: string, title: string, place: string, exists: boolean): GateVerdict {
  return exists
    ? { gate, title, verdict: 'passed', reason: `found (${place})`, clears: '' }
    : {
        gate,
        title,
        verdict: 'failed',
        reason: `missing: ${place}`,
        clears: `Add ${place} on the base branch.`,
      };
}

function blockersGate(world: World, state: ImplementationState, module: ModuleConfig): GateVerdict {
  const family = [module.id, ...world.graph.transitiveDependencies(module.id)];
  const blocked = family.filter((id) => entryOf(state, id).status === 'blocked');
  const gate = 'blockers';
  const title = 'No unresolved blockers';
  if (blocked.length === 0) {
    return {
      gate,
      title,
      verdict: 'passed',
      reason: 'no module it rests on is blocked',
      clears: '',
    };
  }
  const names = blocked.map((id) => {
    const issue = entryOf(state, id).session.escalation;
    return issue === null ? `\`${id}\`` : `\`${id}\` (#${issue})`;
  });
  return {
    gate,
    title,
    verdict: 'failed',
    reason: `blocked: ${names.join(', ')}`,
    clears: `Close the escalation of ${names.join(' and ')} as completed, with its resolution.`,
  };
}
