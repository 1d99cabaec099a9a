import type { CommandConfig, GateCommandConfig, ModuleConfig } from '../domain/config.ts';
import { fillCommand } from '../domain/config.ts';
import type { PlannedCommand, PlannedRun } from '../domain/verification.ts';
import type { World } from '../domain/world.ts';

/** The gate commands on the base's tip. */
export function plannedGates(world: World): PlannedRun {
  return {
    kind: 'gates',
    sha: world.base.sha,
    timeoutSeconds: world.config.verificationTimeoutSeconds,
    commands: world.config.gates.map(gateCommand),
  };
}

/** The verification protocol of a module on one head. */
export function plannedVerification(
  world: World,
  module: ModuleConfig,
  pull: { readonly number: number; readonly headSha: string },
): PlannedRun {
  return {
    kind: 'verification',
    sha: pull.headSha,
    timeoutSeconds: world.config.verificationTimeoutSeconds,
    module: module.id,
    pullRequest: pull.number,
    commands: world.config.verification.map((command) => protocolCommand(command, module)),
  };
}

/**
 * The protocols of several modules on one commit. A command that reads the same for all runs once; the others, of which
 * each module has its own, have the module in their names.
 */
export function plannedGroup(
  { config }: Pick<World, 'config'>,
  sha: string,
  modules: readonly ModuleConfig[],
): PlannedRun {
  const commands = config.verification.flatMap((command) => {
    const own = ownLines(command, modules);
    return own.map((line) => groupCommand(command, line, own));
  });
  const known = new Set(commands.map(({ id }) => id));
  const idsOf = (id: string): readonly string[] =>
    [...known].filter((one) => one === id || one.startsWith(`${id}${OF_MODULE}`));
  return {
    kind: 'group',
    sha,
    timeoutSeconds: config.verificationTimeoutSeconds,
    commands: commands.map((one) => ({ ...one, needs: one.needs.flatMap(idsOf) })),
  };
}

/** Between a command's id and the number of the module whose own it is. */
const OF_MODULE = '-of-';

interface OwnLine {
  readonly run: string;
  readonly modules: readonly string[];
}

function ownLines(command: CommandConfig, modules: readonly ModuleConfig[]): readonly OwnLine[] {
  const lines = new Map<string, string[]>();
  for (const module of modules) {
    const run = fillCommand(command.run, module);
    lines.set(run, [...(lines.get(run) ?? []), module.id]);
  }
  return [...lines].map(([run, ids]) => ({ run, modules: ids }));
}

/** Two that write the same report must not do so at once. */
function groupCommand(
  command: CommandConfig,
  line: OwnLine,
  all: readonly OwnLine[],
): PlannedCommand {
  const { run, modules } = line;
  if (all.length === 1) return { ...command, run };
  return {
    ...command,
    run,
    id: `${command.id}${OF_MODULE}${all.indexOf(line) + 1}`,
    name: `${command.name} (${modules.join(', ')})`,
    parallel: command.parallel && command.report === null,
  };
}

function protocolCommand(command: CommandConfig, module: ModuleConfig): PlannedCommand {
  return { ...command, run: fillCommand(command.run, module) };
}

function gateCommand(gate: GateCommandConfig): PlannedCommand {
  return {
    ...gate,
    failure: 'type-error',
    env: {},
    shell: null,
    workingDirectory: null,
    needs: [],
    parallel: true,
    report: null,
    allowEmpty: true,
  };
}
