import { describe, expect, it } from '@jest/globals';
import { createTerminalLog } from '../../../src/cli/terminal-log.ts';

function shown(...chunks: readonly string[]): string {
  let text = '';
  const log = createTerminalLog((part) => {
    text += part;
  });
  for (const chunk of chunks) log(chunk);
  return text;
}

describe('a job’s log on a terminal', () => {
  it('turns groups into titles and leaves out what speaks to a runner', () => {
    const log =
      '::group::50%25 of tests\n::stop-commands::abc\nprinted\n::abc::\n::endgroup::\nover\n';
    expect(shown(log)).toBe('▸ 50% of tests\nprinted\nover\n');
  });

  it('passes what a command prints as it is, whatever it looks like', () => {
    const log = '::group::x\n::stop-commands::abc\n::endgroup::\n::stop-commands::y\n::abc::\n';
    expect(shown(log)).toBe('▸ x\n::endgroup::\n::stop-commands::y\n');
  });

  it('reads lines that come in pieces', () => {
    expect(shown('::gro', 'up::x\n::stop-comm', 'ands::abc\nhalf', ' a line\n')).toBe(
      '▸ x\nhalf a line\n',
    );
  });
});
