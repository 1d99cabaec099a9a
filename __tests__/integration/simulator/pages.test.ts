import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { REPO, setStage } from './fixture.ts';
import type { Stage } from './fixture.ts';

let stage: Stage;
let head: string;

beforeAll(async () => {
  stage = await setStage();
  const alice = stage.user('alice');
  await alice.rest.issues.create({ ...REPO, title: 'A <b>bold</b> wish', body: '"quoted" & <i>' });
  await alice.rest.issues.createComment({ ...REPO, issue_number: 1, body: '<script>1</script>' });
  head = await stage.commit('topic/deep', { 'docs/a b.md': 'line <1>\n' });
  await alice.rest.pulls.create({ ...REPO, title: 'Change', head: 'topic/deep', base: 'main' });
});

afterAll(async () => {
  await stage.end();
});

async function read(path: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${stage.sim.urls.server}${path}`);
  return { status: response.status, text: await response.text() };
}

describe('the pages that documents link to', () => {
  it('escape what people wrote', async () => {
    const { status, text } = await read('/acme/app/issues/1');
    expect(status).toBe(200);
    expect(text).toContain('A &lt;b&gt;bold&lt;/b&gt; wish');
    expect(text).toContain('&quot;quoted&quot; &amp; &lt;i&gt;');
    expect(text).toContain('&lt;script&gt;1&lt;/script&gt;');
    expect(text).not.toContain('<script>');
  });

  it.each([
    ['the repository lists its issues and pull requests', () => '/acme/app', '/acme/app/pull/2'],
    ['a pull request names its branch', () => '/acme/app/pull/2', 'topic/deep'],
    ['a commit shows what it changed', () => `/acme/app/commit/${head}`, '+line &lt;1&gt;'],
    ['a commit has an address for its checks', () => `/acme/app/commit/${head}/checks`, 'Commit'],
    [
      'a file on a branch with a slash',
      () => '/acme/app/blob/topic/deep/docs/a%20b.md',
      '&lt;1&gt;',
    ],
    ['a file at a commit', () => `/acme/app/blob/${head}/docs/a%20b.md`, 'id="L1"'],
  ])('%s', async (_, path, part) => {
    const { status, text } = await read(path());
    expect({ status, text }).toEqual({ status: 200, text: expect.stringContaining(part) });
  });

  it.each(['/acme/app/issues/9', '/acme/app/blob/main/none', '/acme/app/commit/zz', '/acme/none'])(
    'answer 404 at %s',
    async (path) => {
      expect((await read(path)).status).toBe(404);
    },
  );

  it('are read-only', async () => {
    const response = await fetch(`${stage.sim.urls.server}/acme/app`, { method: 'POST' });
    expect(response.status).toBe(404);
  });
});
