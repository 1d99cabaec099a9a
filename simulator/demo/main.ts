import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadStory } from '../../examples/plex-client-coder/story.ts';
import { keepOutput } from './keep.ts';
import { createNarrator } from './narrator.ts';
import { play } from './play.ts';
import { setStage } from './stage.ts';

const { values: flags } = parseArgs({
  options: {
    keep: { type: 'boolean', default: false },
    break: { type: 'string' },
    node: { type: 'string' },
    output: { type: 'string', default: 'demo-output' },
  },
});

const output = path.resolve(flags.output);
const narrator = createNarrator(
  (line) => console.log(line),
  () => performance.now(),
);
const root = await mkdtemp(path.join(os.tmpdir(), 'sessionwright-demo-'));
const stage = await setStage({
  root,
  node: flags.node ?? null,
  onProgress: (progress) => narrator.progress(progress),
});

try {
  await play(stage, { story: loadStory(), narrator, breakModule: flags.break ?? null });
  narrator.scene('All modules are complete');
} catch (error) {
  console.error(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

await keepOutput(stage, output).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
console.log(`\nDocuments, pull requests, checks and state are in ${path.relative('.', output)}/.`);

if (flags.keep) {
  console.log(`The simulator goes on at ${stage.simulator.urls.server}; end it with Ctrl-C.`);
  await new Promise((resolve) => process.once('SIGINT', resolve));
}
await stage.close();
await rm(root, { recursive: true, force: true });
