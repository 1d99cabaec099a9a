import pc from 'picocolors';
import type { RunnerProgress } from '../runner/runner.ts';

/** Tells the play as it goes. */
export interface Narrator {
  scene(title: string): void;
  /** Somebody does something. */
  act(who: string, what: string): void;
  check(module: string, conclusion: string, title: string): void;
  /** What the action's own jobs say. */
  progress(progress: RunnerProgress): void;
}

const WIDTH = 14;

export function createNarrator(write: (line: string) => void, now: () => number): Narrator {
  const began = now();
  const line = (who: string, what: string): void => {
    const seconds = ((now() - began) / 1000).toFixed(1).padStart(6);
    write(`${pc.dim(`${seconds}s`)}  ${who.padEnd(WIDTH)} ${what}`);
  };
  return {
    scene: (title) => write(`\n${pc.bold(title)}`),
    act: (who, what) => line(pc.cyan(who.padEnd(WIDTH)), what),
    check: (module, conclusion, title) =>
      line(pc.magenta('check'.padEnd(WIDTH)), `${module}: ${colour(conclusion)} ${pc.dim(title)}`),
    progress: (progress) => {
      if (progress.kind !== 'job' || progress.job.status !== 'completed') return;
      const { job } = progress;
      for (const said of spoken(job.log)) {
        line(pc.yellow(job.key.padEnd(WIDTH)), said);
      }
      if (job.conclusion !== 'failure') return;
      for (const text of job.log.filter((one) => one.startsWith('##[error]'))) {
        line(pc.red(job.key.padEnd(WIDTH)), text.slice('##[error]'.length));
      }
    },
  };
}

const COMMAND_RESULT = /^Sessionwright: (.+)$/u;
const TRANSITION = /^(?:[a-z0-9-]+|gates|dashboard): .*(?:→|requested|escalation|passed|#\d)/u;

/** Of a job's log, the lines that tell what happened. */
function spoken(log: readonly string[]): readonly string[] {
  return log.flatMap((text) => {
    const result = COMMAND_RESULT.exec(text)?.[1];
    if (result !== undefined) return [result];
    return TRANSITION.test(text) ? [text] : [];
  });
}

function colour(conclusion: string): string {
  if (conclusion === 'success') return pc.green(conclusion);
  return conclusion === 'failure' ? pc.red(conclusion) : pc.yellow(conclusion);
}
