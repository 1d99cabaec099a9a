import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { ProblemsError, SessionwrightError } from '../../../../src/domain/errors.ts';
import { tell, toldLine } from '../../../../src/domain/messages/catalogue.ts';
import { EXPLANATIONS } from '../../../../src/domain/messages/explanations.ts';
import { manualUrl } from '../../../../src/domain/messages/manual.ts';
import { PROBLEM_KINDS } from '../../../../src/domain/messages/problem-kinds.ts';
import {
  MESSAGE_CODES,
  PROBLEM_CODES,
  renderTroubleshootingPage,
  tellExample,
} from '../../../support/troubleshooting-page.ts';

const HOME = path.resolve(import.meta.dirname, '../../../..');
const PAGE = path.join(HOME, 'docs/troubleshooting.md');

describe('the catalogue', () => {
  it.each(MESSAGE_CODES)('says of %s what happened, why, and what to do', (code) => {
    const { title, why } = EXPLANATIONS[code];
    const { message, fix } = tellExample(code);
    expect(title).toMatch(/^[A-Z].*[^.]$/u);
    expect(why).toMatch(/^["A-Z`].*\.$/u);
    expect(message).not.toBe('');
    expect(fix).toMatch(/\.$/u);
    expect(`${message}${fix}`).not.toContain('undefined');
  });

  it.each(PROBLEM_CODES)('says of the kind %s what it is, why, and what to do', (code) => {
    const { title, why, fix } = PROBLEM_KINDS[code];
    expect(title).toMatch(/^[A-Z].*[^.]$/u);
    for (const text of [why, fix]) expect(text).toMatch(/\.$/u);
  });

  it('has no code twice', () => {
    const codes = [...MESSAGE_CODES, ...PROBLEM_CODES];
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('has no entry that nothing tells', async () => {
    const source = await sourceBeside('messages');
    for (const code of [...MESSAGE_CODES, ...PROBLEM_CODES]) expect(source).toContain(`'${code}'`);
  });

  it('takes no code that it does not have, and no message without its data', () => {
    // @ts-expect-error There is no such code.
    expect(() => SessionwrightError.of('no-such-code', {})).toThrow();
    // @ts-expect-error The branch is missing.
    expect(SessionwrightError.of('foreign-branch', {}).code).toBe('foreign-branch');
  });
});

describe('what is told', () => {
  it('ends with where to read more, on one line', () => {
    expect(toldLine(tell('unknown-workflow', {}))).toMatch(
      /^Commands are due.* More: https:\/\/github\.com\/\S+\/docs\/troubleshooting\.md#unknown-workflow$/u,
    );
  });

  it('is the same in an error as in the catalogue', () => {
    const cause = new Error('GitHub said no.');
    const data = { branch: 'session/plex-auth-1' };
    const error = SessionwrightError.of('foreign-branch', data, { cause });
    expect(error).toMatchObject({ ...tell('foreign-branch', data), cause });
  });

  it('counts the problems of a file and names each with its place', () => {
    const problem = {
      code: 'config-value',
      file: 'c.yml',
      line: 3,
      message: 'A.',
      fix: 'B.',
    } as const;
    expect(new ProblemsError('config-invalid', [problem, problem]).message).toBe(
      '2 problems; nothing was changed.\nc.yml:3: A. Fix: B.\nc.yml:3: A. Fix: B.',
    );
  });
});

describe('docs/troubleshooting.md', () => {
  it('is what the catalogue says; UPDATE_DOCS=1 npm test -- __tests__/unit/domain/messages/catalogue.test.ts makes it so', async () => {
    const page = await readFile(PAGE, 'utf8');
    const options = { ...(await resolveConfig(PAGE)), parser: 'markdown' };
    const made = await format(renderTroubleshootingPage(page), options);
    if (process.env['UPDATE_DOCS'] === '1') await writeFile(PAGE, made);
    else expect(page).toBe(made);
  });

  it('has the heading that each link leads to', async () => {
    const page = await readFile(PAGE, 'utf8');
    const headings = [...page.matchAll(/^#+ (.+)$/gmu)].map(([, heading]) => heading);
    for (const code of [...MESSAGE_CODES, ...PROBLEM_CODES]) {
      expect(manualUrl(code)).toMatch(new RegExp(`/docs/troubleshooting\\.md#${code}$`, 'u'));
      expect(headings.filter((heading) => heading === code)).toEqual([code]);
    }
  });
});

/** Everything shipped but the folder of that name. */
async function sourceBeside(folder: string): Promise<string> {
  const files = await readdir(path.join(HOME, 'src'), { recursive: true });
  const code = files.filter((file) => file.endsWith('.ts') && !file.includes(`/${folder}/`));
  const texts = await Promise.all(
    code.map((file) => readFile(path.join(HOME, 'src', file), 'utf8')),
  );
  return texts.join('\n');
}
