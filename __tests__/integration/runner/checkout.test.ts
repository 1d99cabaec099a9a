import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { oneJob, runWorkflow, startRunner } from './fake-host.ts';

/** Real processes on a busy machine. */
jest.setTimeout(60_000);

let started: ReturnType<typeof startRunner>;

beforeEach(() => {
  started = startRunner();
});

afterEach(async () => {
  await started.end();
});

async function lastLine(steps: string): Promise<string | undefined> {
  const record = await runWorkflow(started, oneJob(steps), { 'a.txt': 'from main' });
  return record.jobs[0]?.log.at(-1);
}

describe('actions/checkout', () => {
  it('takes the commit of the run, shallow and on its branch', async () => {
    started.host.commit({ 'a.txt': 'earlier' });
    const shown = await lastLine(`- { id: c, uses: actions/checkout@v5 }
- run: echo "$(cat a.txt) $(git branch --show-current) $(git rev-list --count HEAD) $([ "$(git rev-parse HEAD)" = "\${{ steps.c.outputs.commit }}" ] && echo same)"`);
    expect(shown).toBe('from main main 1 same');
  });

  it('takes every commit with fetch-depth 0', async () => {
    started.host.commit({ 'a.txt': 'earlier' });
    const shown = await lastLine(`- { uses: actions/checkout@v5, with: { fetch-depth: 0 } }
- run: echo "$(git rev-list --count HEAD) $(git branch --show-current)"`);
    expect(shown).toBe('2 main');
  });

  it('takes a branch, a tag, a commit or a pull request into a path', async () => {
    started.host.commit({ 'a.txt': 'from main' });
    const sha = started.host.commit({ 'a.txt': 'from topic' }, 'topic');
    started.host.git('tag', 'v1', sha);
    started.host.git('update-ref', 'refs/pull/3/merge', sha);
    const refs = ['topic', 'refs/heads/topic', 'v1', sha, 'refs/pull/3/merge'];
    const steps = refs.map(
      (ref, index) =>
        `- { uses: actions/checkout@v4, with: { ref: "${ref}", path: "${index}" } }\n`,
    );
    const shown = await lastLine(`${steps.join('')}- run: cat ?/a.txt | sed 's/from//g'`);
    expect(shown).toBe(' topic topic topic topic topic');
  });

  it('leaves the token in the configuration only where it is to persist', async () => {
    const shown = await lastLine(`- { uses: actions/checkout@v5, with: { path: keep } }
- { uses: actions/checkout@v5, with: { path: drop, persist-credentials: false } }
- run: echo "$(cd keep && git config --get http.http://github.test/.extraheader) / $(cd drop && git config --get http.http://github.test/.extraheader || echo none)"`);
    expect(shown).toBe('AUTHORIZATION: basic *** / none');
  });

  it('uses an earlier checkout again, clean', async () => {
    const shown = await lastLine(`- uses: actions/checkout@v5
- run: echo changed > a.txt && touch junk
- uses: actions/checkout@v5
- run: echo "$(cat a.txt) $(ls) $(git config --get-all http.http://github.test/.extraheader | wc -l)"`);
    expect(shown).toBe('from main a.txt 1');
  });

  it.each([
    ['a ref there is not', 'ref: nowhere'],
    ['a path outside the workspace', 'path: ../../elsewhere'],
  ])('fails with %s', async (_name, input) => {
    const record = await runWorkflow(
      started,
      oneJob(`- { uses: actions/checkout@v5, with: { ${input} } }`),
    );
    expect(record.run.conclusion).toBe('failure');
  });
});
