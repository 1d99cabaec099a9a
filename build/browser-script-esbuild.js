import path from 'node:path';
import { browserScriptModule } from './browser-script.js';

/**
 * Lets esbuild bundle what is imported with `?script`: a browser's script, as text.
 * @returns {import('esbuild').Plugin}
 */
export function browserScriptPlugin() {
  return {
    name: 'browser-script',
    setup(build) {
      build.onResolve({ filter: /\?script$/ }, ({ path: asked, resolveDir }) => ({
        path: path.join(resolveDir, asked.slice(0, -'?script'.length)),
        namespace: 'browser-script',
      }));
      build.onLoad({ filter: /.*/, namespace: 'browser-script' }, ({ path: file }) => ({
        contents: browserScriptModule(file),
        loader: 'js',
      }));
    },
  };
}
