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

/** What a reader must find there, by the beginning of its row: none of these may be lost. */
const REQUIRED = [
  'The process dies after any write',
  'A write is done and its answer is lost',
  'A branch, or a branch with its document, without a pull request',
  'A pull request that the state does not know',
  'An issue that the state does not know',
  'A branch of a session',
  'Two runs at once',
  'Two runs, in every order',
  'Up to eight runs, in orders by chance',
  'Many real processes at once',
  'The state branch forced back to an ancestor while a run is at work',
  'The state never stands still',
  'The same event again',
  'An event that is lost',
  'Events out of order',
  'A push while its predecessor is verified',
  'No permission to open pull requests',
  '403 for lack of a permission, at each call',
  '403 or 429 with `retry-after` or a reset',
  'A rate limit that tells no time',
  'A rate limit beyond the time that a run has',
  '500, 502, 503, a reset',
  '404 or 422 just after a create',
  'Reads that lag behind a write, and stale lists',
  'More than a page of issues',
  'More than a page of comments',
  'More than a page of changed files',
  'The state file cut at any byte',
  'The state garbled, newer, edited by hand, or its file gone',
  'Keys that nobody knows in the state',
  'The state branch deleted',
  'The state branch forced back',
  'A person closes the pull request',
  'A person merges, edits, pushes with force',
  'A person renames a label',
  'Duplicates that are there already',
  'An escalation is deleted',
  'A body over 65,535 characters',
  'More than fifty annotations',
  'Cancelled in the middle of verification',
  'A module renamed or taken out while it runs',
  'The verify job dies',
  'It hands on garbage or too much',
  'A result of something else',
  'Each defence taken away',
];

describe('the page on reliability', () => {
  it.each(REQUIRED)('has a row that begins: %s', (beginning) => {
    expect(ROWS.filter(({ fault }) => fault.startsWith(beginning))).not.toEqual([]);
  });

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
