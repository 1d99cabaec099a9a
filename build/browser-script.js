import { createHash } from 'node:crypto';
import { buildSync } from 'esbuild';

/**
 * Bundles a browser's script into the source of a module that exports it as text, with the hash by which a
 * page's content security policy allows it.
 * @param {string} path
 * @returns {string}
 */
export function browserScriptModule(path) {
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  // Nothing in it may end the element that it stands in.
  const script = (outputFiles[0]?.text ?? '').trim().replaceAll('</', '<\\/');
  const hash = createHash('sha256').update(script).digest('base64');
  return `export const script = ${JSON.stringify(script)};\nexport const scriptHash = ${JSON.stringify(`sha256-${hash}`)};\n`;
}
