import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { browserScriptPlugin } from './browser-script-esbuild.js';
import { handlebarsPlugin } from './handlebars-esbuild.js';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Packages whose modules do nothing but define things: what is not used of them may go. It keeps the OIDC
 * client with its undici, and the toolkit's process runner, out of every chunk.
 */
const WITHOUT_SIDE_EFFECTS = /[\\/]node_modules[\\/]@(?:actions|octokit)[\\/]/u;

/** @type {import('esbuild').Plugin} */
const leanPackages = {
  name: 'lean-packages',
  setup(hooks) {
    hooks.onResolve({ filter: /.*/ }, async (args) => {
      if (args.pluginData === leanPackages || args.kind === 'entry-point') return undefined;
      const { importer, kind, resolveDir } = args;
      const resolved = await hooks.resolve(args.path, {
        importer,
        kind,
        resolveDir,
        pluginData: leanPackages,
      });
      const lean = WITHOUT_SIDE_EFFECTS.test(resolved.path);
      return lean ? { ...resolved, sideEffects: false } : undefined;
    });
  },
};

/**
 * Of our own manifest only the version is read, so nothing else of it is loaded by every run.
 * @type {import('esbuild').Plugin}
 */
const versionAlone = {
  name: 'version-alone',
  setup(hooks) {
    const manifest = path.join(root, 'package.json');
    hooks.onLoad({ filter: /package\.json$/ }, async (args) => {
      if (args.path !== manifest) return undefined;
      const { version } = JSON.parse(await readFile(manifest, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * Builds the action and the terminal's program into a folder: ES modules; the modes, the commands and the rare, heavy
 * parts as chunks of their own. The two share none: what is split among more entries is split into more pieces, and
 * the action would load them all.
 * @param {string} outdir
 * @returns {Promise<import('esbuild').Metafile>}
 */
export async function bundle(outdir) {
  await rm(outdir, { recursive: true, force: true });
  const action = await bundleEntry(outdir, { index: 'src/index.ts' }, 'chunks');
  const terminal = await bundleEntry(outdir, { cli: 'src/cli.ts' }, 'cli');
  await writeFile(path.join(outdir, 'package.json'), '{ "type": "module" }\n');
  return {
    inputs: { ...action.inputs, ...terminal.inputs },
    outputs: { ...action.outputs, ...terminal.outputs },
  };
}

/**
 * @param {string} outdir
 * @param {Record<string, string>} entryPoints
 * @param {string} chunks The folder of its chunks.
 * @returns {Promise<import('esbuild').Metafile>}
 */
async function bundleEntry(outdir, entryPoints, chunks) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    loader: { '.md': 'text', '.yml': 'text' },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minify: true,
    legalComments: 'linked',
    chunkNames: `${chunks}/[name]-[hash]`,
    metafile: true,
    logLevel: 'warning',
    // Packages in CommonJS ask for Node's own modules through require, which an ES module does not have.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [leanPackages, versionAlone, handlebarsPlugin(), browserScriptPlugin()],
  });
  return metafile;
}

if (process.argv[1] === import.meta.filename) {
  const metafile = await bundle(path.join(root, 'dist'));
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
    if (file.endsWith('.js')) console.log(`${String(bytes).padStart(9)}  ${file}`);
  }
}
