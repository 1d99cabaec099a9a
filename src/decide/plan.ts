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
