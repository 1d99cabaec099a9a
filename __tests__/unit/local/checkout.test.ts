import { describe, expect, it } from '@jest/globals';
import { repositoryOf } from '../../../src/local/checkout.ts';
import { parseNameStatus } from '../../../src/local/session-head.ts';

describe('the repository that a remote names', () => {
  it.each([
    ['git@github.com:octocat/plex.git', 'https://github.com/octocat/plex'],
    ['https://github.com/octocat/plex', 'https://github.com/octocat/plex'],
    [
      'https://me:secret@ghes.example.com/octocat/plex.git/',
      'https://ghes.example.com/octocat/plex',
    ],
    ['ssh://git@ghes.example.com:2222/octocat/plex.git', 'https://ghes.example.com/octocat/plex'],
    ['', 'https://github.com/local/folder'],
    ['/srv/git/plex.git', 'https://github.com/local/folder'],
    ['../plex', 'https://github.com/local/folder'],
  ])('%s', (remote, url) => {
    expect(repositoryOf(remote, 'folder').url).toBe(url);
  });
});

describe('parseNameStatus', () => {
  it('reads every kind of change', () => {
    const text = 'A\0new.ts\0M\0a b.ts\0D\0old.ts\0R087\0from.ts\0to.ts\0T\0link\0';
    expect(parseNameStatus(text)).toEqual([
      { path: 'new.ts', status: 'added' },
      { path: 'a b.ts', status: 'modified' },
      { path: 'old.ts', status: 'removed' },
      { path: 'to.ts', status: 'renamed', previousPath: 'from.ts' },
      { path: 'link', status: 'modified' },
    ]);
    expect(parseNameStatus('')).toEqual([]);
  });
});
