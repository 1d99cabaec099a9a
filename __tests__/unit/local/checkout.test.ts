import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findCheckout, parseRemote } from '../../../src/local/checkout.ts';
import { parseNameStatus } from '../../../src/local/session-head.ts';

describe('the repository that a remote names', () => {
  it.each([
    ['git@github.com:octocat/plex.git', { host: 'github.com', owner: 'octocat', name: 'plex' }],
    ['https://github.com/octocat/plex', { host: 'github.com', owner: 'octocat', name: 'plex' }],
    [
      'https://me:secret@ghes.example.com/octocat/plex.git/',
      { host: 'ghes.example.com', owner: 'octocat', name: 'plex' },
    ],
    [
      'ssh://git@ghes.example.com:2222/octocat/plex.git',
      { host: 'ghes.example.com', owner: 'octocat', name: 'plex' },
    ],
    ['', null],
    ['/srv/git/plex.git', null],
    ['../plex', null],
  ])('%s', (address, remote) => {
    expect(parseRemote(address)).toEqual(remote);
  });

  it('is one also where its owner has the name that a checkout without a remote is given', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'checkout-'));
    execFileSync('git', ['init', '--quiet', folder]);
    const without = await findCheckout(folder, 'none.yml', process.env);
    execFileSync('git', ['-C', folder, 'remote', 'add', 'origin', 'https://github.com/local/plex']);
    const withOne = await findCheckout(folder, 'none.yml', process.env);
    rmSync(folder, { recursive: true });
    expect([without.remote, withOne.remote]).toEqual([null, 'local/plex']);
    const { owner, url } = without.repository;
    expect([owner, url]).toEqual(['local', `https://github.com/local/${path.basename(folder)}`]);
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
