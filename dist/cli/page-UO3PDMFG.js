import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as w,b as o,c as p,d as c,e as $,g as S,h as k}from"./chunk-FS4OI53U.js";import{a as d,b as v}from"./chunk-CAUB4SWO.js";import{a as y}from"./chunk-3HRXSKE7.js";import{e as x}from"./chunk-XPQ4PIUC.js";import{a as f}from"./chunk-4HCOJTG6.js";import{a as b}from"./chunk-X7FA7ULX.js";import"./chunk-X4R7TKT4.js";import"./chunk-EMTFSRO2.js";var E='"use strict";(()=>{function x(t,e,{dependents:n,close:o}){let i=a("button","Close");i.className="close",i.addEventListener("click",o),t.replaceChildren(i,a("h2",e.name),z(e,n),...A(e),a("h3","History"),V(e)),t.hidden=!1,t.focus()}function z(t,e){let{id:n,status:o,attempt:i,maxAttempts:s,dependsOn:r,waitsFor:c,note:m}=t,u=[["Module",n],["Status",o],["Attempt",i===0?null:`${String(i)} of ${String(s)}`],["Rests on",r.join(", ")],["Needed by",e.join(", ")],["Waiting for",c],["Note",m]],g=document.createElement("dl");for(let[w,L]of u)L!==null&&L!==""&&g.append(a("dt",w),a("dd",L));return g}function A({address:t,status:e,escalation:n}){return t===null?[]:[T("p",{text:e==="blocked"&&n!==null?"Its escalation":"Its pull request",address:t})]}function V({history:t}){if(t.length===0)return a("p","No attempt is over yet.");let e=document.createElement("ol");for(let{what:n,said:o}of t){let i=a("li",n);for(let s of o){let r=T("div",s);r.className="quiet",i.append(r)}e.append(i)}return e}function T(t,{text:e,address:n}){if(n===null)return a(t,e);let o=a("a",e);o.setAttribute("href",n);let i=document.createElement(t);return i.append(o),i}function a(t,e){let n=document.createElement(t);return n.textContent=e,n}var k="sessionwright-theme";function b(t){let e=document.documentElement,n=B();n!==null&&(e.dataset.theme=n),i(),t.addEventListener("click",()=>{e.dataset.theme=o()?"light":"dark",G(e.dataset.theme),i()});function o(){let s=e.dataset.theme;return s===void 0?matchMedia("(prefers-color-scheme: dark)").matches:s==="dark"}function i(){t.textContent=o()?"Light":"Dark"}}function B(){try{let t=localStorage.getItem(k);return t==="light"||t==="dark"?t:null}catch{return null}}function G(t){try{localStorage.setItem(k,t)}catch{}}var p=class{#t;#o;#e;#n=new Map;constructor(e){this.#t=e;let{x:n,y:o,width:i,height:s}=e.viewBox.baseVal;this.#o={x:n,y:o,width:i,height:s},this.#e=this.#o,e.addEventListener("wheel",r=>this.#s(r),{passive:!1}),e.addEventListener("pointerdown",r=>this.#n.set(r.pointerId,r)),e.addEventListener("pointermove",r=>this.#r(r));for(let r of["pointerup","pointercancel","pointerleave"])e.addEventListener(r,c=>this.#a(c))}zoom(e,n=null){let{x:o,y:i,width:s,height:r}=this.#e,c=Math.min(Math.max(s/1.25**e,120),Math.max(this.#o.width*4,120)),m=c/s,u=this.#t.getBoundingClientRect(),g=n===null?.5:(n.x-u.left)/u.width,w=n===null?.5:(n.y-u.top)/u.height;this.#i({x:o+s*g*(1-m),y:i+r*w*(1-m),width:c,height:r*m})}fit(){this.#i(this.#o)}centre(e,n){let o=this.#t.getBoundingClientRect(),i=Math.min(this.#e.width,Math.max(o.width,120)),s=i*o.height/Math.max(o.width,1);this.#i({x:e-i/2,y:n-s/2,width:i,height:s})}#i(e){this.#e=e;let{x:n,y:o,width:i,height:s}=e;this.#t.setAttribute("viewBox",[n,o,i,s].map(String).join(" "))}#s(e){e.preventDefault(),this.zoom(-e.deltaY/120,e)}#r(e){let n=this.#n.get(e.pointerId);if(n===void 0)return;let o=[...this.#n.values()].find(s=>s.pointerId!==e.pointerId);if(this.#n.set(e.pointerId,e),o===void 0){this.#d(n,e);return}let i=P(e,o)/Math.max(P(n,o),1);this.zoom(Math.log(i)/Math.log(1.25),o)}#d(e,n){this.#t.setPointerCapture(n.pointerId),this.#t.classList.add("dragged");let o=this.#t.getBoundingClientRect(),i=Math.max(this.#e.width/o.width,this.#e.height/o.height);this.#i({...this.#e,x:this.#e.x-(n.clientX-e.clientX)*i,y:this.#e.y-(n.clientY-e.clientY)*i})}#a(e){this.#n.delete(e.pointerId),this.#t.classList.remove("dragged")}};function P(t,e){return Math.hypot(t.clientX-e.clientX,t.clientY-e.clientY)}var R=JSON.parse(d("#data",HTMLScriptElement).text),h=new Map(R.map(t=>[t.id,t])),M=d("#graph",SVGSVGElement),E=d("#details",HTMLElement),D=d("#told",HTMLElement),y=d("#search",HTMLInputElement),H=d("#filter",HTMLFieldSetElement),f=new Map([...M.querySelectorAll(".node")].map(t=>[t.dataset.id??"",t])),q=[...M.querySelectorAll(".edge")],l=new p(M);for(let[t,e]of f)e.addEventListener("click",()=>O(t)),e.addEventListener("keydown",n=>$(t,n));y.addEventListener("input",C);H.addEventListener("change",C);y.addEventListener("keydown",t=>{let e=t.key==="Enter"?S()[0]:void 0;e!==void 0&&I(e)});document.addEventListener("keydown",N);d("#zoom-in",HTMLElement).addEventListener("click",()=>l.zoom(1));d("#zoom-out",HTMLElement).addEventListener("click",()=>l.zoom(-1));d("#fit",HTMLElement).addEventListener("click",()=>l.fit());b(d("#theme",HTMLElement));function d(t,e){let n=document.querySelector(t);if(!(n instanceof e))throw new Error(`The page lacks ${t}.`);return n}function S(){let t=y.value.trim().toLowerCase(),e=new Set([...H.querySelectorAll("input:checked")].map(({value:n})=>n));return[...h.values()].filter(({status:n})=>e.has(n)).filter(({id:n,name:o})=>`${n}\n${o.toLowerCase()}`.includes(t)).map(({id:n})=>n)}function C(){let t=new Set(S());for(let[e,n]of f){let o=!t.has(e);n.classList.toggle("faded",o),n.setAttribute("tabindex",o?"-1":"0"),n.setAttribute("aria-hidden",String(o))}for(let e of q){let{from:n="",to:o=""}=e.dataset;e.classList.toggle("faded",!t.has(n)||!t.has(o))}D.textContent=t.size===h.size?"":`${String(t.size)} of ${String(h.size)} modules`}function O(t){let e=h.get(t);if(e===void 0)return;let n=new Set([t,...e.dependsOn,...v(t)]);for(let[o,i]of f)i.classList.toggle("near",n.has(o));x(E,e,{dependents:v(t),close:()=>Y(t)})}function Y(t){E.hidden=!0;for(let e of f.values())e.classList.remove("near");f.get(t)?.focus()}function v(t){return[...h.values()].filter(({dependsOn:e})=>e.includes(t)).map(e=>e.id)}function $(t,e){let n=S(),o=n.indexOf(t),s={ArrowLeft:h.get(t)?.dependsOn[0],ArrowRight:v(t)[0],ArrowUp:n[o-1],ArrowDown:n[o+1]}[e.key];if(s!==void 0)I(s);else if(e.key==="Enter"||e.key===" ")O(t);else return;e.preventDefault()}function I(t){let e=f.get(t),n=e?.transform.baseVal.consolidate()?.matrix;e===void 0||n===void 0||(l.centre(n.e,n.f),e.focus({preventScroll:!0}))}function N(t){if(t.key==="Escape"&&!E.hidden){E.querySelector("button")?.click();return}if(t.target instanceof HTMLInputElement||t.ctrlKey||t.metaKey)return;let n={"/":()=>y.focus(),"+":()=>l.zoom(1),"-":()=>l.zoom(-1),0:()=>l.fit()}[t.key];n!==void 0&&(t.preventDefault(),n())}})();',L="sha256-MZ2U7y/ybQN19YMdW8aOaM+UrAXk14/RT2qJKmv0otc=";var P=`color-scheme:light;--page:#fff;--panel:#f6f8fa;--line:#d0d7de;--text:#1f2328;--quiet:#59636e;--link:#0969da;--edge:#8c959f;--critical:#bc4c00;${c("day")}`,M=`color-scheme:dark;--page:#0d1117;--panel:#161b22;--line:#30363d;--text:#e6edf3;--quiet:#9198a1;--link:#58a6ff;--edge:#6e7681;--critical:#f0883e;${c("night")}`,A=`
:root{${P}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${M}}}
:root[data-theme=dark]{${M}}
*{box-sizing:border-box}
body{margin:0;height:100vh;display:grid;grid-template-rows:auto 1fr auto;background:var(--page);color:var(--text);font:14px/1.5 system-ui,sans-serif}
a{color:var(--link)}
h1{margin:0;font-size:18px}
h2{margin:0 0 8px;font-size:16px;overflow-wrap:anywhere}
h3{margin:16px 0 4px;font-size:14px}
header{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;padding:10px 16px;border-bottom:1px solid var(--line);background:var(--panel)}
fieldset{display:flex;flex-wrap:wrap;gap:4px 12px;margin:0;padding:0;border:0}
legend{position:absolute;clip-path:inset(50%)}
label{display:inline-flex;gap:4px;align-items:center;white-space:nowrap}
input[type=search]{min-width:200px;padding:4px 8px;border:1px solid var(--line);border-radius:6px;background:var(--page);color:inherit;font:inherit}
button{padding:3px 10px;border:1px solid var(--line);border-radius:6px;background:var(--page);color:inherit;font:inherit;cursor:pointer}
progress{width:120px;vertical-align:middle;accent-color:var(--complete-line)}
.legend::before{content:'';display:inline-block;width:24px;margin-right:6px;border-top:3px solid var(--critical);vertical-align:middle}
.buttons{display:flex;gap:4px;margin-left:auto}
main{position:relative;display:flex;min-height:0;overflow:hidden}
#graph{flex:1;min-width:0;width:100%;height:100%;touch-action:none;cursor:grab}
#graph.dragged{cursor:grabbing}
.node{cursor:pointer}
.node:focus{outline:none}
.node:focus-visible rect{stroke:var(--link);stroke-width:4}
.faded{opacity:.18}
.near rect{stroke-width:3}
aside{width:340px;max-width:80vw;padding:16px;overflow:auto;border-left:1px solid var(--line);background:var(--panel)}
aside[hidden]{display:none}
aside dl{display:grid;grid-template-columns:auto 1fr;gap:2px 12px;margin:0}
aside dt{color:var(--quiet)}
aside dd{margin:0;overflow-wrap:anywhere}
aside ol{margin:0;padding-left:20px}
aside .close{float:right}
.quiet{color:var(--quiet)}
details{max-height:45vh;overflow:auto;padding:8px 16px;border-top:1px solid var(--line);background:var(--panel)}
summary{cursor:pointer}
table{border-collapse:collapse;margin-top:8px}
th,td{padding:4px 12px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
[role=status]{position:absolute;left:16px;bottom:12px;margin:0;padding:2px 10px;border-radius:6px;background:var(--panel);color:var(--quiet)}
[role=status]:empty{display:none}
${$}`;function K(t){let n=w(t.modules),i=y(t.modules);return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${L}'; base-uri 'none'; form-action 'none'">
<title>${o(t.title)}</title>
<style>${A}</style>
</head>
<body>
<header>
<h1>${o(t.title)}</h1>
<div><progress max="${String(t.modules.length)}" value="${String(i.done)}" aria-label="Progress"></progress> ${o(v(i))}</div>
<input id="search" type="search" placeholder="Search ( / )" aria-label="Search modules" aria-keyshortcuts="/">
<fieldset id="filter"><legend>Show by status</legend>${f.map(e=>z(t,e)).join("")}</fieldset>
${t.criticalPath.length===0?"":'<span class="legend">critical path</span>'}
<div class="buttons">
<button id="zoom-out" aria-label="Zoom out">\u2212</button>
<button id="zoom-in" aria-label="Zoom in">+</button>
<button id="fit">Fit</button>
<button id="theme">Dark</button>
</div>
</header>
<main>
<svg id="graph" viewBox="${S(n)}" role="group" aria-label="Dependency graph: a module's box can be pressed; the arrow keys go along its dependencies">
${k(t,n,G)}
</svg>
<aside id="details" aria-label="Module" tabindex="-1" hidden></aside>
<p role="status" id="told"></p>
</main>
<details>
<summary>All modules as a table</summary>
${O(t)}
</details>
<script type="application/json" id="data">${q(t)}</script>
<script>${E}</script>
</body>
</html>
`}function z({modules:t},n){let i=t.filter(e=>e.status===n).length;return`<label><input type="checkbox" value="${n}" checked>${p[n]} ${n} (${String(i)})</label>`}var G=(t,n,{place:i,className:e,inner:r})=>`<g class="${e}" transform="${i}" data-id="${o(n.id)}" tabindex="0" role="button" aria-label="${o(`${n.name}, ${n.status}`)}">${r}</g>`;function O(t){let n=t.modules.map(e=>{let r=d(t,e),a=o(e.name);return[r===null?a:`<a href="${o(r)}">${a}</a>`,`${p[e.status]} ${e.status}`,e.attempt===0?"\u2014":`${String(e.attempt)} of ${String(e.maxAttempts)}`,o(e.dependsOn.join(", ")||"\u2014"),o(e.waitsFor??"\u2014")]});return`<table><thead><tr>${["Module","Status","Attempt","Rests on","Waiting for"].map(e=>`<th scope="col">${e}</th>`).join("")}</tr></thead><tbody>
${n.map(e=>`<tr>${e.map(r=>`<td>${r}</td>`).join("")}</tr>`).join(`
`)}
</tbody></table>`}function q(t){let n=t.modules.map(i=>({...i,address:d(t,i),history:i.history.map(e=>({what:`Attempt ${String(e.attempt)}: ${b(e.outcome)}${e.failureType===null?"":`, ${e.failureType}`}`,said:C(e,t)}))}));return JSON.stringify(n).replaceAll("<","\\u003c")}function C(t,{repositoryUrl:n}){let{startedAt:i,endedAt:e,issue:r,resolution:a,pullRequest:u,escalation:h}=t,s=l=>({text:l,address:null}),m=(l,g)=>({text:`${l} #${String(g)}`,address:n===null?null:x(n,g)});return[s(H(i,e)),...u===null?[]:[m("Pull request",u)],...h===null?[]:[m("Escalation",h)],...r===null?[]:[s(`Issue: ${r}`)],...a===null?[]:[s(`Resolution: ${a}`)]]}function H(t,n){let i=T(n);if(t===null)return`Ended ${i.day} ${i.time} UTC`;let e=T(t),r=e.day===i.day?i.time:`${i.day} ${i.time}`;return`${e.day} ${e.time} to ${r} UTC`}function T(t){return{day:t.slice(0,10),time:t.slice(11,16)}}export{K as renderGraphPage};
