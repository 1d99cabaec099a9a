import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../simulator/call-log.ts';
import { explainError } from '../../../src/github/explain-error.ts';
import { EachCall, nameOf, SCENES, type Ending } from './each-call.ts';

/**
 * As GitHub refuses for lack of a permission: REST names the one it would take in a header, GraphQL names the field
 * (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible).
 */
function forbidden(call: Call): Response {
  const message = 'Resource not accessible by integration';
  if (call.kind === 'rest') {
    const headers = { 'x-accepted-github-permissions': 'contents=write' };
    return Response.json(
      { message, documentation_url: 'https://docs.github.com/rest' },
      { status: 403, headers },
    );
  }
  return Response.json({
    data: null,
    errors: [{ type: 'FORBIDDEN', message, path: ['repository'] }],
  });
}

/** Where no pull request may be opened, the claim is taken back and told: whoever asked asks again. */
const TAKEN_BACK: Ending = { status: 'pending', pulls: 0, escalations: 0, writes: [] };

describe.each(Object.entries(SCENES))(
  'of %s, each call in turn refused for lack of a permission',
  (_, scene) => {
    let each: EachCall;
    let count: number;
    beforeAll(async () => {
      each = await EachCall.prepare(scene);
      count = await each.count();
    });
    afterAll(() => each.close());

    it('is not made again, the run says what to grant, and once it is granted the next one finishes', async () => {
      for (let nth = 1; nth <= count; nth += 1) {
        const { error, met, after } = await each.answered(nth, forbidden);
        const call = { nth, what: nameOf(met) };
        const { message, fix } = explainError(error);
        const said = `${message} ${fix}`;
        expect({ ...call, said }).toMatchObject({ said: expect.stringMatching(/permission/iu) });
        const again = after.filter(
          (one) => one.path === met.path && JSON.stringify(one.body) === JSON.stringify(met.body),
        );
        expect({ ...call, again: again.length }).toMatchObject({ again: 0 });
        expect({ ...call, ...(await each.ending()) }).toEqual({
          ...call,
          ...(met.path === '/repos/acme/app/pulls' ? TAKEN_BACK : scene.wanted),
        });
      }
    }, 120_000);
  },
);
