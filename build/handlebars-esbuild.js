import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { compileTemplate } from './handlebars-compile.js';

/**
 * Lets esbuild bundle `*.hbs`: templates are compiled at build time, and only the runtime ships.
 *
 * @returns {import('esbuild').Plugin}
 */
export function handlebarsPlugin() {
  return {
    name: 'handlebars',
    setup(build) {
      build.onLoad({ filter: /\.hbs$/ }, async ({ path }) => ({
        contents: compileTemplate(await readFile(path, 'utf8'), path),
        loader: 'js',
        resolveDir: dirname(path),
      }));
    },
  };
}
