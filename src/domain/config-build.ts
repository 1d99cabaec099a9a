import type {
  CommandConfig,
  Config,
  Deliverable,
  EscalationTargetConfig,
  FailureConfig,
  GateCommandConfig,
  ModuleConfig,
} from './config-types.ts';
import { BUILT_IN_TARGETS, DEFAULT_TARGET } from './config-defaults.ts';
import { pascalCase, sentenceCase, titleCase } from './config-names.ts';
import type { ConfigFile } from './config-schema.ts';
import { parseDuration } from './duration.ts';

/** The checked file in the words of the code: camelCase, seconds, nothing left out. */
export function buildConfig(file: ConfigFile): Config {
  return {
    version: file.version,
    base: file.base ?? null,
    attempts: file.attempts,
    parallelSessions: file['parallel-sessions'],
    maxStartsPerRun: file['max-starts-per-run'],
    autoStart: file['auto-start'],
    paused: file.paused,
    selfFixLimit: file['self-fix-limit'],
    sessionTimeoutSeconds: seconds(file['session-timeout']),
    verificationTimeoutSeconds: seconds(file['verification-timeout']),
    retry: file.retry,
    onUnverifiedMerge: file['on-unverified-merge'],
    gates: file.gates.map(buildGate),
    verification: file.verification.map(buildCommand),
    failures: file.failures.map(buildFailure),
    deliverables: file.deliverables.map(buildDeliverable),
    codeStyle: file['code-style'],
    protectedPaths: file['protected-paths'],
    escalation: buildEscalation(file.escalation),
    handoff: {
      workflow: file.handoff.workflow ?? null,
      comment: file.handoff.comment ?? null,
      assignees: file.handoff.assignees,
      labels: file.handoff.labels,
    },
    allowedBots: file['allowed-bots'],
    trustedAuthors: file['trusted-authors'],
    paths: {
      prompts: withoutSlash(file.paths.prompts),
      types: withoutSlash(file.paths.types),
      handoffs: withoutSlash(file.paths.handoffs),
      documents: withoutSlash(file.paths.documents),
      state: withoutSlash(file.paths.state),
      planningAgent: withoutSlash(file.paths['planning-agent']),
      codingAgent: withoutSlash(file.paths['coding-agent']),
    },
    modules: new Map(Object.entries(file.modules).map(([id, it]) => [id, buildModule(id, it)])),
  };
}

function buildGate(gate: ConfigFile['gates'][number]): GateCommandConfig {
  return {
    id: gate.id,
    name: gate.name ?? sentenceCase(gate.id),
    run: gate.run,
    timeoutSeconds: seconds(gate.timeout),
  };
}

function buildCommand(command: ConfigFile['verification'][number]): CommandConfig {
  return {
    ...buildGate(command),
    failure: command.failure,
    env: Object.fromEntries(
      Object.entries(command.env).map(([name, value]) => [name, String(value)]),
    ),
    shell: command.shell ?? null,
    workingDirectory: command['working-directory'] ?? null,
    needs: command.needs,
    parallel: command.parallel,
    report: command.report ?? null,
    allowEmpty: command['allow-empty'],
  };
}

const INSTRUCTIONS = {
  'self-fix': 'Fix it and run the command again',
  halt: 'HALT',
  retry: 'Run again; no attempt is spent',
} as const;

function buildFailure(failure: ConfigFile['failures'][number]): FailureConfig {
  return {
    id: failure.id,
    title: failure.title ?? sentenceCase(failure.id),
    indicator: failure.indicator,
    instruction: failure.instruction ?? INSTRUCTIONS[failure.action],
    action: failure.action,
    target: failure.action === 'halt' ? (failure.target ?? DEFAULT_TARGET) : null,
    exitCodes: failure['exit-codes'],
    commands: failure.commands,
    matches: failure.matches,
  };
}

function buildEscalation(
  escalation: ConfigFile['escalation'],
): Readonly<Record<string, EscalationTargetConfig>> {
  const builtIn = BUILT_IN_TARGETS.map(
    (target) => [target, { labels: [], assignees: [] }] as const,
  );
  return { ...Object.fromEntries(builtIn), ...escalation };
}

function buildModule(id: string, module: ConfigFile['modules'][string]): ModuleConfig {
  return {
    id,
    name: module.name ?? titleCase(id),
    className: module['class-name'] ?? pascalCase(id),
    dependsOn: module['depends-on'],
    prompt: module.prompt,
    types: module.types,
    deliverables: module.deliverables?.map(buildDeliverable) ?? null,
  };
}

function buildDeliverable(deliverable: ConfigFile['deliverables'][number]): Deliverable {
  return {
    path: withoutSlash(deliverable.path),
    comment: deliverable.comment ?? '',
    optional: deliverable.optional,
  };
}

/** The schema lets nothing but durations through. */
function seconds(duration: string): number {
  return parseDuration(duration) ?? 0;
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
