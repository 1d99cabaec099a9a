import assert from 'node:assert/strict';
import { fail, ok } from '../../../result.js';
import type { IMediaItem, Result } from '../../../types/index.js';
import { EventEmitter } from '../../event-emitter/index.js';
import type { IHttpClient, IRequestOptions, ResponseParser } from '../../http-client/index.js';
import { PlaybackSession } from '../../playback-session/index.js';
import { WatchHistory } from '../index.js';

/** Answers with `answer`; timelines always succeed. */
class FakeServer implements IHttpClient {
  readonly requests: string[] = [];
  answer: Result<unknown> = ok(null);

  /** Writes the request down, unless it is a timeline, and answers. */
  async get<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    options: IRequestOptions = {},
  ): Promise<Result<TValue>> {
    if (path === '/:/timeline') return parse(null);
    this.requests.push(`${path} ${Object.values(options.query ?? {}).join(' ')}`);
    return this.answer.ok ? parse(this.answer.value) : this.answer;
  }

  /** A history never posts. */
  async post(): Promise<Result<never>> {
    return fail('invalid-state', 'A history never posts.');
  }
}

interface IHarness {
  readonly history: WatchHistory;
  readonly server: FakeServer;
  readonly events: string[];
  /** Plays the item to this position, on a real playback session, and stops. */
  readonly play: (ratingKey: string, ...positionsMs: number[]) => Promise<void>;
}

/** An item of a hundred seconds. */
function item(ratingKey: string): IMediaItem {
  return { ratingKey, title: `Film ${ratingKey}`, type: 'movie', durationMs: 100_000 };
}

/** A history that is attached to playback, on a server whose item 404 is gone. */
function harness(): IHarness {
  const server = new FakeServer();
  const events = new EventEmitter();
  const seen: string[] = [];
  events.on('history:watched', ({ ratingKey }) => seen.push(`watched ${ratingKey}`));
  events.on('history:failed', ({ code }) => seen.push(`failed ${code}`));
  const auth = { authHeaders: (): Result<Record<string, string>> => ok({ 'X-Plex-Token': 't' }) };
  const clock = { now: (): number => 0, sleep: async (): Promise<void> => undefined };
  const library = {
    getItem: async (ratingKey: string): Promise<Result<IMediaItem>> =>
      ratingKey === '404' ? fail('not-found', 'Gone.') : ok(item(ratingKey)),
  };
  const playback = new PlaybackSession({ http: server, auth, events, clock });
  const history = new WatchHistory({ http: server, auth, events, library });
  history.attach();
  const play = async (ratingKey: string, ...positionsMs: number[]): Promise<void> => {
    await playback.start(item(ratingKey));
    for (const position of positionsMs) await playback.progress(position);
    await playback.stop();
    await history.whenIdle();
  };
  return { history, server, events: seen, play };
}

const SCROBBLED = '/:/scrobble com.plexapp.plugins.library 1';

describe('WatchHistory', () => {
  it('marks an item as watched once, at nine tenths', async () => {
    const { history, server, events, play } = harness();
    await play('1', 50_000, 89_999);
    assert.deepEqual(server.requests, []);
    history.attach();
    await play('1', 90_000, 95_000, 100_000);
    await play('1', 99_000);
    assert.deepEqual(server.requests, [SCROBBLED]);
    assert.deepEqual(events, ['watched 1']);
  });

  it('reports a mark that failed, and tries again when playback goes on', async () => {
    const { server, events, play } = harness();
    server.answer = fail('network', 'Down.');
    await play('1', 90_000);
    server.answer = ok(null);
    await play('1', 95_000);
    assert.deepEqual(events.at(0), 'failed network');
    assert.deepEqual(events.at(-1), 'watched 1');
  });

  it('marks again what was marked as not watched', async () => {
    const { history, server, play } = harness();
    await play('1', 90_000);
    assert.deepEqual(await history.markUnwatched('1'), ok(undefined));
    await play('1', 90_000);
    assert.deepEqual(server.requests, [
      SCROBBLED,
      '/:/unscrobble com.plexapp.plugins.library 1',
      SCROBBLED,
    ]);
  });

  it('lists what was begun but not watched, the latest first', async () => {
    const { history, play } = harness();
    await play('1', 30_000);
    await play('2', 1_000);
    await play('3', 95_000);
    await play('4', 50_000);
    await play('1', 40_000);
    const listed = history.continueWatching();
    assert.deepEqual(
      listed.map(({ item: { ratingKey }, fraction }) => [ratingKey, fraction]),
      [
        ['1', 0.4],
        ['4', 0.5],
      ],
    );
    assert.equal(history.continueWatching(1).length, 1);
  });

  it('follows nothing after it was detached', async () => {
    const { history, play } = harness();
    history.attach()();
    await play('1', 50_000);
    assert.deepEqual(history.continueWatching(), []);
  });

  it("joins the server's history with the items, without those that are gone", async () => {
    const { history, server } = harness();
    const Metadata = [
      { ratingKey: '2', viewedAt: 20 },
      { ratingKey: '404', viewedAt: 15 },
      { title: 'Deleted', viewedAt: 12 },
      { ratingKey: '1', viewedAt: 10 },
    ];
    server.answer = ok({ MediaContainer: { Metadata } });
    assert.deepEqual(
      await history.recent(4),
      ok([
        { item: item('2'), viewedAt: 20_000 },
        { item: item('1'), viewedAt: 10_000 },
      ]),
    );
    assert.deepEqual(server.requests, ['/status/sessions/history/all viewedAt:desc 0 4']);
  });

  it('refuses a limit that is none, and an answer that is none', async () => {
    const { history, server } = harness();
    const limited = await history.recent(0);
    assert.equal(!limited.ok && limited.error.code, 'invalid-argument');
    assert.deepEqual(server.requests, []);
    const answered = await history.recent();
    assert.equal(!answered.ok && answered.error.code, 'invalid-response');
  });
});
