import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as t}from"./chunk-X4R7TKT4.js";import"./chunk-EMTFSRO2.js";function f($,s,{colours:g}){let{bold:c,dim:o,green:m,red:a,yellow:k}=g,u={ok:m("\u2713"),wrong:a("\u2717"),unknown:k("?")},w=s.map(n=>{let{title:e,verdict:d,says:l,link:v}=n,i=`${u[d]} ${e}`;if(n.verdict==="ok")return`${i}. ${o(t(l))}`;let x=n.verdict==="wrong"?"Change:":"To know:";return[d==="wrong"?c(i):i,`    ${t(l)}`,`    ${o(x)} ${t(n.fix)}`,`    ${o(`More: ${v}`)}`].join(`
`)}),r=n=>String(s.filter(e=>e.verdict===n).length),p=`${r("ok")} \u2713, ${r("wrong")} \u2717, ${r("unknown")} ?`;return[o(`Looked at ${$}.`),...w,c(p)].join(`
`)}export{f as findingsText};
