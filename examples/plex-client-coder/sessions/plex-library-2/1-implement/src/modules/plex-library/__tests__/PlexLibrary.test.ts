import assert from 'node:assert/strict';
import { fail, ok } from '../../../result.js';
import type { IMediaItem, IPlexError, PlexErrorCode, Result } from '../../../types/index.js';
import type { IHttpClient, IRequestOptions, ResponseParser } from '../../http-client/index.js';
import { PlexLibrary } from '../index.js';

/** Answers each path with `answer`, through the caller's own parser. */
class FakeServer implements IHttpClient {
  readonly requests: string[] = [];

  constructor(private readonly _answer: (start: number, size: number) => Result<unknown>) {}

  /** Writes the request down and answers. */
  async get<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    options: IRequestOptions = {},
  ): Promise<Result<TValue>> {
    const start = Number(options.query?.['X-Plex-Container-Start']);
    const size = Number(options.query?.['X-Plex-Container-Size']);
    this.requests.push(Number.isNaN(start) ? path : `${path} ${start}+${size}`);
    const answer = this._answer(start, size);
    return answer.ok ? parse(answer.value) : answer;
  }

  /** A library never posts. */
  async post(): Promise<Result<never>> {
    return fail('invalid-state', 'A library never posts.');
  }
}

/** A library on a server that gives this answer. */
function libraryOn(answer: (start: number, size: number) => Result<unknown>): {
  readonly library: PlexLibrary;
  readonly requests: readonly string[];
} {
  const server = new FakeServer(answer);
  const auth = { authHeaders: (): Result<Record<string, string>> => ok({ 'X-Plex-Token': 't' }) };
  return { library: new PlexLibrary({ http: server, auth }), requests: server.requests };
}

/** A server whose section holds films numbered from 0. */
function films(total: number): (start: number, size: number) => Result<unknown> {
  return (start, size) => {
    const count = Math.max(0, Math.min(size, total - start));
    const Metadata = Array.from({ length: count }, (_, index) => film(start + index));
    return ok({ MediaContainer: { size: count, totalSize: total, Metadata } });
  };
}

/** Film number `index` as a server tells it. */
function film(index: number): object {
  return { ratingKey: `${index}`, title: `Film ${index}`, type: 'movie', duration: 60_000 };
}

/** The code of a failure, undefined for a success. */
function codeOf(result: Result<unknown, IPlexError>): PlexErrorCode | undefined {
  return result.ok ? undefined : result.error.code;
}

describe('PlexLibrary', () => {
  it('lists the sections of known types', async () => {
    const Directory = [
      { key: '1', title: 'Films', type: 'movie' },
      { key: '2', title: 'Clips', type: 'clip' },
      { key: '3', title: 'Series', type: 'show' },
    ];
    const { library, requests } = libraryOn(() => ok({ MediaContainer: { Directory } }));
    assert.deepEqual(
      await library.listSections(),
      ok([
        { key: '1', title: 'Films', type: 'movie' },
        { key: '3', title: 'Series', type: 'show' },
      ]),
    );
    assert.deepEqual(requests, ['/library/sections']);
  });

  it('reads a page and says where the next one begins', async () => {
    const { library, requests } = libraryOn(films(3));
    const item = (index: number): IMediaItem => ({
      ratingKey: `${index}`,
      title: `Film ${index}`,
      type: 'movie',
      durationMs: 60_000,
    });
    assert.deepEqual(
      await library.listItems('a/b', { offset: 0, limit: 2 }),
      ok({ items: [item(0), item(1)], offset: 0, totalSize: 3, nextOffset: 2 }),
    );
    assert.deepEqual(
      await library.listItems('a/b', { offset: 2, limit: 2 }),
      ok({ items: [item(2)], offset: 2, totalSize: 3, nextOffset: null }),
    );
    assert.deepEqual(requests, [
      '/library/sections/a%2Fb/all 0+2',
      '/library/sections/a%2Fb/all 2+2',
    ]);
  });

  it('takes an answer without a total for the whole list', async () => {
    const { library } = libraryOn(() => ok({ MediaContainer: { Metadata: [film(0)] } }));
    const page = await library.listItems('1');
    assert.deepEqual(page.ok && [page.value.totalSize, page.value.nextOffset], [1, null]);
  });

  it('ends at an empty page, also when the total promises more', async () => {
    const { library } = libraryOn(() => ok({ MediaContainer: { totalSize: 9 } }));
    const page = await library.listItems('1');
    assert.deepEqual(page.ok && [page.value.items, page.value.nextOffset], [[], null]);
  });

  for (const page of [
    { offset: -1, limit: 1 },
    { offset: 0, limit: 0 },
    { offset: 0, limit: 201 },
    { offset: 0.5, limit: 1 },
  ]) {
    it(`refuses the page ${JSON.stringify(page)} without asking the server`, async () => {
      const { library, requests } = libraryOn(films(3));
      assert.equal(codeOf(await library.listItems('1', page)), 'invalid-argument');
      assert.deepEqual(requests, []);
    });
  }

  it('walks all items of a section in pages of 200', async () => {
    const { library, requests } = libraryOn(films(450));
    const keys: string[] = [];
    for await (const item of library.allItems('1')) if (item.ok) keys.push(item.value.ratingKey);
    assert.equal(keys.length, 450);
    assert.equal(keys.at(-1), '449');
    assert.equal(requests.length, 3);
  });

  it('ends the walk with the first failure', async () => {
    const answer = films(450);
    const { library } = libraryOn((start, size) =>
      start === 0 ? answer(start, size) : fail('network', 'Down.'),
    );
    const seen: Result<IMediaItem>[] = [];
    for await (const item of library.allItems('1')) seen.push(item);
    assert.equal(seen.length, 201);
    assert.deepEqual(seen.at(-1), fail('network', 'Down.'));
  });

  it('reads one item; what the server does not know is `other` and 0 long', async () => {
    const { library, requests } = libraryOn(() =>
      ok({ MediaContainer: { Metadata: [{ ratingKey: '5', title: 'Note', type: 'memo' }] } }),
    );
    assert.deepEqual(
      await library.getItem('5'),
      ok({ ratingKey: '5', title: 'Note', type: 'other', durationMs: 0 }),
    );
    assert.deepEqual(requests, ['/library/metadata/5']);
  });

  it('does not find an item in an empty answer', async () => {
    const { library } = libraryOn(() => ok({ MediaContainer: {} }));
    assert.equal(codeOf(await library.getItem('5')), 'not-found');
  });

  for (const body of [null, {}, { MediaContainer: { Metadata: [{ title: 'No key' }] } }]) {
    it(`refuses ${JSON.stringify(body)} as an item`, async () => {
      const { library } = libraryOn(() => ok(body));
      assert.equal(codeOf(await library.getItem('5')), 'invalid-response');
    });
  }

  it('asks nothing while nobody is signed in', async () => {
    const server = new FakeServer(films(1));
    const auth = { authHeaders: (): Result<never> => fail('unauthorized', 'Nobody.') };
    const library = new PlexLibrary({ http: server, auth });
    assert.equal(codeOf(await library.listSections()), 'unauthorized');
    assert.deepEqual(server.requests, []);
  });
});
