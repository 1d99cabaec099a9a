import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var o={version:"0.1.0"};var t=o.version;var s=`https://github.com/sessionwright/sessionwright/blob/v${t}/docs`;function p(r){return`${s}/troubleshooting.md#${r}`}export{t as a,p as b};
