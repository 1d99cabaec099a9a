import { describe, expect, it } from '@jest/globals';
import picocolors from 'picocolors';
import { statusText } from '../../../src/cli/status-text.ts';
import { statusOf } from '../../../src/cli/status.ts';
import {
  completed,
  MERGE_SHA,
  moduleOf,
  requested,
  running,
  worldOf,
  type WorldChange,
} from '../../support/world.ts';

const MODULES = [
  moduleOf('done'),
  moduleOf('runs', { dependsOn: ['done'] }),
  moduleOf('waits', { dependsOn: ['runs'] }),
  moduleOf('free'),
  moduleOf('later', { dependsOn: ['waits'], name: 'Later \u001b[31mred' }),
];
const ENTRIES = { done: completed(MERGE_SHA), runs: running(), waits: requested() };

function shown(change: WorldChange = {}, colours = false): string {
  const world = worldOf({ modules: MODULES, entries: ENTRIES, ...change });
  const context = { colours: picocolors.createColors(colours) };
  const source = { kind: 'github', repository: 'acme/app' } as const;
  return statusText(statusOf({ world, source }), 'Looked there.', context);
}

describe('statusText', () => {
  it('shows each module once, under what is to be done about it', () => {
    const text = shown();
    expect(text).toContain('████░░░░░░░░░░░░░░░░ 1 of 5 modules complete, 20 %');
    expect(text).toMatch(/Running \(1\)\n {2}▸ Module runs runs .*attempt 1 of 3, for the coder/u);
    expect(text).toMatch(/Waiting \(1\)\n {2}· Module waits waits {2}for .*`runs`/u);
    expect(text).toMatch(/Ready, not asked for \(1\)\n {2}· Module free free\n/u);
    expect(text).toMatch(/Not asked for \(1\)\n.*later/u);
    expect(text).toMatch(/Done \(1\)\n {2}✓ Module done done/u);
    expect(text).toMatch(/Critical path, 3 modules: Module runs → Module waits → Later/u);
    expect(text).not.toContain('Blocked');
  });

  it('lets no name steer the terminal', () => {
    expect(shown()).not.toContain('\u001b');
    expect(shown()).toContain('Later [U+001B][31mred');
  });

  it('says that nothing starts while sessions are paused', () => {
    expect(shown({ config: { paused: true } })).toContain('Paused: nothing starts.');
    expect(shown()).not.toContain('Paused');
  });

  it('is coloured where colours are wanted', () => {
    expect(shown({}, true)).toContain('\u001b[32m');
  });
});
