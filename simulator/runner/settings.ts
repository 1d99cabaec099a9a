import path from 'node:path';
import type { RunnerProgress } from './records.ts';

export interface RunnerOptions {
  /** Where workspaces, temporary files and artifacts go; it is created if it is missing. */
  readonly workRoot: string;
  /** `owner/repo` of an action to the directory that holds its `action.yml`. */
  readonly actions: Readonly<Record<string, string>>;
  /** The node binary that runs JavaScript actions; this process's own by default. */
  readonly node?: string;
  readonly maxParallelJobs?: number;
  readonly clock?: () => Date;
  readonly onProgress?: (progress: RunnerProgress) => void;
  /** Variables every process of a job starts with, over `PATH`, `HOME` and `LANG`. */
  readonly baseEnv?: Readonly<Record<string, string>>;
  /** What a checkout clones; by default the repository under the host's server URL. */
  readonly cloneUrl?: (repository: string) => string;
}

export type Settings = Required<RunnerOptions>;

/** The options with their defaults; of this process's environment only `PATH` is handed on. */
export function settingsOf(options: RunnerOptions, serverUrl: string): Settings {
  const { baseEnv, ...given } = options;
  return {
    node: process.execPath,
    maxParallelJobs: 2,
    clock: () => new Date(),
    onProgress: () => undefined,
    cloneUrl: (repository) => `${serverUrl}/${repository}.git`,
    ...given,
    workRoot: path.resolve(options.workRoot),
    baseEnv: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8', ...baseEnv },
  };
}
