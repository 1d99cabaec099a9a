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

/** Tells at intervals what is still running, so that a quiet job does not look stuck. */
export function reportProgress(log: JobLog, { now, progressMs }: RunOptions): Progress {
  const since = new Map<PlannedCommand, number>();
  const timer = setInterval(() => {
    for (const [command, startedAt] of since) {
      log.say(`${command.name}: still running (${seconds(now() - startedAt)} s)`);
    }
  }, progressMs ?? PROGRESS_MS);
  return {
    started: (command) => void since.set(command, now()),
    ended: (command) => void since.delete(command),
    stop() {
      clearInterval(timer);
    },
  };
}
