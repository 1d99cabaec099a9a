import type { Call } from '../../simulator/call-log.ts';
import type { Fault } from '../../simulator/faults.ts';

/** A fault of GitHub's or the network's, or the end of the process that calls. */
export type Blow = Fault | { readonly kind: 'death'; readonly when: 'before' | 'after' };

/** By the names that a seed calls them. */
export const BLOWS = {
  'dies-before': { kind: 'death', when: 'before' },
  'dies-after': { kind: 'death', when: 'after' },
  reset: { kind: 'reset' },
  lost: { kind: 'lost' },
  cut: { kind: 'cut' },
  'error-500': { kind: 'failed', status: 500, applied: false },
  'error-502': { kind: 'failed', status: 502, applied: false },
  'error-503-applied': { kind: 'failed', status: 503, applied: true },
  'not-found': { kind: 'refused', status: 404 },
  invalid: { kind: 'refused', status: 422 },
  'primary-limit': { kind: 'limited', limit: 'primary', seconds: 90 },
  'long-limit': { kind: 'limited', limit: 'primary', seconds: 3000 },
  'retry-after': { kind: 'limited', limit: 'secondary', seconds: 30 },
  'limit-429': { kind: 'limited', limit: 'secondary-429', seconds: 30 },
  'untold-limit': { kind: 'limited', limit: 'untold', seconds: 0 },
  delayed: { kind: 'delayed', seconds: 25 },
  lagging: { kind: 'lagging', seconds: 3 },
} as const satisfies Readonly<Record<string, Blow>>;

export type BlowName = keyof typeof BLOWS;

const OF_READS: readonly BlowName[] = [
  'dies-before',
  'dies-after',
  'reset',
  'cut',
  'error-502',
  'primary-limit',
  'long-limit',
  'retry-after',
  'untold-limit',
];

/** What may befall a call: a read has nothing that could be applied, and no create that others could miss. */
export function blowsOf(call: Pick<Call, 'access'>): readonly BlowName[] {
  return call.access === 'read' ? OF_READS : (Object.keys(BLOWS) as BlowName[]);
}

export function isBlowName(name: string): name is BlowName {
  return Object.hasOwn(BLOWS, name);
}
