import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundle } from './bundle.js';

const committed = path.resolve(import.meta.dirname, '..', 'dist');
const rebuilt = await mkdtemp(path.join(os.tmpdir(), 'sessionwright-dist-'));

try {
  await bundle(rebuilt);
  const differences = await compare(committed, rebuilt);
  if (differences.length > 0) {
    console.error(`dist/ is not what the sources build to:\n${differences.join('\n')}`);
    console.error('Run `npm run build` and commit dist/.');
    process.exitCode = 1;
  } else {
    console.log('dist/ is what the sources build to.');
  }
} finally {
  await rm(rebuilt, { recursive: true, force: true });
}

/**
 * Every file of either folder that the other lacks or holds otherwise.
 * @param {string} left
 * @param {string} right
 * @returns {Promise<string[]>}
 */
async function compare(left, right) {
  const [a, b] = await Promise.all([filesOf(left), filesOf(right)]);
  const names = [...new Set([...a, ...b])].sort();
  const lines = await Promise.all(
    names.map(async (name) => {
      if (!a.includes(name)) return `  missing: ${name}`;
      if (!b.includes(name)) return `  stale:   ${name}`;
      const [one, other] = await Promise.all([
        readFile(path.join(left, name)),
        readFile(path.join(right, name)),
      ]);
      return one.equals(other) ? '' : `  differs: ${name}`;
    }),
  );
  return lines.filter((line) => line !== '');
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
