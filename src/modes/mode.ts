import type { Chance } from '../domain/chance.ts';
import type { Time } from '../domain/time.ts';
import type { Inputs } from '../inputs.ts';
import type { Environment } from './environment.ts';

export interface ModeInput {
  readonly inputs: Inputs;
  readonly environment: Environment;
  readonly log: Log;
  readonly time: Time;
  readonly chance: Chance;
}

export interface Log {
  readonly info: (line: string) => void;
  readonly debug: (line: string) => void;
  readonly warning: (line: string) => void;
}

export interface ModeResult {
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown for the job's page; empty where there is nothing to say. */
  readonly summary: string;
  /** What kept the run from doing all that was due; the outputs tell what was done before that. */
  readonly failure?: Error;
}

export type Mode = (input: ModeInput) => Promise<ModeResult>;
