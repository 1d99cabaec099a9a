import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileTemplate } from './handlebars-compile.js';

/**
 * Lets Node import `*.hbs` (https://nodejs.org/api/module.html#loadurl-context-nextload).
 * @type {import('node:module').LoadHook}
 */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.hbs')) return nextLoad(url, context);
  const path = fileURLToPath(url);
  const source = compileTemplate(await readFile(path, 'utf8'), path);
  return { format: 'module', source, shortCircuit: true };
}
