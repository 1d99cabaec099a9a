import { describe, expect, it } from '@jest/globals';
import { AnswerLostError, RateLimitedError } from '../../../src/domain/errors.ts';
import { createPatience, type Asked } from '../../../src/github/patience.ts';

const NOW = Date.UTC(2026, 0, 12, 9);
const READ: Asked = { what: 'GET /repos/{owner}/{repo}', isRead: true };
const WRITE: Asked = { what: 'POST /repos/{owner}/{repo}/issues', isRead: false };

const DONE = { headers: {}, data: { number: 5 } };

function failure(status: number, headers: Readonly<Record<string, string>> = {}, data?: unknown) {
  return Object.assign(new Error(String(status)), { status, response: { headers, data } });
}

/** Octokit's word for a connection that was reset. */
const RESET = Object.assign(new Error('read ECONNRESET'), { status: 500 });

/** Sends a request that gets these answers, the last one for ever; tells the pauses and how often it was sent. */
async function sent(asked: Asked, answers: readonly (typeof DONE | Error | object)[]) {
  let now = NOW;
  const pauses: number[] = [];
  const patience = createPatience({
    now: () => now,
    sleep: (milliseconds) => {
      now += milliseconds;
      pauses.push(milliseconds / 1000);
      return Promise.resolve();
    },
  });
  let times = 0;
  const result = await patience
    .send(asked, () => {
      const answer = answers[Math.min(times, answers.length - 1)];
      times += 1;
      return answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve(answer as typeof DONE);
    })
    .catch((error: unknown) => error);
  return { result, pauses, times };
}

describe('a rate limit', () => {
  it.each<[string, object, readonly number[]]>([
    ['is waited for as long as retry-after says', failure(403, { 'retry-after': '30' }), [30]],
    ['is waited for after a 429 as well', failure(429, { 'retry-after': '7' }), [7]],
    [
      'is waited for until its reset',
      failure(403, {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(NOW / 1000 + 90),
      }),
      [90],
    ],
    [
      'that tells no time is waited for a minute',
      failure(403, {}, { documentation_url: 'https://docs.github.com/rest/overview/rate-limits' }),
      [60],
    ],
    [
      'is told by GraphQL with status 200',
      {
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 12) },
        data: { errors: [{ type: 'RATE_LIMITED' }] },
      },
      [12],
    ],
  ])('%s', async (_, answer, pauses) => {
    for (const asked of [READ, WRITE]) {
      expect(await sent(asked, [answer, DONE])).toEqual({ result: DONE, pauses, times: 2 });
    }
  });

  it('that tells no time again is waited for twice as long each time, and no longer than a run may take', async () => {
    const { result, pauses, times } = await sent(WRITE, [failure(429)]);
    expect(pauses).toEqual([60, 120, 240, 480]);
    expect(times).toBe(5);
    expect(result).toBeInstanceOf(RateLimitedError);
  });

  it('that lasts longer than a run may take ends it at once, and says until when', async () => {
    const headers = {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(NOW / 1000 + 3600),
    };
    const { result, pauses, times } = await sent(READ, [failure(403, headers)]);
    expect([pauses, times]).toEqual([[], 1]);
    expect(result).toMatchObject({ message: expect.stringContaining('2026-01-12T10:00:00.000Z') });
  });

  it('holds back every other request too, without sending it', async () => {
    const patience = createPatience({ now: () => NOW, sleep: () => Promise.resolve() });
    const long = failure(403, { 'retry-after': '3600' });
    await expect(patience.send(READ, () => Promise.reject(long))).rejects.toBeInstanceOf(
      RateLimitedError,
    );
    const other = patience.send(WRITE, () => Promise.reject(new Error('It was sent.')));
    await expect(other).rejects.toBeInstanceOf(RateLimitedError);
  });

  it('that grows while it is waited for is waited for to its new end', async () => {
    let now = NOW;
    const sentAt: number[] = [];
    const patience = createPatience({
      now: () => now,
      // The clock goes on when everything that could be sent at this moment was.
      sleep: async (milliseconds) => {
        const end = now + milliseconds;
        await new Promise((resolve) => setImmediate(resolve));
        now = Math.max(now, end);
      },
    });
    const read = (seconds: string) => {
      let isLimited = false;
      return patience.send(READ, () => {
        sentAt.push((now - NOW) / 1000);
        if (isLimited) return Promise.resolve(DONE);
        isLimited = true;
        return Promise.reject(failure(403, { 'retry-after': seconds }));
      });
    };
    await Promise.all([read('10'), read('60')]);
    expect(sentAt).toEqual([0, 0, 60, 60]);
  });
});

describe('a server that fails, or a connection that breaks', () => {
  it.each([500, 502, 503])('is asked again for what only reads after a %i', async (status) => {
    expect(await sent(READ, [failure(status), RESET, DONE])).toEqual({
      result: DONE,
      pauses: [1, 2],
      times: 3,
    });
  });

  it('is not asked for ever', async () => {
    expect(await sent(READ, [RESET])).toEqual({ result: RESET, pauses: [1, 2, 4, 8], times: 5 });
  });

  it.each([RESET, failure(502)])('never gets a write a second time', async (error) => {
    const { result, pauses, times } = await sent(WRITE, [error]);
    expect(result).toBeInstanceOf(AnswerLostError);
    expect([pauses, times]).toEqual([[], 1]);
  });
});

describe('a refusal', () => {
  it.each([404, 422])(
    'of a write with %i is asked about again for a little while',
    async (status) => {
      expect(await sent(WRITE, [failure(status), DONE])).toMatchObject({ pauses: [1], times: 2 });
      expect(await sent(WRITE, [failure(status)])).toMatchObject({ pauses: [1, 2, 4], times: 4 });
    },
  );

  it.each([
    { message: 'Reference already exists' },
    { message: 'Validation Failed', errors: [{ resource: 'Label', code: 'already_exists' }] },
    {
      message: 'Validation Failed',
      errors: [{ message: 'A pull request already exists for a:b.' }],
    },
  ])('of what is there already stands: %j', async (data) => {
    const refused = failure(422, {}, data);
    expect(await sent(WRITE, [refused])).toEqual({ result: refused, pauses: [], times: 1 });
  });

  it('of all of a GraphQL document’s mutations counts like one', async () => {
    const refused = { headers: {}, data: { data: { m0: null }, errors: [{ type: 'NOT_FOUND' }] } };
    expect(await sent(WRITE, [refused, DONE])).toMatchObject({ result: DONE, times: 2 });
  });

  it('of some of them does not: the others were done', async () => {
    const data = { data: { m0: null, m1: {} }, errors: [{ type: 'NOT_FOUND' }] };
    expect(await sent(WRITE, [{ headers: {}, data }])).toMatchObject({ times: 1 });
  });

  it('of a read stands', async () => {
    expect(await sent(READ, [failure(404)])).toMatchObject({ pauses: [], times: 1 });
  });

  it('for lack of a permission is not tried again', async () => {
    const refused = failure(403, { 'x-accepted-github-permissions': 'issues=write' });
    expect(await sent(WRITE, [refused])).toEqual({ result: refused, pauses: [], times: 1 });
  });
});

describe('writes', () => {
  it('go one after the other, and one that fails lets the next one go', async () => {
    const patience = createPatience({ now: () => NOW, sleep: () => Promise.resolve() });
    const order: string[] = [];
    const write = (name: string) =>
      patience.send(WRITE, async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (name === 'first') throw failure(409);
        return DONE;
      });
    await Promise.allSettled([write('first'), write('second')]);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });
});
