import assert from 'node:assert/strict';
import { ok } from '../../../result.js';
import type { IHttpRequest, IHttpResponse, Result } from '../../../types/index.js';
import { HttpClient, type IHttpClientOptions } from '../index.js';

type Answer = Partial<IHttpResponse> | Error;

interface IHarness {
  readonly client: HttpClient;
  readonly requests: IHttpRequest[];
  readonly sleeps: number[];
}

/** A client whose transport gives the answers one by one, and whose clock only writes down waits. */
function harness(answers: readonly Answer[], options: Partial<IHttpClientOptions> = {}): IHarness {
  const requests: IHttpRequest[] = [];
  const sleeps: number[] = [];
  const client = new HttpClient({
    baseUrl: 'http://plex.test:32400/base/',
    identity: { clientIdentifier: 'client-1', product: 'Plex Client', version: '0.1.0' },
    transport: {
      async send(request: IHttpRequest): Promise<IHttpResponse> {
        const answer = answers[requests.push(request) - 1] ?? new Error('no more answers');
        if (answer instanceof Error) throw answer;
        return { status: 200, headers: {}, body: '{}', ...answer };
      },
    },
    clock: {
      now: (): number => 0,
      sleep: async (milliseconds: number): Promise<void> => void sleeps.push(milliseconds),
    },
    ...options,
  });
  return { client, requests, sleeps };
}

/** Accepts any body as it is. */
function asIs(body: unknown): Result<unknown> {
  return ok(body);
}

describe('HttpClient', () => {
  it('sends the identity, its own headers and an encoded query below the base path', async () => {
    const { client, requests } = harness([{}]);
    await client.get('/library/sections', asIs, {
      query: { title: 'a b&c', page: 2, skipped: undefined },
      headers: { 'X-Plex-Token': 'secret' },
    });
    assert.deepEqual(requests, [
      {
        method: 'GET',
        url: 'http://plex.test:32400/base/library/sections?title=a+b%26c&page=2',
        headers: {
          Accept: 'application/json',
          'X-Plex-Client-Identifier': 'client-1',
          'X-Plex-Product': 'Plex Client',
          'X-Plex-Version': '0.1.0',
          'X-Plex-Token': 'secret',
        },
        timeoutMs: 10_000,
      },
    ]);
  });

  it('hands the parsed body to the parser, and null where the body is empty', async () => {
    const { client } = harness([{ body: '{"a":1}' }, { body: '' }]);
    assert.deepEqual(await client.get('/a', asIs), ok({ a: 1 }));
    assert.deepEqual(await client.get('/a', asIs), ok(null));
  });

  it('tries a GET three times, waiting twice as long each time', async () => {
    const { client, requests, sleeps } = harness([new Error('reset'), { status: 503 }, {}]);
    assert.deepEqual(await client.get('/a', asIs), ok({}));
    assert.equal(requests.length, 3);
    assert.deepEqual(sleeps, [250, 500]);
  });

  it('gives up after the last try with the last error', async () => {
    const busy = { status: 503 };
    const { client, requests } = harness([busy, busy, busy, {}]);
    const result = await client.get('/a', asIs);
    assert.equal(requests.length, 3);
    assert.deepEqual(!result.ok && [result.error.code, result.error.status], ['http-status', 503]);
  });

  it('waits as long as Retry-After asks, up to the cap', async () => {
    const answers = ['2', '3600'].map((after) => ({
      status: 429,
      headers: { 'retry-after': after },
    }));
    const { client, sleeps } = harness([...answers, {}]);
    await client.get('/a', asIs);
    assert.deepEqual(sleeps, [2_000, 10_000]);
  });

  it('sends a POST once, whatever happens', async () => {
    for (const answer of [new Error('reset'), { status: 503 }]) {
      const { client, requests } = harness([answer, {}]);
      assert.equal((await client.post('/a', asIs)).ok, false);
      assert.equal(requests.length, 1);
    }
  });

  it('names the host but neither path nor query when no answer arrives', async () => {
    const { client } = harness([new Error('reset')]);
    const result = await client.post('/a', asIs, { query: { token: 'secret' } });
    assert.deepEqual(!result.ok && [result.error.code, result.error.message], [
      'network',
      'POST got no answer from plex.test:32400.',
    ]);
  });

  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not-found'],
    [500, 'http-status'],
    [302, 'http-status'],
  ] as const) {
    it(`turns ${status} into ${code} without trying again`, async () => {
      const { client, requests } = harness([{ status }]);
      const result = await client.get('/a', asIs);
      assert.deepEqual(!result.ok && [result.error.code, result.error.status], [code, status]);
      assert.equal(requests.length, 1);
    });
  }

  it('reports a body that is not JSON', async () => {
    const { client } = harness([{ body: '<html>' }]);
    const result = await client.get('/a', asIs);
    assert.equal(!result.ok && result.error.code, 'invalid-response');
  });
});
