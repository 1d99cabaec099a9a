import { formatProblem, type Problem } from '../problem.ts';
import { message } from './message.ts';

interface Found {
  readonly problems: readonly Problem[];
}

const CONFIG = '.github/sessionwright.yml';

/** Files of the user's that cannot be used; each problem in them is of a kind that has an entry of its own. */
export const PROBLEM_MESSAGES = {
  'config-missing': message({
    title: 'There is no config',
    says: says,
    why: 'The config is looked for on the base branch at `.github/sessionwright.yml`, or where the input `config` says. A pull request that adds it does not count before it is merged.',
    fix: onTheBase,
    example: exampleOf({
      code: 'config-empty',
      file: CONFIG,
      line: null,
      message: 'There is no config.',
      fix: 'Start from the smallest config: …',
    }),
  }),
  'config-invalid': message({
    title: 'The config cannot be used',
    says: says,
    why: 'Everything that is wrong with the config and the spec pack beside it is told at once. Nothing starts before it is mended, since half a config could start what nobody meant.',
    fix: onTheBase,
    example: exampleOf({
      code: 'config-module',
      file: CONFIG,
      line: 9,
      message: '"plex-auth" depends on "event-emiter", which is no module.',
      fix: 'Did you mean "event-emitter"?',
    }),
  }),
  'spec-pack-invalid': message({
    title: 'The spec pack cannot be used',
    says: says,
    why: 'The prompts or the shared types cannot be relied on as a whole. What concerns single modules only holds back those.',
    fix: onTheBase,
    example: exampleOf({
      code: 'pack-prompts',
      file: 'spec-pack/artifact-7-implementation-prompts.md',
      line: 80,
      message: 'Prompt 3 is there twice, on lines 40 and 80.',
      fix: 'Give one of the two another number.',
    }),
  }),
  'templates-invalid': message({
    title: 'Templates of the repository cannot be used',
    says: says,
    why: 'A file under `.github/sessionwright/templates/` has a mistake. Templates are tried out before anything is written; docs/templates.md lists what each may hold.',
    fix: onTheBase,
    example: exampleOf({
      code: 'template-invalid',
      file: '.github/sessionwright/templates/dashboard.md',
      line: 3,
      message: '"progres" is not known.',
      fix: 'Did you mean "progress"?',
    }),
  }),
  'state-unreadable': message({
    title: 'The state cannot be read',
    says: says,
    why: 'The state file was edited by hand, or written by a newer release. State that cannot be read is never reset: that would forget what is running.',
    fix: () => 'Mend it on the state branch as it says there; the next run goes on by itself.',
    example: exampleOf({
      code: 'state-file',
      file: 'implementation-state.json',
      line: null,
      message: 'The implementation state has version 2; this release reads up to 1.',
      fix: 'Use the release of the action that wrote it, or a newer one.',
    }),
  }),
};

function says({ problems }: Found): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return `${count}; nothing was changed.\n${problems.map(formatProblem).join('\n')}`;
}

function onTheBase(): string {
  return 'Mend each of them on the base branch; the next run goes on by itself.';
}

function exampleOf(problem: Problem): Found {
  return { problems: [problem] };
}
