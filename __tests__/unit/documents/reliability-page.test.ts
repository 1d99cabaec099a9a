import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const HOME = path.resolve(import.meta.dirname, '../../..');
const PAGE = readFileSync(path.join(HOME, 'docs/reliability.md'), 'utf8');

/** `| fault | what happens | `file`: the test's name |`. */
const ROW = /^\| (.+?) \| (.+?) \| `(__tests__\/[^`]+)`: (.+?) \|$/gmu;

const ROWS = [...PAGE.matchAll(ROW)].map(([, fault = '', , file = '', name = '']) => ({
  fault: fault.trim(),
  file,
  name: name.trim(),
}));

describe('the page on reliability', () => {
  it('has a row for each fault, and each names what shows it', () => {
    const table = PAGE.slice(PAGE.indexOf('| Fault ')).split('\n\n')[0]?.split('\n') ?? [];
    expect(ROWS.length).toBeGreaterThan(20);
    expect(ROWS).toHaveLength(table.length - 2);
  });

  it.each(ROWS)('names a test that is there: $fault', ({ file, name }) => {
    expect(namesIn(file)).toContain(name);
  });
});

/** The names of a file's tests, as they are written. */
function namesIn(file: string): readonly string[] {
  const text = readFileSync(path.join(HOME, file), 'utf8');
  return [...text.matchAll(/['"`]([^'"`\n]+)['"`],\s*(?:async )?\(/gu)].map(
    ([, name = '']) => name,
  );
}
