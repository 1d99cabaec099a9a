import Handlebars from 'handlebars';

/**
 * What every template is compiled with: no helper but the built-in ones, an error for a field the
 * view lacks, and no HTML escaping, since values arrive escaped for the Markdown they land in.
 */
export const COMPILE_OPTIONS = Object.freeze({
  knownHelpersOnly: true,
  noEscape: true,
  preventIndent: true,
  strict: true,
});

/**
 * Turns a template into an ES module whose default export renders a view.
 *
 * @param {string} source The template's text.
 * @param {string} path Named in the error where the template does not compile.
 * @returns {string}
 */
export function compileTemplate(source, path) {
  return [
    "import Handlebars from 'handlebars/runtime.js';",
    `export default Handlebars.template(${precompile(source, path)});`,
    '',
  ].join('\n');
}

/**
 * @param {string} source
 * @param {string} path
 * @returns {string}
 */
function precompile(source, path) {
  try {
    return String(Handlebars.precompile(source, { ...COMPILE_OPTIONS }));
  } catch (cause) {
    throw new Error(`${path} does not compile: ${String(cause)}`, { cause });
  }
}
