import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{e}from"./chunk-X7FA7ULX.js";import{a as o}from"./chunk-X4R7TKT4.js";function P(t,{colours:m}){let{bold:p,dim:l,red:c}=m,i=t.map(({file:n,line:r,message:s,fix:$})=>{let a=r===null?n:`${n}:${r}`,[d="",...u]=o($).split(`
`),b=u.map(x=>`
         ${x}`).join("");return`${p(o(a))}
    ${o(s)}
    ${l("Fix:")} ${d}${b}`});return[`${c("\u2717")} ${e(t.length,"problem")}`,...i].join(`

`)}export{P as a};
