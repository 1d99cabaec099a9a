import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
function n(r){let t=r.filter(({status:o})=>o==="complete").length,e=r.length;return{done:t,total:e,percent:e===0?0:Math.floor(t/e*100)}}function s({done:r,total:t}){let e=t===0?0:Math.floor(r/t*20);return`${"\u2588".repeat(e)}${"\u2591".repeat(20-e)}`}export{n as a,s as b};
