import path from 'node:path';
import { browserScriptModule } from './browser-script.js';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Lets esbuild bundle what is imported with `?script`: a browser's script, as text.
 * @returns {import('esbuild').Plugin}
 */
export function browserScriptPlugin() {
  return {
    name: 'browser-script',
    setup(build) {
      // Chunks are named by what they hold and where that lies, which must be the same on every machine.
      build.onResolve({ filter: /\?script$/ }, ({ path: asked, resolveDir }) => ({
        path: path.relative(root, path.join(resolveDir, asked.slice(0, -'?script'.length))),
        namespace: 'browser-script',
      }));
      build.onLoad({ filter: /.*/, namespace: 'browser-script' }, ({ path: file }) => ({
        contents: browserScriptModule(path.join(root, file)),
        loader: 'js',
      }));
    },
  };
}
