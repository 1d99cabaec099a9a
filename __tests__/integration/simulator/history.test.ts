import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { git, REPO, setStage } from './fixture.ts';
import type { Stage } from './fixture.ts';

let stage: Stage;
const tips: string[] = [];

/** `topic` and `main` have each gone on from where they parted, and `merged` holds both. */
beforeAll(async () => {
  stage = await setStage();
  const alice = stage.user('alice').rest;
  tips.push(stage.repo.git.branch('main') ?? '');
  tips.push(await stage.commit('topic', { 'b.ts': 'b\n' }));
  tips.push(await stage.commit('topic', { 'c.ts': 'c\n' }));
  tips.push(await stage.commit('main', { 'd.ts': 'd\n' }));
  await alice.git.createRef({ ...REPO, ref: 'refs/heads/merged', sha: tips.at(-1) ?? '' });
  const { data } = await alice.repos.merge({ ...REPO, base: 'merged', head: 'topic' });
  tips.push(data.sha);
});

afterAll(() => stage.end());

function pairs(): readonly (readonly [string, string])[] {
  return tips.flatMap((one) => tips.map((other) => [one, other] as const));
}

function asked(...args: readonly string[]): Promise<string> {
  return git(stage.repo.git.directory, ...args);
}

describe('what commits tell by themselves is what git says of any two', () => {
  it('how far each is ahead of the other', async () => {
    for (const [base, head] of pairs()) {
      const counted = await asked('rev-list', '--left-right', '--count', `${base}...${head}`);
      const [behind, ahead] = counted.trim().split('\t').map(Number);
      expect(await stage.repo.git.history.aheadBehind(base, head)).toEqual({ ahead, behind });
    }
  });

  it('which commits one has that the other lacks, newest first', async () => {
    for (const [exclude, head] of pairs()) {
      const listed = await asked('rev-list', '--topo-order', head, `^${exclude}`);
      const oids = listed.split('\n').filter(Boolean);
      expect(await stage.repo.git.history.log(head, { exclude })).toEqual(oids);
    }
  });

  it('what both are when they are merged', async () => {
    for (const [ours, theirs] of pairs()) {
      const tree = (await asked('merge-tree', '--write-tree', ours, theirs)).trim();
      expect(await stage.repo.git.history.mergeTree(ours, theirs)).toEqual({ tree });
    }
  });
});
