import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { COMPILE_OPTIONS, compileTemplate } from './handlebars-compile.js';

/** Jest's transformer for templates, in the form of https://jestjs.io/docs/code-transformation. */
const transformer = {
  /** @param {string} source @param {string} path */
  process: (source, path) => ({ code: compileTemplate(source, path) }),
  /** @param {string} source @param {string} path */
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update(JSON.stringify([Handlebars.VERSION, COMPILE_OPTIONS, path, source]))
      .digest('hex'),
};

export default transformer;
