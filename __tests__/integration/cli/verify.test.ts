import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { commitAll, git, sessionwright, temporaryFolders } from '../../support/terminal.ts';

const folders = temporaryFolders();
afterAll(() => folders.remove());

const COMMANDS = `verification:
  - { id: typecheck, name: Type check, run: 'node -e ""', failure: type-error }
  - { id: test, name: Tests, run: 'node check.cjs', failure: test-failure }
deliverables: [{ path: 'src/[module-name].js' }]
`;

/** A checkout whose commands need nothing installed, on a session's branch with its document. */
async function sessionCheckout(): Promise<string> {
  const folder = await folders.example();
  const config = path.join(folder, '.github/sessionwright.yml');
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace(/^verification:[\s\S]*?(?=^modules:)/mu, COMMANDS));
  await writeFile(path.join(folder, 'check.cjs'), 'process.exitCode = 0;\n');
  await commitAll(folder, 'chore: commands of its own');
  await git(folder, 'checkout', '--quiet', '-b', 'session/event-emitter-1');
  const { stdout } = await sessionwright(folder, ['render', 'event-emitter']);
  await mkdir(path.join(folder, 'orchestration-docs/reports'), { recursive: true });
  await writeFile(path.join(folder, 'orchestration-docs/session-event-emitter-1.md'), stdout);
  await commitAll(folder, 'docs: orchestration document');
  return folder;
}

const REPORT = `---
module: event-emitter
session: 550e8400-e29b-41d4-a716-446655440000
attempt: 1
---

# Implementation: Event Emitter

## Summary

Built.

## Files

| File | Purpose |
| :--- | :--- |
| src/event-emitter.js | all of it; new |

## Decisions

- None

## Verification

| Command | Result |
| :--- | :--- |
| all | passed |

## Known limits

- None

## Notes for Review

- None
`;

describe('verify', () => {
  it('names what the coder still owes on the session’s branch, and is green once it is there, committed or not', async () => {
    const folder = await sessionCheckout();
    const before = await sessionwright(folder, ['verify', '--json']);
    expect(before.exitCode).toBe(1);
    const { failures } = JSON.parse(before.stdout) as { failures: { source: string }[] };
    expect(failures.map(({ source }) => source)).toEqual(['deliverables', 'implementation-report']);
    await writeFile(path.join(folder, 'src/event-emitter.js'), 'export {};\n');
    await writeFile(path.join(folder, 'orchestration-docs/reports/event-emitter-1.md'), REPORT);
    const after = await sessionwright(folder, ['verify']);
    expect(after.stdout).toContain('This would be green.');
    expect(after).toMatchObject({ exitCode: 0 });
  }, 60_000);

  it('goes by the base’s config, and tells a change of what is read-only', async () => {
    const folder = await sessionCheckout();
    const config = path.join(folder, '.github/sessionwright.yml');
    await writeFile(config, (await readFile(config, 'utf8')).replace('node check.cjs', 'false'));
    const { stdout } = await sessionwright(folder, ['verify', '--json']);
    const result = JSON.parse(stdout) as {
      base: string;
      commands: { outcome: object }[];
      failures: { source: string }[];
    };
    expect(result.base).toBe('main');
    expect(result.commands.map(({ outcome }) => outcome)).toEqual([
      { kind: 'exited', exitCode: 0 },
      { kind: 'exited', exitCode: 0 },
    ]);
    expect(result.failures.map(({ source }) => source)).toContain('github');
  }, 60_000);

  it('shows a command that fails, with what it printed while it ran', async () => {
    const folder = await sessionCheckout();
    await writeFile(
      path.join(folder, 'check.cjs'),
      'console.log("looking closely"); process.exitCode = 3;\n',
    );
    const { exitCode, stdout, stderr } = await sessionwright(folder, ['verify']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ Tests: failed with exit code 3/u);
    expect(stderr).toContain('looking closely');
    expect(stderr).not.toContain('::');
  }, 60_000);

  it('on the base branch, says that no session is known and asks for no report', async () => {
    const folder = await sessionCheckout();
    await git(folder, 'checkout', '--quiet', 'main');
    const { stdout } = await sessionwright(folder, ['verify', 'http-client']);
    expect(stdout).toContain('no session is known here');
    expect(stdout).not.toContain('report');
    expect(stdout.match(/src\/http-client\.js/gu)).toHaveLength(1);
  }, 60_000);
});
