import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as l,b as c}from"./chunk-S5WQ6OGY.js";import{f as y,g as f}from"./chunk-KSKDHMJB.js";import{b as a,c as s,e as m,f as p,i as u,j as i,l as g}from"./chunk-BAN4E5NE.js";function b(r){if(r.length===0)return"No problems found.";let o=r.map(({file:e,line:n,message:t,fix:$})=>[m(n===null?e:`${e}:${String(n)}`),s(t),s($)]);return`${f(r.length,"problem")}, all to be fixed:

${u(["Where","What is wrong","How to fix it"],o)}

${l(...r.map(({code:e})=>e))}`}var h=34e4;function O(r){let e=[`## Sessionwright: ${r.mode}${r.dryRun?" (dry run, nothing was changed)":""}`,`Woken by: ${a(r.trigger)}.`,r.failure===null?"":P(r.failure),r.observed.length===0?"":d("Observed",r.observed,""),d("Decided",r.decided,"Nothing is due."),d(r.dryRun?"Would do":"Done",r.done,"Nothing: zero writes."),r.plan===null?"":`### Plan as JSON

${p(r.plan,"json")}`,r.problems.length===0?"":`### Problems

${b(r.problems)}`,r.links.length===0?"":`### Links

${i(r.links.map(({text:n,url:t})=>g(n,t)))}`].filter(n=>n!=="").join(`

`);return`${c(e,h,"*Cut here: GitHub takes no more.*")}
`}function P({code:r,message:o,fix:e},n=""){return["> [!CAUTION]",...[...o.split(`
`).map(y),...n===""?[]:[`Why: ${n}`],...`Next: ${e}`.split(`
`),l(r)]].join(`
> `)}function d(r,o,e){let n=o.length===0?e:i(o.map(a));return`### ${r}

${n}`}export{O as a,P as b};
