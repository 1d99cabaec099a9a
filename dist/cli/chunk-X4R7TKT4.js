import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var F=/^(?:mermaid|geojson|topojson|stl|math)\b/i,j=/^(?<run>`{3,}|~{3,})(?<info>[^`]*)$/,I=/^[\s>*+\-\d.)]*(?:`{3}|~{3})/,N=/^[ \t]*$/;function x(n,t){if(n.includes("$$"))return t(n);let e=n.split(`
`),r=[],i=[],s=null,u=()=>{i.length>0&&r.push(R(i.join(`
`),t)),i=[]};for(let[p,o]of e.entries()){let l=s===null?A(o):null;if(l===null&&P(o,s))return u(),[...r,t(e.slice(p).join(`
`))].join(`
`);if(s===null&&l===null&&!N.test(o)){i.push(o);continue}u(),r.push(s!==null&&L(o,s)?o:t(o)),s=l??(s!==null&&E(o,s)?null:s)}return u(),r.join(`
`)}function A(n){let{run:t,info:e=""}=j.exec(n)?.groups??{};return t===void 0?null:{run:t,isCode:!F.test(e.trim())}}function L(n,t){return t.isCode&&!n.startsWith("<!--")}function E(n,{run:t}){return n.startsWith(t)&&/^(?:`+|~+)[ \t]*$/.test(n)}function P(n,t){return t===null?I.test(n):n.trimStart().startsWith(t.run)&&!E(n,t)}function R(n,t){let e=n.split(`
`).map(r=>y(r,t));return e.includes(null)?t(n):e.join(`
`)}function y(n,t){if(n.includes("\\`"))return null;let e=[...n.matchAll(/`+/g)],r=[],i=0;for(let u=e.shift();u!==void 0;u=e.shift()){let[{length:p}]=u,o=e.findIndex(([b])=>b.length===p),l=e[o];if(l===void 0)return null;let m=n.slice(i,u.index);i=l.index+p;let h=n.slice(u.index,i);if(m.includes("$")||h.includes("|"))return null;r.push(t(m),h),e.splice(0,o+1)}let s=n.slice(i);return s.includes("$")?null:[...r,t(s)].join("")}var U="\u200B",d=2e3,D=16,O=new RegExp("(?<emoji>(?<=\\p{Extended_Pictographic})\\uFE0F|(?<=[\\p{Extended_Pictographic}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic}))|[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]","gu"),f=/@(?=\S)|#(?=\d)|G(?=H\\?-)|:(?=\\?\/)|www(?=\\?\.)/gi,S=/<(?=[a-z/!?])|&(?=[#a-z])|\](?=[([:])/gi,T=/`(?<code>[^`]+)`|(?:https?|ftp):\/\/[^\s`<>]*[^\s`<>.,;:!?)\]'"]/gi,z=/[\\`*[\]<>|~$]|(?<![a-z0-9])_|_(?![a-z0-9])|&(?=[#a-z])/gi;function g(n){return n.replace(/\r\n?/g,`
`).replace(O,(t,e)=>e!==void 0||t===`
`||t==="	"?t:`[U+${(t.codePointAt(0)??0).toString(16).toUpperCase().padStart(4,"0")}]`)}function B(n){return x(g(n),t=>c(c(t,f),S))}function Z(n){return _(n).replace(/^(?:[-+=#]|\d+(?=[.)]))/,M)}function v(n){return _(n)||"\u2014"}function H(n,t=d){return $(c(g(n).replace(/\s+/g," ").trim(),f),t)}function w(n){let t=$(g(n).replace(/\s+/g," "),d);if(t.trim()==="")return"";if(t.includes("|"))return`<code>${a(t)}</code>`;let e="`".repeat(C(t)+1),r=/^[` ]|[` ]$/.test(t)?" ":"";return`${e}${r}${t}${r}${e}`}function k(n,t=""){let e=new RegExp("`{"+String(D)+"}(?=`)","g"),r=c(g(n).trimEnd(),e),i="`".repeat(Math.max(3,C(r)+1));return`${i}${t}
${r}
${i}`}function q(n){return B(n.trim()).split(`
`).map(t=>t===""?">":`> ${t}`).join(`
`)}function Y(n,t){return`<details>
<summary>${G(H(n))}</summary>

${t}

</details>`}function J(n,t){let e=r=>`| ${r.join(" | ")} |`;return[e(n),e(n.map(()=>":---")),...t.map(e)].join(`
`)}function Q(n){return n.map(t=>`- ${t}`).join(`
`)}function _(n){let t=$(g(n).replace(/\s+/g," ").trim(),d),e=[],r=0;for(let i of t.matchAll(T))e.push(a(t.slice(r,i.index))),e.push(w(i.groups?.code??i[0])),r=i.index+i[0].length;return e.push(a(t.slice(r))),e.join("")}function a(n){return c(n,f).replace(z,"\\$&")}function G(n){return n.replaceAll("&","&amp;").replaceAll("<","&lt;").replaceAll(">","&gt;")}function M(n){return/^\d/.test(n)?`${n}\\`:`\\${n}`}function c(n,t){return n.replace(t,`$&${U}`)}function $(n,t){return n.length<=t?n:`${n.slice(0,t-1).replace(/[\uD800-\uDBFF]$/,"")}\u2026`}function C(n){let t=0;for(let[e]of n.matchAll(/`+/g))t=Math.max(t,e.length);return t}export{g as a,B as b,Z as c,v as d,H as e,w as f,k as g,q as h,Y as i,J as j,Q as k,$ as l};
