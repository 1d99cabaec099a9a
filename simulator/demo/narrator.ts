import pc from 'picocolors';
import type { RunnerProgress } from '../runner/runner.ts';
import { describePlanned, plannedOf, type Job } from './planned.ts';

/** Tells the play as it goes. */
export interface Narrator {
  scene(title: string): void;
  /** Somebody does something, to a module or to what `about` names. */
  act(who: string, about: string, what: string): void;
  check(module: string, conclusion: string, title: string): void;
  /** What the action's own jobs say. */
  progress(progress: RunnerProgress): void;
}

const WHO_WIDTH = 12;
const ABOUT_WIDTH = 17;

export function createNarrator(write: (line: string) => void, now: () => number): Narrator {
  const began = now();
  const heard = new Map<number, number>();
  const line = (who: string, paint: (text: string) => string, about: string, what: string) => {
    const seconds = ((now() - began) / 1000).toFixed(1).padStart(6);
    const name = paint(who.padEnd(WHO_WIDTH));
    write(`${pc.dim(`${seconds}s`)}  ${name} ${about.padEnd(ABOUT_WIDTH)} ${what}`);
  };
  return {
    scene: (title) => write(`\n${pc.bold(title)}`),
    act: (who, about, what) => line(who, pc.cyan, about, what),
    check: (module, conclusion, title) =>
      line('check', pc.magenta, module, `${colour(conclusion)} ${pc.dim(title)}`),
    progress: (progress) => {
      if (progress.kind === 'run') return;
      const { job } = progress;
      const from = heard.get(job.id) ?? 0;
      heard.set(job.id, job.log.length);
      for (const said of spoken(job, from)) {
        const paint = said.kind === 'error' ? pc.red : pc.yellow;
        line(job.key, paint, said.about, said.what);
      }
    },
  };
}

interface Said {
  readonly kind: 'news' | 'error';
  readonly about: string;
  readonly what: string;
}

/** A step's lines are told when it ends: what was still running then is no news. */
const COMMAND_RESULT = /^Sessionwright: (?!.*: still running)(.+)$/u;
const TRANSITION =
  /^(?<about>[a-z0-9-]+|gates|dashboard): (?<what>.*(?:→|requested|escalation|passed|#\d).*)$/u;
/** The transition that follows says the same and the attempt besides. */
const ESCALATION_OPENED = /^escalation #\d+$/u;
const ERROR = '##[error]';

/** Of a job's log from a line on, what tells what happened. */
function spoken(job: Job, from: number): readonly Said[] {
  const planned = plannedOf(job);
  const about = planned === null ? '' : describePlanned(planned);
  return job.log.slice(from).flatMap((text): readonly Said[] => {
    if (text.startsWith(ERROR)) return [{ kind: 'error', about, what: text.slice(ERROR.length) }];
    const result = COMMAND_RESULT.exec(text)?.[1];
    if (result !== undefined) return [{ kind: 'news', about, what: result }];
    const { about: module, what } = TRANSITION.exec(text)?.groups ?? {};
    if (module === undefined || what === undefined || ESCALATION_OPENED.test(what)) return [];
    return [{ kind: 'news', about: module, what }];
  });
}

function colour(conclusion: string): string {
  if (conclusion === 'success') return pc.green(conclusion);
  return conclusion === 'failure' ? pc.red(conclusion) : pc.yellow(conclusion);
}
