import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  EXIT_CODES,
  examples,
  UsageError,
  type AddCommand,
  type Context,
  type Outcome,
} from '../command.ts';
import type { Event } from '../events.ts';
import { orAtGitHub, type GitHubOptions } from '../github-options.ts';
import type { Seen } from '../seen.ts';

interface PlanOptions extends GitHubOptions {
  readonly event?: string;
  readonly payload?: string;
  readonly on: string;
}

/** Requests of more modules than this tell nobody more. */
const FORESEEN_REQUESTS = 20;

export const addPlan: AddCommand = (program, act) => {
  orAtGitHub(program.command('plan'))
    .description('tell what would happen now, for one event or all; nothing is written')
    .option('--event <event>', 'schedule, push, request:<module>, label:<module>, comment:<text>')
    .option('--on <number>', 'the issue or pull request of a label or comment', '1')
    .option('--payload <file>', 'the payload of --event, which is the name of one of GitHub’s')
    .addHelpText(
      'after',
      examples([
        ['plan', 'what any event would bring'],
        ['plan --event label:plex-auth', 'what the label would bring'],
        ['plan --event "comment:/session retry" --on 12', 'what a command would bring'],
        ['plan --event issues --payload event.json', 'what a real event brings'],
        ['plan --github octocat/plex', 'as it is on GitHub'],
      ]),
    )
    .action((options: PlanOptions) => act((context) => plan(context, options)));
};

async function plan(context: Context, options: PlanOptions): Promise<Outcome> {
  const [
    { look, describeSource },
    { isAsked, withEvent },
    { baseWords, foresee, foresightText },
    { problemsText },
  ] = await Promise.all([
    import('../look.ts'),
    import('../events.ts'),
    import('../foresight.ts'),
    import('../problems-text.ts'),
  ]);
  const first = await look(context, options, { kind: 'schedule' });
  const events = await eventsOf(context, options, first);
  const isHere = first.source.kind === 'checkout';
  const foresights = [];
  for (const event of events) {
    const { trigger } = event;
    const isMadeUp = isHere || (options.payload === undefined && isAsked(trigger));
    const world = isMadeUp
      ? withEvent(first.world, trigger)
      : (await look(context, options, trigger)).world;
    foresights.push(foresee(world, event, context.io.newId));
  }
  const { base } = first.world;
  const text = [
    context.colours.dim(`${describeSource(first.source)} ${baseWords(base)}`),
    ...foresights.map((one) => foresightText(one, context)),
    ...(first.problems.length === 0 ? [] : [problemsText(first.problems, context)]),
  ].join('\n\n');
  const data = {
    command: 'plan',
    source: first.source,
    base: { branch: base.branch, sha: base.sha },
    events: foresights,
    problems: first.problems,
  };
  return { exitCode: EXIT_CODES.ok, text, data };
}

async function eventsOf(
  { io }: Context,
  { event, payload, on }: PlanOptions,
  { world }: Seen,
): Promise<readonly Event[]> {
  const [{ assertModule, foreseeableEvents, parseEvent, readEvent }, { readyModules }] =
    await Promise.all([import('../events.ts'), import('../../decide/requests.ts')]);
  const base = world.base.branch;
  if (payload !== undefined) {
    if (event === undefined) {
      throw new UsageError('A payload alone names no event.', 'Add --event issues, or what it is.');
    }
    return [readEvent(event, await readFile(path.resolve(io.cwd, payload), 'utf8'))];
  }
  if (event !== undefined) {
    const parsed = parseEvent(event, { on: numberOf(on), base });
    assertModule(parsed, world);
    return [parsed];
  }
  const ready = readyModules(world, world.state).slice(0, FORESEEN_REQUESTS);
  return foreseeableEvents(base, ready);
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,8}$/u.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no number of an issue.`, 'Write --on 12, for one.');
}
