import { sep } from 'node:path';
import TestSequencer from '@jest/test-sequencer';

/**
 * Folders whose tests start most processes, or take longest, the heaviest first. A process is a copy of the one that
 * starts it: from a worker that has grown over a hundred test files it costs several times what it does from a new one.
 */
const FIRST = [
  'e2e',
  'integration/workflows',
  'integration/cli',
  'integration/runner',
  'integration/verification',
  'browser',
  'integration/processes',
  'explore',
  'integration/faults',
  'integration/defences',
].map((folder) => `${sep}__tests__${sep}${folder.replaceAll('/', sep)}${sep}`);

/** Those first, so that none of them is left to the end; the rest in jest's order. */
export default class extends TestSequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ path }) {
  const found = FIRST.findIndex((folder) => path.includes(folder));
  return found < 0 ? FIRST.length : found;
}
