import type { PlannedCommand } from '../domain/verification.ts';
import { seconds } from './command-report.ts';
import type { JobLog } from './job-log.ts';
import type { RunOptions } from './run-options.ts';

const PROGRESS_MS = 10_000;

export interface Progress {
  readonly started: (command: PlannedCommand) => void;
  readonly ended: (command: PlannedCommand) => void;
  readonly stop: () => void;
}

/** Tells at intervals, in one line, what is still running and for how long, so that a quiet job does not look stuck. */
export function reportProgress(
  log: Pick<JobLog, 'say'>,
  { now, progressMs }: Pick<RunOptions, 'now' | 'progressMs'>,
): Progress {
  const since = new Map<PlannedCommand, number>();
  const timer = setInterval(() => {
    const running = [...since].map(
      ([{ name }, startedAt]) => `${name} (${seconds(now() - startedAt)} s)`,
    );
    if (running.length > 0) log.say(`still running: ${running.join(', ')}`);
  }, progressMs ?? PROGRESS_MS);
  return {
    started: (command) => void since.set(command, now()),
    ended: (command) => void since.delete(command),
    stop() {
      clearInterval(timer);
    },
  };
}
