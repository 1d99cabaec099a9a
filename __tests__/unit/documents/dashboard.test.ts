import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isDashboard,
  renderDashboard,
  saysTheSame,
  stateCommitOf,
  withStateCommit,
  type DashboardModule,
} from '../../../src/documents/dashboard.ts';
import { renderGraph } from '../../../src/documents/mermaid.ts';
import { BODY_LIMIT } from '../../../src/documents/truncate.ts';
import { cellsOf, hostile } from './gfm.ts';
import { gate, moduleOf, REPOSITORY_URL } from './views.ts';

const COMMIT = '2f1c4b0d9e8a7f6c5b4a39281706f5e4d3c2b1a0';

const MODULES: readonly DashboardModule[] = [
  moduleOf('event-emitter', { status: 'complete', attempt: 1, pullRequest: 40 }),
  moduleOf('adopted', { status: 'complete' }),
  moduleOf('plex-auth', {
    status: 'in-progress',
    dependsOn: ['event-emitter'],
    attempt: 2,
    pullRequest: 57,
    note: 'the specification has changed since it began',
  }),
  moduleOf('storage', { status: 'review', attempt: 1, pullRequest: 58 }),
  moduleOf('library', {
    status: 'blocked',
    dependsOn: ['event-emitter'],
    attempt: 3,
    pullRequest: 50,
    escalation: 60,
    target: 'phase-1-review',
  }),
  moduleOf('player', {
    dependsOn: ['library', 'plex-auth'],
    requested: true,
    unmet: [
      gate('dependency:library', 'Dependency `library` is complete', {
        verdict: 'failed',
        reason: 'it is blocked',
      }),
    ],
  }),
  moduleOf('search', { ready: true }),
  moduleOf('sync', { ready: true, requested: true, queuePlace: 1 }),
];

function render(modules: readonly DashboardModule[], paused = false): string {
  return renderDashboard({
    repositoryUrl: REPOSITORY_URL,
    stateBranch: 'sessionwright-state',
    stateFile: 'implementation-state.json',
    stateCommit: COMMIT,
    paused,
    criticalPath: modules.slice(-3).map(({ id }) => id),
    modules,
    orphans: [],
  });
}

function many(count: number, dependencies: number): readonly DashboardModule[] {
  return Array.from({ length: count }, (_, index) =>
    moduleOf(`module-${String(index)}`, {
      status: index < count - 20 ? 'complete' : 'pending',
      dependsOn: Array.from(
        { length: Math.min(index, dependencies) },
        (_one, back) => `module-${String(index - back - 1)}`,
      ),
    }),
  );
}

describe('renderDashboard', () => {
  it('shows where every module stands', () => {
    expect(render(MODULES)).toMatchSnapshot();
  });

  it('does without modules and says when it is paused', () => {
    expect(render([], true)).toMatchSnapshot();
  });

  it('leaves out what there is nothing of', () => {
    const body = render([moduleOf('a', { ready: true })]);
    expect(body.match(/^### .+/gmu)).toEqual(['### Ready', '### All modules']);
    expect(body).not.toMatch(/\n\n\n/u);
  });

  it('is the same for the same state, and known again', () => {
    expect(render(MODULES)).toBe(render(structuredClone(MODULES)));
    expect(isDashboard(render(MODULES))).toBe(true);
    expect(isDashboard('Our dashboard')).toBe(false);
  });

  it('stays within the limit with a thousand modules', () => {
    const body = render(many(1_000, 3));
    expect(body.length).toBeLessThanOrEqual(BODY_LIMIT);
    expect(isDashboard(body)).toBe(true);
    expect(body).toContain('Only the frontier is drawn');
  });

  it('keeps the table’s columns whatever a module is called', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const rows = render([moduleOf('a', { name, note: name })])
          .split('\n')
          .filter((line) => line.startsWith('|'));
        expect(rows.map(cellsOf)).toEqual([5, 5, 5]);
      }),
    );
  });
});

describe('the commit that a dashboard was made from', () => {
  const body = render(MODULES);
  const forgetful = withStateCommit(body, null);
  const later = body.replace(COMMIT, COMMIT.replace('2f', '3f'));

  it('is in its marker, and may be forgotten', () => {
    expect(stateCommitOf(body)).toBe(COMMIT);
    expect(withStateCommit(later, COMMIT)).toBe(body);
    expect(stateCommitOf(forgetful)).toBeNull();
    expect(isDashboard(forgetful)).toBe(true);
    expect(withStateCommit(forgetful, COMMIT)).toBe(forgetful);
  });

  it('is none where it could not be one', () => {
    expect(stateCommitOf(body.replace(COMMIT, 'HEAD'))).toBeNull();
    expect(stateCommitOf('')).toBeNull();
  });

  it('is no reason to write it anew, unless it is missing', () => {
    expect(saysTheSame(body, later)).toBe(true);
    expect(saysTheSame(body, `${later}.`)).toBe(false);
    expect(saysTheSame(forgetful, later)).toBe(false);
  });
});

describe('a pending module', () => {
  const failed = gate('command:types', 'Types', { verdict: 'failed', reason: 'failed on ba5e000' });

  function sectionOf(body: string, line: string): string {
    return (
      body
        .slice(0, body.indexOf(line))
        .match(/### .+/g)
        ?.at(-1) ?? ''
    );
  }

  it.each<[string, Partial<DashboardModule>, string, string]>([
    [
      'that was asked for and has an unmet gate waits for the gate, whatever its place',
      { requested: true, unmet: [failed], queuePlace: 1 },
      '### Waiting',
      '✗ Types (failed on ba5e000)',
    ],
    [
      'that was asked for and has passed waits for a session',
      { requested: true, ready: true, queuePlace: 2 },
      '### Waiting',
      'waits for a free session, place 2',
    ],
    [
      'that was asked for and whose gates have yet to run waits for them',
      { requested: true, ready: true },
      '### Waiting',
      'waits for its gates to be checked',
    ],
    [
      'that nobody asked for and that cannot start waits for nothing',
      { unmet: [failed] },
      '### Not asked for yet',
      'not passed: Types (failed on ba5e000)',
    ],
    [
      'that nobody asked for and that can start is ready',
      { ready: true },
      '### Ready',
      'label an issue `session:a`',
    ],
  ])('%s', (_, change, section, words) => {
    const body = render([moduleOf('a', change)]);
    const line =
      section === '### Waiting' ? `| **a** (\`a\`) | ${words} |` : `- **a** (\`a\`): ${words}`;
    expect(body).toContain(line);
    expect(sectionOf(body, line)).toBe(section);
  });

  it('waits for no session while nothing may start', () => {
    const body = render([moduleOf('a', { requested: true, ready: true, queuePlace: 1 })], true);
    expect(body).toContain('| **a** (`a`) | waits until sessions start again |');
  });
});

describe('renderGraph', () => {
  it('lets no name out of its label', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const lines = renderGraph([moduleOf('a', { name })]).split('\n');
        expect(lines).toHaveLength(5);
        expect(lines[2]).toMatch(/^ {2}m0\["(?:[\p{L}\p{M}\p{N} .,_-]|#\d+;)+"\]:::pending$/u);
      }),
    );
  });

  it('draws no edge to a module that is not there', () => {
    expect(renderGraph([moduleOf('a', { dependsOn: ['gone'] })])).not.toContain('-->');
  });

  it('draws the frontier alone past five hundred edges', () => {
    const graph = renderGraph(many(200, 5));
    expect(graph.match(/-->/g)?.length ?? 0).toBeLessThanOrEqual(500);
    expect(graph).toContain('Only the frontier is drawn');
  });

  it('says so where even that is too much, or nothing is left', () => {
    const wide = Array.from({ length: 400 }, (_, index) =>
      moduleOf(`m-${String(index)}`, { status: 'blocked' }),
    );
    expect(renderGraph(wide)).toContain('too large to draw, even its frontier');
    expect(
      renderGraph(wide.map((module) => ({ ...module, status: 'complete' as const }))),
    ).toContain('Every module is complete');
  });
});
