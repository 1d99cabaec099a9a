import { browserScriptModule } from './browser-script.js';

/** Jest's transformer for a browser's script, in the form of https://jestjs.io/docs/code-transformation. */
const transformer = {
  /** @param {string} _source @param {string} path */
  process: (_source, path) => ({ code: browserScriptModule(path) }),
  /** Its imports are part of it: the text itself is the only key. @param {string} _source @param {string} path */
  getCacheKey: (_source, path) => browserScriptModule(path),
};

export default transformer;
