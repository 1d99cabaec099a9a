import { describe, expect, it } from '@jest/globals';
import { createCommandReader } from '../../../simulator/runner/workflow-commands.ts';

function read(lines: readonly string[]) {
  const seen: unknown[] = [];
  const reader = createCommandReader({
    mask: (value) => seen.push(['mask', value]),
    annotate: ({ level, message, properties }) => seen.push([level, message, properties]),
    output: (name, value) => seen.push(['output', name, value]),
    fail: (message) => seen.push(['fail', message]),
  });
  return { log: lines.map(reader).filter((line) => line !== null), seen };
}

describe('a reader of workflow commands', () => {
  const cases: readonly {
    readonly name: string;
    readonly lines: readonly string[];
    readonly log: readonly string[];
    readonly seen: readonly unknown[];
  }[] = [
    { name: 'shows plain lines', lines: ['a', ' ::x:: y'], log: ['a', ' ::x:: y'], seen: [] },
    {
      name: 'annotates with unescaped message and properties',
      lines: ['::error file=a%3Ab.ts,line=1,title=T%2C::50%25 %0A done'],
      log: ['##[error]50% \n done'],
      seen: [['error', '50% \n done', { file: 'a:b.ts', line: '1', title: 'T,' }]],
    },
    {
      name: 'obeys after spaces',
      lines: ['  ::notice::n'],
      log: ['##[notice]n'],
      seen: [['notice', 'n', {}]],
    },
    {
      name: 'obeys no command within a line',
      lines: ['x ::error::n'],
      log: ['x ::error::n'],
      seen: [],
    },
    {
      name: 'obeys the older form within a line',
      lines: ['x ##[add-mask]abc'],
      log: [],
      seen: [['mask', 'abc']],
    },
    { name: 'hides the mask itself', lines: ['::add-mask::abc'], log: [], seen: [['mask', 'abc']] },
    { name: 'ignores an empty mask', lines: ['::add-mask:: '], log: [], seen: [] },
    {
      name: 'folds groups',
      lines: ['::group::G', 'x', '::endgroup::'],
      log: ['##[group]G', 'x', '##[endgroup]'],
      seen: [],
    },
    {
      name: 'still takes set-output',
      lines: ['::set-output name=a::1'],
      log: [],
      seen: [['output', 'a', '1']],
    },
    {
      name: 'refuses set-env',
      lines: ['::set-env name=A::1'],
      log: [],
      seen: [
        ['fail', 'The `set-env` command is disabled. Please upgrade to using Environment Files.'],
      ],
    },
    {
      name: 'obeys nothing between stop and its token',
      lines: ['::stop-commands::t0k', '::error::no', '##[add-mask]no', '::t0k::', '::error::yes'],
      log: ['::stop-commands::t0k', '::error::no', '##[add-mask]no', '::t0k::', '##[error]yes'],
      seen: [['error', 'yes', {}]],
    },
    {
      name: 'refuses to stop with a command for token',
      lines: ['::stop-commands::error', '::error::still'],
      log: ['::stop-commands::error', '##[error]still'],
      seen: [
        ['fail', 'Invoked ::stop-commands:: with token: [error]'],
        ['error', 'still', {}],
      ],
    },
    {
      name: 'keeps colons in data',
      lines: ['::warning::a::b'],
      log: ['##[warning]a::b'],
      seen: [['warning', 'a::b', {}]],
    },
  ];
  it.each(cases)('$name', ({ lines, log, seen }) => {
    expect(read(lines)).toEqual({ log, seen });
  });
});
