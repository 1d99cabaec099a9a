import type { Engine } from '../support/engine.ts';
import { configFile } from '../support/engine-repository.ts';
import { missingType, typeError, type Verifier } from '../support/verification-results.ts';
import {
  all,
  blocked,
  claimHalt,
  closeEscalation,
  completed,
  configure,
  inReview,
  mergeIt,
  push,
  putLabel,
  running,
  told,
  waiting,
} from '../integration/engine/scenarios/steps.ts';

/** What is played with every fault: what was before, what somebody does, and what verification comes to. */
export interface Scenario {
  readonly name: string;
  /** Short enough for every pair of faults. */
  readonly short: boolean;
  /** Options at the top of the config. */
  readonly config?: string;
  readonly given: (engine: Engine) => Promise<unknown>;
  readonly when: (engine: Engine) => Promise<unknown>;
  /** Its events never arrive: the sweep alone finds what is due. */
  readonly eventless?: true;
  readonly verify?: Verifier;
}

const label = (module: string) => (engine: Engine) =>
  engine.openIssue(`Build ${module}`, [`session:${module}`]);

const nobody = (): Promise<void> => Promise.resolve();

export const SCENARIOS: readonly Scenario[] = [
  { name: 'start', short: true, given: nobody, when: putLabel },
  {
    name: 'two-requests',
    short: false,
    given: completed,
    when: all(label('auth'), label('library')),
  },
  { name: 'green', short: true, given: running, when: push() },
  { name: 'red', short: true, given: running, when: push(), verify: typeError() },
  { name: 'halt', short: true, given: running, when: claimHalt },
  { name: 'classified', short: true, given: running, when: push(), verify: missingType },
  { name: 'second-attempt', short: false, given: blocked, when: closeEscalation },
  {
    name: 'merge-unblocks-two',
    short: false,
    given: all(inReview, told(label('auth')), told(label('library'))),
    when: mergeIt,
  },
  {
    name: 'exhausted',
    short: true,
    config: 'attempts: 1\nself-fix-limit: 1\n',
    given: running,
    when: push(),
    verify: typeError(),
  },
  {
    name: 'sweep',
    short: true,
    config: 'paused: true\n',
    given: waiting,
    when: configure(''),
    eventless: true,
  },
];

export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`There is no scenario ${name}: ${SCENARIOS.map((one) => one.name).join(', ')}`);
  }
  return found;
}

export function configOf(scenario: Scenario): string {
  return configFile({ top: scenario.config ?? '' });
}
