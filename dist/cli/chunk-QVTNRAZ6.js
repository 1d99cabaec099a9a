import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var e="0".repeat(40);export{e as a};
