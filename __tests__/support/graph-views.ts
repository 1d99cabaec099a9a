import { STATUSES } from '../../src/domain/implementation-state.ts';
import type { GraphPageModule, GraphView } from '../../src/documents/graph/graph-view.ts';

export const REPOSITORY_URL = 'https://github.com/acme/plex-client';

export function graphModule(id: string, change: Partial<GraphPageModule> = {}): GraphPageModule {
  return {
    id,
    name: id.replaceAll('-', ' '),
    status: 'pending',
    dependsOn: [],
    attempt: 0,
    maxAttempts: 3,
    pullRequest: null,
    escalation: null,
    waitsFor: null,
    note: null,
    history: [],
    ...change,
  };
}

export function graphView(
  modules: readonly GraphPageModule[],
  change: Partial<GraphView> = {},
): GraphView {
  return {
    title: 'acme/plex-client',
    repositoryUrl: REPOSITORY_URL,
    modules,
    criticalPath: [],
    ...change,
  };
}

/** Six modules, one of each status and one with a history. */
export const SIX: GraphView = graphView(
  [
    graphModule('event-emitter', {
      name: 'Event Emitter',
      status: 'complete',
      attempt: 1,
      pullRequest: 40,
    }),
    graphModule('http-client', {
      name: 'HTTP Client',
      status: 'review',
      attempt: 1,
      pullRequest: 41,
      waitsFor: 'review and merge',
    }),
    graphModule('plex-auth', {
      name: 'Plex Authentication',
      status: 'blocked',
      dependsOn: ['event-emitter', 'http-client'],
      attempt: 2,
      pullRequest: 45,
      escalation: 46,
      waitsFor: 'Planning Agent',
      history: [
        {
          attempt: 1,
          outcome: 'halted',
          failureType: 'missing-type',
          issue: 'The prompt uses `PlexPin`, which no file defines.',
          resolution: 'Added `PlexPin` to the shared types.',
          startedAt: '2026-01-10T08:00:00.000Z',
          endedAt: '2026-01-10T09:00:00.000Z',
          pullRequest: 43,
          escalation: 44,
        },
      ],
    }),
    graphModule('plex-library', {
      name: 'Plex Library',
      dependsOn: ['plex-auth'],
      waitsFor: '`plex-auth` is not complete',
    }),
    graphModule('playback-session', {
      name: 'Playback Session',
      status: 'in-progress',
      dependsOn: ['event-emitter'],
      attempt: 1,
      pullRequest: 47,
      waitsFor: 'the coder',
    }),
    graphModule('watch-history', {
      name: 'Watch History',
      dependsOn: ['plex-library', 'playback-session'],
    }),
  ],
  { criticalPath: ['http-client', 'plex-auth', 'plex-library', 'watch-history'] },
);

/** A graph as wide and deep as a big system's: each module rests on one or two earlier ones. */
export function manyModules(count: number): GraphView {
  const modules = Array.from({ length: count }, (_, index) =>
    graphModule(`module-${String(index)}`, {
      status: STATUSES[index % STATUSES.length] ?? 'pending',
      dependsOn: [...new Set([Math.floor(index / 2), Math.floor(index * 0.7)])]
        .filter((other) => other !== index)
        .map((other) => `module-${String(other)}`),
    }),
  );
  return graphView(modules);
}
