import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../simulator/faults.ts';
import { EachCall, nameOf, SCENES } from './each-call.ts';

const FAULTS: Readonly<Record<string, Fault>> = {
  'a 500': { kind: 'failed', status: 500, applied: false },
  'a 502': { kind: 'failed', status: 502, applied: false },
  'a 503 after it was done': { kind: 'failed', status: 503, applied: true },
  'a reset': { kind: 'reset' },
  'a reset after it was done': { kind: 'lost' },
  'an answer that breaks off': { kind: 'cut' },
  'a limit with retry-after': { kind: 'limited', limit: 'secondary', seconds: 30 },
  'a 429': { kind: 'limited', limit: 'secondary-429', seconds: 30 },
  'a limit with its reset': { kind: 'limited', limit: 'primary', seconds: 90 },
  'a limit that tells no time': { kind: 'limited', limit: 'untold', seconds: 0 },
  'a replica that lags behind from there': { kind: 'lagging', seconds: 3 },
};

/** Every fault at every call is the explorer's; here each meets a few, and between them they meet all. */
const EVERY = 5;

describe.each(Object.entries(SCENES))('%s, with a fault at one of its calls', (_, scene) => {
  let each: EachCall;
  let count: number;
  beforeAll(async () => {
    each = await EachCall.prepare(scene);
    count = await each.count();
  });
  afterAll(() => each.close());

  it.each(Object.entries(FAULTS).map(([name, fault], index) => ({ name, fault, index })))(
    '$name: the same run does its work all the same, once',
    async ({ fault, index }) => {
      for (let nth = 1 + (index % EVERY); nth <= count; nth += EVERY) {
        const { error, met } = await each.befallen(nth, fault);
        const call = { nth, what: nameOf(met) };
        expect({ ...call, error }).toEqual({ ...call, error: null });
        expect({ ...call, ...(await each.ending()) }).toEqual({ ...call, ...scene.wanted });
      }
    },
    120_000,
  );
});
