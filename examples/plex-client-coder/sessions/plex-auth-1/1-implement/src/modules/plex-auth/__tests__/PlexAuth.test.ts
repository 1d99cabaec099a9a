import assert from 'node:assert/strict';
import { fail, ok } from '../../../result.js';
import type { IPlexError, IPlexPin, PlexErrorCode, Result } from '../../../types/index.js';
import { EventEmitter } from '../../event-emitter/index.js';
import type { IHttpClient, IRequestOptions, ResponseParser } from '../../http-client/index.js';
import { PlexAuth } from '../index.js';

const PIN: IPlexPin = { id: 42, code: 'a b', expiresAt: 5_000 };

/** Gives the answers one by one, through the caller's own parser. */
class FakeHttp implements IHttpClient {
  readonly requests: string[] = [];

  constructor(private readonly _answers: Result<unknown>[]) {}

  /** Writes the request down and answers. */
  async get<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    options?: IRequestOptions,
  ): Promise<Result<TValue>> {
    return this._answer(`GET ${path}`, parse, options);
  }

  /** Writes the request down and answers. */
  async post<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    options?: IRequestOptions,
  ): Promise<Result<TValue>> {
    return this._answer(`POST ${path}`, parse, options);
  }

  private _answer<TValue>(
    line: string,
    parse: ResponseParser<TValue>,
    options: IRequestOptions = {},
  ): Result<TValue> {
    this.requests.push(`${line} ${JSON.stringify(options.query ?? {})}`);
    const answer = this._answers.shift() ?? fail('network', 'No more answers.');
    return answer.ok ? parse(answer.value) : answer;
  }
}

interface IHarness {
  readonly auth: PlexAuth;
  readonly http: FakeHttp;
  readonly events: string[];
}

/** An authentication whose clock moves only by sleeping. */
function harness(...answers: Result<unknown>[]): IHarness {
  let now = 0;
  const events = new EventEmitter();
  const seen: string[] = [];
  events.on('auth:signed-in', (payload) => seen.push(`in ${JSON.stringify(payload)}`));
  events.on('auth:signed-out', (payload) => seen.push(`out ${JSON.stringify(payload)}`));
  const http = new FakeHttp(answers);
  const auth = new PlexAuth({
    http,
    events,
    identity: { clientIdentifier: 'client-1', product: 'Plex Client', version: '0.1.0' },
    clock: {
      now: (): number => now,
      sleep: async (milliseconds: number): Promise<void> => void (now += milliseconds),
    },
  });
  return { auth, http, events: seen };
}

/** The code of a failure, undefined for a success. */
function codeOf(result: Result<unknown, IPlexError>): PlexErrorCode | undefined {
  return result.ok ? undefined : result.error.code;
}

const WAITING = ok({ authToken: null });
const APPROVED = ok({ authToken: 'secret' });

describe('PlexAuth', () => {
  it('asks for a strong PIN', async () => {
    const answer = { id: 42, code: 'abcd', expiresAt: '1970-01-01T00:15:00Z' };
    const { auth, http } = harness(ok(answer));
    assert.deepEqual(await auth.requestPin(), ok({ id: 42, code: 'abcd', expiresAt: 900_000 }));
    assert.deepEqual(http.requests, ['POST /api/v2/pins {"strong":true}']);
  });

  for (const body of [null, {}, { id: 42, code: 'abcd', expiresAt: 'soon' }]) {
    it(`refuses ${JSON.stringify(body)} as a PIN`, async () => {
      assert.equal(codeOf(await harness(ok(body)).auth.requestPin()), 'invalid-response');
    });
  }

  it('builds the page that approves a PIN', () => {
    assert.equal(
      harness().auth.authorizationUrl(PIN),
      'https://app.plex.tv/auth#?clientID=client-1&code=a+b' +
        '&context%5Bdevice%5D%5Bproduct%5D=Plex+Client',
    );
  });

  it('finds no token while the PIN waits', async () => {
    const { auth, http, events } = harness(WAITING);
    assert.deepEqual(await auth.checkPin(PIN), ok(null));
    assert.deepEqual(http.requests, ['GET /api/v2/pins/42 {}']);
    assert.equal(codeOf(auth.authHeaders()), 'unauthorized');
    assert.deepEqual(events, []);
  });

  it('signs in when the PIN is approved, without the token in the event', async () => {
    const { auth, events } = harness(APPROVED);
    assert.deepEqual(await auth.checkPin(PIN), ok({ value: 'secret', obtainedAt: 0 }));
    assert.deepEqual(auth.authHeaders(), ok({ 'X-Plex-Token': 'secret' }));
    assert.deepEqual(events, ['in {"at":0}']);
  });

  it('calls a PIN that plex.tv no longer knows expired', async () => {
    const { auth } = harness(fail('not-found', 'Nothing.', { status: 404 }));
    assert.equal(codeOf(await auth.checkPin(PIN)), 'expired');
  });

  it('looks every second and bears network errors until the PIN is approved', async () => {
    const { auth, http } = harness(WAITING, fail('network', 'Down.'), APPROVED);
    assert.deepEqual(await auth.waitForToken(PIN), ok({ value: 'secret', obtainedAt: 2_000 }));
    assert.equal(http.requests.length, 3);
  });

  it('stops looking when the PIN runs out', async () => {
    const { auth, http } = harness(WAITING, WAITING, WAITING, WAITING, WAITING, APPROVED);
    assert.equal(codeOf(await auth.waitForToken(PIN)), 'expired');
    assert.equal(http.requests.length, 5);
  });

  it('stops looking at any other error', async () => {
    const { auth, http } = harness(fail('http-status', 'Broken.', { status: 500 }));
    assert.equal(codeOf(await auth.waitForToken(PIN)), 'http-status');
    assert.equal(http.requests.length, 1);
  });

  it('restores a token, and forgets it on sign-out, once', () => {
    const { auth, events } = harness();
    auth.restore({ value: 'kept', obtainedAt: -1 });
    assert.deepEqual(auth.authHeaders(), ok({ 'X-Plex-Token': 'kept' }));
    auth.signOut();
    auth.signOut();
    assert.equal(codeOf(auth.authHeaders()), 'unauthorized');
    assert.deepEqual(events, ['in {"at":0}', 'out {"at":0}']);
  });
});
