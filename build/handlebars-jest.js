import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { COMPILE_OPTIONS, compileTemplate } from './handlebars-compile.js';

/** @type {import('@jest/transform').SyncTransformer} */
const transformer = {
  process: (source, path) => ({ code: compileTemplate(source, path) }),
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update(JSON.stringify([Handlebars.VERSION, COMPILE_OPTIONS, path, source]))
      .digest('hex'),
};

export default transformer;
