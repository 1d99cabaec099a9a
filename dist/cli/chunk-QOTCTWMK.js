import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var t=".github/sessionwright/templates";export{t as a};
