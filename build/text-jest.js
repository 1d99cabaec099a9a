/** Jest's transformer for texts that the program ships, as esbuild's loader `text` has them. */
const transformer = {
  /** @param {string} source */
  process: (source) => ({ code: `export default ${JSON.stringify(source)};` }),
};

export default transformer;
