import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{m as o}from"./chunk-BAN4E5NE.js";import{b as l}from"./chunk-MR4Z7CDR.js";function f(...r){return`More: ${[...new Set(r)].map(e=>o(e,l(e))).join(", ")}`}function g(r,n,e){if(r.length<=n)return r;let t=i(r,Math.max(0,n-e.length-128));return`${t}${a(t)}

${e}`.slice(0,n)}function i(r,n){let e=r.slice(0,n),t=e.lastIndexOf(`
`);return t>n/2?e.slice(0,t):e.replace(/[\uD800-\uDBFF]$/,"")}function a(r){let n=null,e=0;for(let t of r.split(`
`)){let s=/^ {0,3}(`{3,})/.exec(t)?.[1]??"";n!==null?s.length>=n.length&&t.trim()===s&&(n=null):s!==""?n=s:t==="<details>"?e+=1:t==="</details>"&&(e-=1)}return`${n===null?"":`
${n}`}${`

</details>`.repeat(Math.max(0,e))}`}export{f as a,g as b};
