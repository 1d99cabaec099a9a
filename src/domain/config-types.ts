import type { FailureRow } from './failure.ts';

/** Paths inside the user's repository, each relative to its root. */
export interface Paths {
  readonly prompts: string;
  readonly types: string;
  readonly handoffs: string;
  readonly documents: string;
  readonly state: string;
  /** The page that gives the escalation report's format. */
  readonly planningAgent: string;
  /** The page that gives the implementation report's format. */
  readonly codingAgent: string;
}

/** One command of the verification protocol or of a gate, with its `{{module.*}}` fields not yet filled. */
export interface CommandConfig {
  readonly id: string;
  readonly name: string;
  readonly run: string;
  /** The failure type a non-zero exit stands for, unless the output tells more. */
  readonly failure: string;
  readonly env: Readonly<Record<string, string>>;
  readonly shell: string | null;
  readonly workingDirectory: string | null;
  readonly timeoutSeconds: number;
  readonly needs: readonly string[];
  readonly parallel: boolean;
  /** A file the command writes, relative to the repository's root. */
  readonly report: string | null;
  readonly allowEmpty: boolean;
}

export interface GateCommandConfig {
  readonly id: string;
  readonly name: string;
  readonly run: string;
  readonly timeoutSeconds: number;
}

/**
 * A failure type the config adds, and what it is told by. All kinds that are given must hold, and of each kind one; a
 * row that gives none is only named by a command's own `failure` or by a coder.
 */
export interface FailureConfig extends FailureRow {
  /** Exit codes of the command. */
  readonly exitCodes: readonly number[];
  /** Ids of commands of the verification. */
  readonly commands: readonly string[];
  /** Texts that a line of the output contains; `*` stands for anything within the line. */
  readonly matches: readonly string[];
}

export interface EscalationTargetConfig {
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** With its organization. */
  readonly team?: string | undefined;
}

/** A file a session creates; `[module-name]` and `[ModuleName]` stand for the id and the class name. */
export interface Deliverable {
  readonly path: string;
  readonly comment: string;
  readonly optional: boolean;
}

export interface ModuleConfig {
  readonly id: string;
  readonly name: string;
  readonly className: string;
  readonly dependsOn: readonly string[];
  readonly prompt: number;
  readonly types: readonly string[];
  readonly deliverables: readonly Deliverable[] | null;
}

export interface Config {
  readonly version: 1;
  /** Null stands for the repository's default branch. */
  readonly base: string | null;
  readonly attempts: number;
  readonly parallelSessions: number;
  readonly maxStartsPerRun: number;
  readonly autoStart: boolean;
  readonly paused: boolean;
  readonly selfFixLimit: number;
  readonly sessionTimeoutSeconds: number;
  /** For the set-up and all commands of one run together. */
  readonly verificationTimeoutSeconds: number;
  readonly retry: 'fresh' | 'continue';
  readonly onUnverifiedMerge: 'escalate' | 'accept';
  readonly gates: readonly GateCommandConfig[];
  readonly verification: readonly CommandConfig[];
  readonly failures: readonly FailureConfig[];
  readonly deliverables: readonly Deliverable[];
  readonly codeStyle: readonly string[];
  readonly protectedPaths: readonly string[];
  /** By target; the two built-in targets are always there. */
  readonly escalation: Readonly<Record<string, EscalationTargetConfig>>;
  readonly handoff: {
    readonly workflow: string | null;
    readonly comment: string | null;
    readonly assignees: readonly string[];
    readonly labels: readonly string[];
  };
  readonly allowedBots: readonly string[];
  readonly trustedAuthors: readonly string[];
  readonly paths: Paths;
  /** By id, in the order of the file. */
  readonly modules: ReadonlyMap<string, ModuleConfig>;
}
