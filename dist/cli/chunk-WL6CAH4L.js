import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var i="sessionwright / verification";function n(s,t){return`sessionwright:${s}:${t}`}export{i as a,n as b};
