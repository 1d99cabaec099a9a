import assert from 'node:assert/strict';
import { fail, ok } from '../../../result.js';
import type { IMediaItem, IPlexError, PlexErrorCode, Result } from '../../../types/index.js';
import { EventEmitter } from '../../event-emitter/index.js';
import type { IHttpClient, IRequestOptions, ResponseParser } from '../../http-client/index.js';
import { PlaybackSession } from '../index.js';

const FILM: IMediaItem = { ratingKey: '7', title: 'Sintel', type: 'movie', durationMs: 60_000 };

/** Answers every timeline with success, or with `failure` while there is one. */
class FakeServer implements IHttpClient {
  readonly timelines: string[] = [];
  failure: Result<never> | null = null;

  /** Writes the timeline down and answers. */
  async get<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    options: IRequestOptions = {},
  ): Promise<Result<TValue>> {
    const { ratingKey, key, state, time, duration } = options.query ?? {};
    this.timelines.push(`${path} ${ratingKey} ${key} ${state} ${time}/${duration}`);
    return this.failure ?? parse(null);
  }

  /** Playback never posts. */
  async post(): Promise<Result<never>> {
    return fail('invalid-state', 'Playback never posts.');
  }
}

interface IHarness {
  readonly session: PlaybackSession;
  readonly server: FakeServer;
  readonly changes: string[];
  readonly wait: (milliseconds: number) => void;
}

/** A session whose clock moves by `wait` only. */
function harness(signedIn = true): IHarness {
  let now = 0;
  const server = new FakeServer();
  const events = new EventEmitter();
  const changes: string[] = [];
  events.on('playback:changed', ({ state, positionMs }) => changes.push(`${state} ${positionMs}`));
  const session = new PlaybackSession({
    http: server,
    auth: {
      authHeaders: (): Result<Record<string, string>> =>
        signedIn ? ok({ 'X-Plex-Token': 't' }) : fail('unauthorized', 'Nobody.'),
    },
    events,
    clock: { now: (): number => now, sleep: async (): Promise<void> => undefined },
  });
  const wait = (milliseconds: number): void => void (now += milliseconds);
  return { session, server, changes, wait };
}

/** The code of a failure, undefined for a success. */
function codeOf(result: Result<unknown, IPlexError>): PlexErrorCode | undefined {
  return result.ok ? undefined : result.error.code;
}

describe('PlaybackSession', () => {
  it('plays, pauses, resumes and stops, and tells server and listeners each time', async () => {
    const { session, server, changes } = harness();
    assert.equal(session.snapshot, null);
    await session.start(FILM, 1_000);
    await session.pause();
    await session.resume();
    assert.equal((await session.stop()).ok, true);
    assert.deepEqual(changes, ['playing 1000', 'paused 1000', 'playing 1000', 'stopped 1000']);
    assert.equal(server.timelines.length, 4);
    assert.equal(server.timelines[0], '/:/timeline 7 /library/metadata/7 playing 1000/60000');
  });

  it('starts another item after a stop, but not before', async () => {
    const { session } = harness();
    await session.start(FILM);
    assert.equal(codeOf(await session.start(FILM)), 'invalid-state');
    await session.stop();
    assert.equal((await session.start(FILM)).ok, true);
  });

  it('refuses what does not fit the state', async () => {
    const { session, server } = harness();
    for (const result of [
      await session.progress(1),
      await session.pause(),
      await session.resume(),
      await session.stop(),
    ]) {
      assert.equal(codeOf(result), 'invalid-state');
    }
    await session.start(FILM);
    assert.equal(codeOf(await session.resume()), 'invalid-state');
    await session.pause();
    assert.equal(codeOf(await session.progress(1)), 'invalid-state');
    assert.equal(server.timelines.length, 2);
  });

  it('tells listeners of all progress, and the server every ten seconds', async () => {
    const { session, server, changes, wait } = harness();
    await session.start(FILM);
    for (let second = 1; second <= 20; second += 1) {
      wait(1_000);
      await session.progress(second * 1_000);
    }
    assert.equal(changes.length, 21);
    assert.deepEqual(
      server.timelines.map((line) => line.split(' ').at(-1)),
      ['0/60000', '10000/60000', '20000/60000'],
    );
  });

  it('keeps positions inside the item, and open-ended where its length is unknown', async () => {
    const { session } = harness();
    await session.start(FILM, -5);
    assert.equal(session.snapshot?.positionMs, 0);
    await session.progress(99_000);
    assert.equal(session.snapshot?.positionMs, 60_000);
    await session.stop();
    await session.start({ ...FILM, durationMs: 0 }, 99_000);
    assert.equal(session.snapshot?.positionMs, 99_000);
  });

  it('refuses a position that is no number', async () => {
    const { session } = harness();
    assert.equal(codeOf(await session.start(FILM, Number.NaN)), 'invalid-argument');
    assert.equal(session.snapshot, null);
  });

  it('changes nothing when the server refuses', async () => {
    const { session, server, changes } = harness();
    await session.start(FILM);
    server.failure = fail('network', 'Down.');
    assert.equal(codeOf(await session.pause()), 'network');
    assert.equal(session.snapshot?.state, 'playing');
    assert.deepEqual(changes, ['playing 0']);
  });

  it('asks the server nothing while nobody is signed in', async () => {
    const { session, server } = harness(false);
    assert.equal(codeOf(await session.start(FILM)), 'unauthorized');
    assert.deepEqual(server.timelines, []);
  });
});
