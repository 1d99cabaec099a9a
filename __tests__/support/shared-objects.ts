import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ObjectStore } from '../../simulator/git/object-store.ts';
import { atEnd } from './at-end.ts';

let shared: Promise<ObjectStore> | null = null;

/**
 * The objects of all the repositories of a test file: what one test wrote is no more in the way of the next than a
 * fork's, and the git processes, which cost more to start than most tests, are started once.
 */
export function sharedObjects(): Promise<ObjectStore> {
  shared ??= start();
  return shared;
}

async function start(): Promise<ObjectStore> {
  const root = await mkdtemp(path.join(tmpdir(), 'objects-'));
  const place = { directory: path.join(root, 'shared.git'), scratch: path.join(root, 'scratch') };
  const store = await ObjectStore.create(place, 'main');
  atEnd(async () => {
    await store.close();
    await rm(root, { recursive: true, force: true });
  });
  return store;
}
