import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{H as d,I as p,J as u,K as m,L as c,N as a}from"./chunk-CNEJMZFI.js";import{b as l}from"./chunk-BAN4E5NE.js";var y=/^([1-9][0-9]{0,5})(?: of [1-9][0-9]{0,5})?$/;function I(r){let t=u(r),e=d(t),n=e?.length??0,o=t.slice(n);return{frontMatter:e?.fields??null,sections:m([...Array.from({length:n},()=>""),...o]),body:o.join(`
`)}}function b(r,t,e=c[r]){let n=new Map([["module",t.module.id],["session",t.sessionId],["attempt",String(t.attempt)]]),o=e.keys.map(({name:s,example:i})=>[s,n.get(a(s))??i]);return`${[...o.length===0?[]:[p(o)],`# ${e.title}: ${l(t.module.name)}`,...e.sections.map(({title:s,hint:i})=>`## ${s}

${i}`.trimEnd())].join(`

`)}
`}function T({frontMatter:r}){let t=n=>f(r,n)?.value??null,[,e]=y.exec(t("attempt")??"")??[];return{module:t("module"),sessionId:t("session"),attempt:e===void 0?null:Number(e)}}function f(r,t){for(let[e,n]of r??[])if(a(e)===a(t))return n;return null}export{I as a,b,T as c,f as d};
