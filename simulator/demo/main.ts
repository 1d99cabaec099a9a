import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadStory, type Story } from '../../examples/plex-client-coder/story.ts';
import { HELP, parseFlags, type Flags } from './flags.ts';
import { keepOutput } from './keep.ts';
import { createNarrator } from './narrator.ts';
import { refuseFolder } from './output-folder.ts';
import { play } from './play.ts';
import { REPOSITORY, setStage, type DemoStage } from './stage.ts';

/** As a shell tells that a signal ended a process. */
const INTERRUPTED = 130;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const story = loadStory();
  const parsed = parseFlags(args, [...new Set(story.sessions.map(({ module }) => module))]);
  if (parsed.kind === 'help') {
    console.log(HELP);
    return 0;
  }
  if (parsed.kind === 'refused') return refuse(parsed.reason);
  const refused = await refuseFolder(path.resolve(parsed.flags.output));
  return refused === null ? runDemo(story, parsed.flags) : refuse(refused);
}

function refuse(reason: string): number {
  console.error(reason);
  return 2;
}

async function runDemo(story: Story, flags: Flags): Promise<number> {
  const interrupted = new AbortController();
  const end = interrupted.signal;
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const narrator = createNarrator(
    (line) => console.log(line),
    () => performance.now(),
  );
  const root = await mkdtemp(path.join(os.tmpdir(), 'sessionwright-demo-'));
  const stage = await setStage({
    root,
    node: flags.node,
    onProgress: (progress) => {
      if (!end.aborted) narrator.progress(progress);
    },
  });
  const close = once(() => stage.close());
  end.addEventListener('abort', () => void close());
  if (end.aborted) void close();
  try {
    const { breakModule } = flags;
    const failure = await failureOf(play(stage, { story, narrator, breakModule }));
    if (failure === null) narrator.scene('All modules are complete');
    else console.error(end.aborted ? '\nStopped.' : `\nThe demo failed. ${failure}`);
    if (end.aborted) return INTERRUPTED;
    const kept = await keep(stage, flags);
    if (flags.keep) await stayOpen(stage, end);
    return failure === null && kept ? 0 : 1;
  } finally {
    await close();
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function failureOf(part: Promise<void>): Promise<string | null> {
  try {
    await part;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function keep(stage: DemoStage, flags: Flags): Promise<boolean> {
  const output = path.resolve(flags.output);
  try {
    await keepOutput(stage, output);
  } catch (error) {
    console.error(`\nThe output could not be kept. ${String(error)}`);
    return false;
  }
  const index = path.join(path.relative('.', output), 'README.md');
  console.log(`\nDocuments, pull requests, checks and state: begin with ${index}.`);
  return true;
}

async function stayOpen({ simulator, maya }: DemoStage, end: AbortSignal): Promise<void> {
  if (end.aborted) return;
  const { server, api } = simulator.urls;
  const { owner, repo } = REPOSITORY;
  console.log(`
The simulator goes on until Ctrl-C.
  Pages  ${server}/${owner}/${repo}
  REST   ${api}
  Clone  git clone ${maya.remote}
  Try    curl -H 'Authorization: Bearer ${maya.token}' '${api}/repos/${owner}/${repo}/pulls?state=all'`);
  await new Promise<void>((resolve) => {
    end.addEventListener('abort', () => resolve(), { once: true });
  });
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= action());
}
