import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var s="sessionwright-state";export{s as a};
