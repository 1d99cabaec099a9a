import { describe, expect, it } from '@jest/globals';
import type { EntryPatch } from '../../../src/domain/implementation-state.ts';
import {
  blocked,
  decideOn,
  dispatchTrigger,
  DOCUMENT_SHA,
  EARLIER,
  entryAfter,
  HEAD_SHA,
  inReview,
  messagesOf,
  NOW,
  pullOf,
  pullTrigger,
  running,
  SESSION_ID,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

/** From EARLIER to NOW it is 49 hours and a half. */
const HOURS = 3600;

function idle(entry: EntryPatch = running(), change: WorldChange = {}): WorldChange {
  return {
    entries: { 'plex-auth': entry },
    pulls: new Map([['plex-auth', pullOf({ headSha: DOCUMENT_SHA })]]),
    config: { sessionTimeoutSeconds: 49 * HOURS, paused: true },
    ...change,
  };
}

describe('a session that nobody pushes to', () => {
  it('ends after the time-out and is requested again', () => {
    for (const trigger of [{ kind: 'schedule' } as const, dispatchTrigger()]) {
      const change = idle(running(), { trigger });
      expect(messagesOf(decideOn(change))).toEqual([
        'plex-auth: in-progress → pending (attempt 1 timed out)',
      ]);
      expect(entryAfter(change)).toMatchObject({
        status: 'pending',
        session: {
          request: { source: 57, by: 'session-timeout', at: NOW },
          history: [
            {
              outcome: 'timed-out',
              issue: 'Nothing was pushed for longer than `session-timeout` allows (49 h).',
            },
          ],
        },
      });
      expect(stepsOf(decideOn(change), 'answer')).toContainEqual({
        kind: 'answer',
        conversation: 57,
        key: `timed-out ${SESSION_ID}`,
        answer: { kind: 'timed-out', module: 'plex-auth', attempt: 1 },
      });
    }
  });

  it('is blocked where that was the last attempt', () => {
    const change = idle(running({ attempt: 3, maxAttempts: 3 }));
    expect(stepsOf(decideOn(change), 'block')).toMatchObject([
      { target: 'planning-agent', reason: { failureType: null, by: 'attempts' } },
    ]);
    expect(entryAfter(change)).toMatchObject({
      status: 'blocked',
      session: { history: [{ outcome: 'timed-out' }] },
    });
  });

  it('starts its next attempt in the same run', () => {
    const config = { sessionTimeoutSeconds: 49 * HOURS };
    expect(stepsOf(decideOn(idle(running(), { config })), 'start')).toMatchObject([
      { supersedes: 57, session: { attempt: 2 } },
    ]);
  });
});

describe('a session that goes on', () => {
  const judged = pullOf({ headSha: HEAD_SHA });
  it.each<[string, WorldChange]>([
    ['within its time', idle(running(), { config: { sessionTimeoutSeconds: 50 * HOURS } })],
    ['in review, which waits for a person', idle(inReview({ headSha: DOCUMENT_SHA }))],
    ['blocked, which waits for its escalation', idle(blocked())],
    ['with a push that is not judged yet', idle(running({ headSha: 'older' }))],
    [
      'whose last push was later than its start',
      idle(running({ headSha: HEAD_SHA, headAt: NOW }), {
        pulls: new Map([['plex-auth', judged]]),
      }),
    ],
    ['in a run that comes for its own pull request', idle(running(), { trigger: pullTrigger() })],
    [
      'whose pull request is not there yet',
      idle(running({ pullRequest: null }), { pulls: new Map() }),
    ],
    ['whose start nobody knows', idle(running({ startedAt: null }))],
  ])('%s', (_, change) => {
    expect(messagesOf(decideOn(change))).toEqual([]);
  });

  it('after it came back from review counts from then', () => {
    const entry = running({ startedAt: EARLIER, headSha: DOCUMENT_SHA, headAt: EARLIER });
    expect(messagesOf(decideOn(idle(entry)))).toHaveLength(1);
  });
});
