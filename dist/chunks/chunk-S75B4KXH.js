import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var o={version:"0.1.0"};var t=o.version;var r=`https://github.com/sessionwright/sessionwright/blob/v${t}/docs`;function g(e){return`${r}/troubleshooting.md#${e}`}export{t as a,g as b};
