import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { bundle } from '../../build/bundle.js';

/** What a run with nothing to do loads: \`index.js\`, its mode and what these import; 485 KB as measured. */
const HOT_PATH_LIMIT = 490_000;
const SPAWNING = /child_process|node_modules\/(?:execa|cross-spawn|@actions\/exec)\//u;
const OCTOKIT = /node_modules\/@octokit\/(?:rest|core|request|graphql|plugin)/u;

describe('the bundle', () => {
  let directory: string;
  let metafile: Metafile;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'bundle-'));
    metafile = await bundle(directory);
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('gives every mode a chunk of its own, which the entry loads when it is asked for', () => {
    const loaded = importsOf(entry()).filter((one) => one.kind === 'dynamic-import');
    const modes = loaded.map((one) => metafile.outputs[one.path]?.entryPoint);
    expect(modes).toEqual(
      expect.arrayContaining(
        ['plan', 'verify', 'orchestrate'].map((mode) => `src/modes/${mode}.ts`),
      ),
    );
  });

  it.each(['plan', 'orchestrate'])('holds nothing that spawns where mode: %s can reach', (mode) => {
    const files = [...reach([chunkOf(`src/modes/${mode}.ts`)], 'all')];
    for (const file of [entry(), ...reach([entry()], 'static'), ...files]) {
      expect(inputsOf(file).filter((input) => SPAWNING.test(input))).toEqual([]);
      expect(importsOf(file).filter((one) => SPAWNING.test(one.path))).toEqual([]);
    }
  });

  it('lets the action reach nothing that is the terminal’s alone', () => {
    for (const file of reach([entry()], 'all')) {
      expect(inputsOf(file).filter((input) => /^src\/(?:cli|local)\//u.test(input))).toEqual([]);
    }
    const programs = Object.values(metafile.outputs).map(({ entryPoint }) => entryPoint);
    expect(programs).toContain('src/cli.ts');
  });

  it('loads the work of a command of the terminal only when that is called', () => {
    const at = Object.entries(metafile.outputs).find(([, one]) => one.entryPoint === 'src/cli.ts');
    const sources = [...reach([at?.[0] ?? ''], 'static')].flatMap(inputsOf);
    expect(sources).toEqual(expect.arrayContaining(['src/cli/commands/doctor.ts']));
    const work = /^src\/(?:act|decide|failures|github|local|verification)\//u;
    expect(sources.filter((input) => work.test(input) || OCTOKIT.test(input))).toEqual([]);
  });

  it('lets mode: verify spawn, so that the scan above is shown to see it', () => {
    const files = [...reach([chunkOf('src/modes/verify.ts')], 'all')];
    expect(files.some((file) => importsOf(file).some((one) => SPAWNING.test(one.path)))).toBe(true);
    expect(files.some((file) => inputsOf(file).some((input) => SPAWNING.test(input)))).toBe(true);
  });

  it('has no client of GitHub where mode: verify can reach', () => {
    for (const file of reach([chunkOf('src/modes/verify.ts')], 'all')) {
      expect(inputsOf(file).filter((input) => OCTOKIT.test(input))).toEqual([]);
    }
  });

  it.each([
    ['undici', /node_modules\/undici\//u],
    ['the TypeScript parser', /node_modules\/@babel\/parser\//u],
  ])('loads %s only when it is needed', (_, pattern) => {
    const holders = javascript().filter((file) =>
      inputsOf(file).some((input) => pattern.test(input)),
    );
    expect(holders).toHaveLength(1);
    const eager = reach([entry(), ...modeChunks()], 'static');
    expect(holders.filter((file) => eager.has(file))).toEqual([]);
  });

  it('keeps what mode: orchestrate always loads small', () => {
    const files = reach([entry(), chunkOf('src/modes/orchestrate.ts')], 'static');
    const bytes = [...files].reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
    expect(bytes).toBeLessThan(HOT_PATH_LIMIT);
  });

  it('is an ES module and holds no file of this machine', async () => {
    const files = await readdir(directory, { recursive: true });
    expect(files).toEqual(expect.arrayContaining(['index.js', 'package.json']));
    expect(Object.keys(metafile.inputs).filter((input) => path.isAbsolute(input))).toEqual([]);
  });

  function javascript(): readonly string[] {
    const files = Object.keys(metafile.outputs).filter((file) => file.endsWith('.js'));
    return files.filter((file) => !/\/cli(?:\.js$|\/)/u.test(file));
  }

  function entry(): string {
    return chunkOf('src/index.ts');
  }

  function modeChunks(): readonly string[] {
    return ['plan', 'verify', 'orchestrate'].map((mode) => chunkOf(`src/modes/${mode}.ts`));
  }

  function chunkOf(source: string): string {
    const found = javascript().find((file) => metafile.outputs[file]?.entryPoint === source);
    if (found === undefined) throw new Error(`${source} has no chunk of its own.`);
    return found;
  }

  function importsOf(file: string) {
    return metafile.outputs[file]?.imports ?? [];
  }

  /** The sources of which something is left in an output. */
  function inputsOf(file: string): readonly string[] {
    return Object.entries(metafile.outputs[file]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input);
  }

  /** The outputs that some others load, these included: at once, or ever. */
  function reach(from: readonly string[], how: 'static' | 'all'): ReadonlySet<string> {
    const seen = new Set(from);
    const next = [...from];
    for (let file = next.pop(); file !== undefined; file = next.pop()) {
      for (const { path: to, kind, external } of importsOf(file)) {
        const follows = how === 'all' || kind === 'import-statement';
        if (external === true || !follows || seen.has(to)) continue;
        seen.add(to);
        next.push(to);
      }
    }
    return seen;
  }
});
