import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as F}from"./chunk-TGW5UH55.js";import{c as J,d as y}from"./chunk-NPLWN4IU.js";import{a as E,b}from"./chunk-5SU47KSI.js";import{g as V}from"./chunk-FEQ4GKVF.js";import{c as S}from"./chunk-Y6KXPBNO.js";import{b as D,d as I,e as R,i as O}from"./chunk-KSKDHMJB.js";import{b as u,c as d,e as c,f,m as T,n as C,r as A,s as P,t as L}from"./chunk-BAN4E5NE.js";import{d as z}from"./chunk-SZOJP7AB.js";var G=z(J()),M=G.default.template({0:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda;return"| "+((t=i(l(n,"module",{start:{line:22,column:4},end:{line:22,column:10}}),n))!=null?t:"")+" | complete | "+((t=i(l(n,"status",{start:{line:22,column:28},end:{line:22,column:34}}),n))!=null?t:"")+" | "+((t=i(l(n,"mark",{start:{line:22,column:41},end:{line:22,column:45}}),n))!=null?t:"")+` |
`},1:function(e,n,o,a,r){return`| None | \u2014 | \u2014 | \u2014 |
`},2:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda;return"- ["+((t=i(l(n,"mark",{start:{line:30,column:5},end:{line:30,column:9}}),n))!=null?t:"")+"] "+((t=i(l(n,"text",{start:{line:30,column:15},end:{line:30,column:19}}),n))!=null?t:"")+`
`},3:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda;return"| "+((t=i(l(n,"attempt",{start:{line:57,column:4},end:{line:57,column:11}}),n))!=null?t:"")+" | "+((t=i(l(n,"outcome",{start:{line:57,column:18},end:{line:57,column:25}}),n))!=null?t:"")+" | "+((t=i(l(n,"issue",{start:{line:57,column:32},end:{line:57,column:37}}),n))!=null?t:"")+" | "+((t=i(l(n,"resolution",{start:{line:57,column:44},end:{line:57,column:54}}),n))!=null?t:"")+` |
`},4:function(e,n,o,a,r){var t;return"- "+((t=e.lambda(n,n))!=null?t:"")+`
`},5:function(e,n,o,a,r){return`- None
`},6:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda;return"| "+((t=i(l(n,"title",{start:{line:95,column:4},end:{line:95,column:9}}),n))!=null?t:"")+" | "+((t=i(l(n,"indicator",{start:{line:95,column:16},end:{line:95,column:25}}),n))!=null?t:"")+" | "+((t=i(l(n,"action",{start:{line:95,column:32},end:{line:95,column:38}}),n))!=null?t:"")+" | "+((t=i(l(n,"target",{start:{line:95,column:45},end:{line:95,column:51}}),n))!=null?t:"")+` |
`},compiler:[8,">= 4.3.0"],main:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda,m=n??(e.nullContext||{}),s=e.lookupProperty||function(p,g){if(Object.prototype.hasOwnProperty.call(p,g))return p[g]};return"# Coding Session: "+((t=i(l(n,"name",{start:{line:1,column:20},end:{line:1,column:24}}),n))!=null?t:"")+`

## Session Metadata

| Field | Value |
| :--- | :--- |
| **Module ID** | `+((t=i(l(n,"moduleId",{start:{line:7,column:20},end:{line:7,column:28}}),n))!=null?t:"")+` |
| **Session ID** | `+((t=i(l(n,"sessionId",{start:{line:8,column:21},end:{line:8,column:30}}),n))!=null?t:"")+` |
| **Started** | `+((t=i(l(n,"startedAt",{start:{line:9,column:18},end:{line:9,column:27}}),n))!=null?t:"")+` |
| **Attempt** | `+((t=i(l(n,"attempt",{start:{line:10,column:18},end:{line:10,column:25}}),n))!=null?t:"")+" of "+((t=i(l(n,"maxAttempts",{start:{line:10,column:33},end:{line:10,column:44}}),n))!=null?t:"")+` |
| **Planning Agent Version** | `+((t=i(l(n,"plannerVersion",{start:{line:11,column:33},end:{line:11,column:47}}),n))!=null?t:"")+` |

---

## Pre-Flight Status

### Dependency Check

| Module | Required Status | Actual Status | Gate |
| :--- | :--- | :--- | :---: |
`+((t=s(o,"each").call(m,s(n,"dependencies"),{name:"each",hash:{},fn:e.program(0,r,0),inverse:e.program(1,r,0),data:r,loc:{start:{line:21,column:0},end:{line:25,column:9}}}))!=null?t:"")+`
### Gate Verification

`+((t=s(o,"each").call(m,s(n,"gates"),{name:"each",hash:{},fn:e.program(2,r,0),inverse:e.noop,data:r,loc:{start:{line:29,column:0},end:{line:31,column:9}}}))!=null?t:"")+`
**ALL GATES MUST PASS BEFORE PROCEEDING**

---

## Implementation Specification (SSOT)

> [!IMPORTANT]
> **READ ONLY \u2014 These documents are the source of truth. Do not modify.**

| Document | Location | Purpose |
| :--- | :--- | :--- |
| Implementation Prompt | `+((t=i(l(n,"promptLocation",{start:{line:44,column:28},end:{line:44,column:42}}),n))!=null?t:"")+` | Complete implementation spec |
| Context Handoff | `+((t=i(l(n,"handoffLocation",{start:{line:45,column:22},end:{line:45,column:37}}),n))!=null?t:"")+` | Scope, assumptions, verification |
| Shared Types | `+((t=i(l(n,"typesLocation",{start:{line:46,column:19},end:{line:46,column:32}}),n))!=null?t:"")+" | Type definitions"+((t=i(l(n,"typesLines",{start:{line:46,column:55},end:{line:46,column:65}}),n))!=null?t:"")+` |

---

## Session Context

### Previous Attempts (if applicable)

| Attempt | Outcome | Issue | Resolution |
| :--- | :--- | :--- | :--- |
`+((t=s(o,"each").call(m,s(n,"attempts"),{name:"each",hash:{},fn:e.program(3,r,0),inverse:e.program(1,r,0),data:r,loc:{start:{line:56,column:0},end:{line:60,column:9}}}))!=null?t:"")+`
### Blockers Cleared Since Last Attempt

`+((t=s(o,"each").call(m,s(n,"blockers"),{name:"each",hash:{},fn:e.program(4,r,0),inverse:e.program(5,r,0),data:r,loc:{start:{line:64,column:0},end:{line:68,column:9}}}))!=null?t:"")+`
### Spec Updates Since Last Attempt

`+((t=s(o,"each").call(m,s(n,"specChanges"),{name:"each",hash:{},fn:e.program(4,r,0),inverse:e.program(5,r,0),data:r,loc:{start:{line:72,column:0},end:{line:76,column:9}}}))!=null?t:"")+`
---

## Verification Protocol

Run these commands after implementation:

`+((t=i(l(n,"commands",{start:{line:84,column:2},end:{line:84,column:10}}),n))!=null?t:"")+`

**All must pass before marking complete.**

---

## Failure Handling

| Failure Type | Indicator | Action | Escalation Target |
| :--- | :--- | :--- | :--- |
`+((t=s(o,"each").call(m,s(n,"failures"),{name:"each",hash:{},fn:e.program(6,r,0),inverse:e.noop,data:r,loc:{start:{line:94,column:0},end:{line:96,column:9}}}))!=null?t:"")+`
### On HALT

1. Update \`implementation-state.json\`:

`+((t=i(l(n,"haltEntry",{start:{line:102,column:2},end:{line:102,column:11}}),n))!=null?t:"")+`

   `+((t=i(l(n,"haltNote",{start:{line:104,column:5},end:{line:104,column:13}}),n))!=null?t:"")+`

2. Create escalation report per `+((t=i(l(n,"planningAgentPath",{start:{line:106,column:34},end:{line:106,column:51}}),n))!=null?t:"")+" escalation format, as "+((t=i(l(n,"escalationReportPath",{start:{line:106,column:78},end:{line:106,column:98}}),n))!=null?t:"")+`

---

## Deliverables

After successful implementation, provide:

1. **Implementation files** per spec structure
2. **Implementation report** per `+((t=i(l(n,"codingAgentPath",{start:{line:115,column:35},end:{line:115,column:50}}),n))!=null?t:"")+" output format, as "+((t=i(l(n,"reportPath",{start:{line:115,column:73},end:{line:115,column:83}}),n))!=null?t:"")+`
3. **Updated implementation-state.json**:

`+((t=i(l(n,"doneEntry",{start:{line:118,column:2},end:{line:118,column:11}}),n))!=null?t:"")+`

   `+((t=i(l(n,"doneNote",{start:{line:120,column:5},end:{line:120,column:13}}),n))!=null?t:"")+`

---

## Quick Reference

### Files to Create

`+((t=i(l(n,"filesToCreate",{start:{line:128,column:2},end:{line:128,column:15}}),n))!=null?t:"")+`

### Code Style Reminders

`+((t=s(o,"each").call(m,s(n,"codeStyle"),{name:"each",hash:{},fn:e.program(4,r,0),inverse:e.program(5,r,0),data:r,loc:{start:{line:132,column:0},end:{line:136,column:9}}}))!=null?t:"")+`
---

*Template version: 1.0.0*
`},useData:!0});var K="<description>",N="<ISO timestamp>";function j(e){return X(e,{reason:K,at:N,failureType:null})}function v(e,n){return Z(e,{at:N,files:["list of files"],sessionId:n})}function X(e,{reason:n,at:o,failureType:a}){return U(e,[["status","blocked"],["blockedReason",n],["blockedAt",o],...a===null?[]:[["failureType",a]]])}function Z(e,{at:n,files:o,sessionId:a}){return U(e,[["status","review"],["completedAt",n],["filesModified",o],["implementedBy","coding-agent"],["sessionId",a]])}function k(e){return f(e,"json").replace(/^/gm,"   ")}function U(e,n){let o=n.map(([a,r])=>`    ${y(a)}: ${nn(r)}`);return`{
  ${y(e)}: {
${o.join(`,
`)}
  }
}`}function nn(e){return typeof e=="string"?y(e):`[${e.map(y).join(", ")}]`}var en=26,tn=/\boptional\b|\bif (?:any|needed|required|applicable)\b/i;function B(e){let n=e.map(l=>({parts:l.path.split("/"),comment:on(l)}));if(n.length===0)return"None";let o=rn(n.map(({parts:l})=>l.slice(0,-1))),a=H();for(let{parts:l,comment:i}of n)w(a,l.slice(o.length),i);let r=an(_(a,"")),t=o.length===0?"./":`${o.join("/")}/`;return f([t,...r].join(`
`),"text")}function on({comment:e,optional:n}){return n&&!tn.test(e)?`${e} (optional)`.trim():e}function rn(e){let[n=[]]=e,o=n.findIndex((a,r)=>e.some(t=>t[r]!==a));return o===-1?n:n.slice(0,o)}function H(){return{folders:new Map,entries:[]}}function w(e,n,o){let[a="",...r]=n;if(r.length===0){e.entries.push({kind:"file",name:a,comment:o});return}w(ln(e,a),r,o)}function ln(e,n){let o=e.folders.get(n);if(o!==void 0)return o;let a=H();return e.folders.set(n,a),e.entries.push({kind:"folder",name:n,folder:a}),a}function _(e,n){return e.entries.flatMap((o,a)=>{let r=a===e.entries.length-1,t=`${n}${r?"\u2514\u2500\u2500 ":"\u251C\u2500\u2500 "}`;if(o.kind==="file")return[{text:`${t}${o.name}`,comment:o.comment}];let l=_(o.folder,`${n}${r?"    ":"\u2502   "}`);return[{text:`${t}${o.name}/`,comment:""},...l]})}function an(e){let n=e.filter(({comment:a})=>a!==""),o=Math.max(en,...n.map(({text:a})=>a.length+2));return e.map(({text:a,comment:r})=>r===""?a:`${a.padEnd(o)}# ${r.replace(/\s+/g," ")}`)}var $="shared-types",sn={mark:"x",text:"Shared types compile: not required, no such gate is configured"};function Y(e,n){let o=`command:${$}`,a=new Set([o,"handoff","blockers"]),r=({gate:i})=>i.startsWith("dependency:"),t=i=>e.filter(m=>m.gate===i),l=e.filter(i=>!r(i)&&!a.has(i.gate));return[h("All dependencies marked `complete` in implementation-state.json",e.filter(r),!0),n.some(({id:i})=>i===$)?h(cn(n),t(o),!1):sn,h("Context handoff document accessible",t("handoff"),!1),h("No unresolved blockers in implementation-state.json",t("blockers"),!1),...l.map(i=>h(un(i,n),[i],!1))]}function h(e,n,o){let a=n.filter(t=>t.verdict!=="passed");if(a.length===0&&(o||n.length>0))return{mark:"x",text:e};let r=a.length===0?["not checked"]:a.map(mn);return{mark:" ",text:`${e} (${r.join("; ")})`}}function mn(e){return`${e.verdict}: ${u(e.reason)}`}function cn(e){let n=e.find(({id:o})=>o===$);return`Shared types compile: ${c(n?.run??"")}`}function un(e,n){let o=n.find(({id:a})=>e.gate===`command:${a}`);return o===void 0?u(e.title):`${u(o.name)}: ${c(o.run)}`}function W(e){let{paths:n,prompt:o,session:a}=e,r=`${n.handoffs}/${a.module}.md`,t=E(e.types.flatMap(({ranges:l})=>l));return{promptLocation:x(e,{path:n.prompts,text:`${q(n.prompts)}#${o.slug}`,anchor:o.slug}),handoffLocation:x(e,{path:r,text:r,anchor:null}),typesLocation:[x(e,{path:n.types,text:q(n.types),anchor:null}),...t.map(l=>dn(e,l))].join(", "),typesLines:t.length===0?"":` (lines ${b(t)})`}}function x(e,{path:n,text:o,anchor:a}){let{session:r,repositoryUrl:t,paths:l}=e,i=S(r.module,r.attempt,l.documents).document,m=C(t,r.baseSha,n,a);return`${T(o,L(i,n,a))} ([at ${P(r.baseSha)}](${m}))`}function dn(e,{start:n,end:o}){let{paths:a,repositoryUrl:r,session:t,types:l}=e,m=l.filter(({ranges:p})=>p.some(g=>g.start>=n&&g.end<=o)).map(({name:p})=>c(p)).join(", "),s=`L${String(n)}-L${String(o)}`;return`[${m}](${C(r,t.baseSha,a.types,s)})`}function q(e){return e.slice(e.lastIndexOf("/")+1)}function Qn(e,n=M){return n(pn(e))}function pn(e){return{...hn(e),...Sn(e),...bn(e),...$n(e),dependencies:e.dependencies.map(({module:n,status:o,passed:a})=>({module:n,status:o,mark:a?"\u2705":"\u274C"})),gates:Y(e.verdicts,e.gates),commands:fn(e.commands),failures:e.failures.map(n=>({title:d(n.title),indicator:d(n.indicator),action:d(n.instruction),target:I(n)})),filesToCreate:B(e.deliverables),codeStyle:e.codeStyle.map(u)}}function fn(e){let n=e.map(o=>`# ${gn(o)}
${o.run.trim()}`);return f(n.join(`

`),"bash")}function gn({name:e,workingDirectory:n,env:o,shell:a}){let r=Object.entries(o??{}).map(([l,i])=>`${l}=${i}`);return[e,...n==null?[]:[`in ${n}`],...r.length===0?[]:[`with ${r.join(" ")}`],...a==null?[]:[`by ${a}`]].join(", ").replace(/\s+/g," ")}function zn(e){let n=yn(e),o=["Module ID","Session ID","Started","Planning Agent Version"],[a="",r="",t="",l=""]=o.map(s=>n.get(s)),[,i,m]=/^([1-9][0-9]{0,5}) of ([1-9][0-9]{0,5})$/.exec(n.get("Attempt")??"")??[];return i===void 0||m===void 0||[a,r,t,l].includes("")?null:{module:a,sessionId:r,startedAt:t,attempt:Number(i),maxAttempts:Number(m),plannerVersion:l}}function yn(e){let n=new Map;for(let o of e.split(`
`)){let[a,r="",t,l,...i]=o.split("|").map(s=>s.trim());if(a!==""||l!==""||i.length>0)continue;let m=/^\*\*([^*]+)\*\*$/.exec(r)?.[1];m!==void 0&&t!==void 0&&!n.has(m)&&n.set(m,t)}return n}function hn({module:e,session:n,plannerVersion:o}){return{name:u(e.name),className:e.className,moduleId:n.module,sessionId:n.sessionId,startedAt:n.startedAt,attempt:n.attempt,maxAttempts:n.maxAttempts,plannerVersion:d(o)}}function Sn(e){let n=b(e.types.flatMap(o=>o.ranges));return{...W(e),promptNumber:e.module.prompt,typesRanges:n===""?"none":n}}function bn(e){let n=e.previousAttempts.at(-1);return{attempts:e.previousAttempts.map(o=>Cn(o,e.failures)),blockers:kn(n??e.cleared,e.repositoryUrl),specChanges:e.specChanges.map(o=>F(o,{repositoryUrl:e.repositoryUrl,before:n===void 0?null:V(n),after:e.session.baseSha}))}}var Q="\u2014";function Cn(e,n){let a=[R(n,e.failureType),e.issue].filter(r=>r!==null).join(": ");return{attempt:e.attempt,outcome:d(D(e.outcome)),issue:d(a)||Q,resolution:d(e.resolution??"")||Q}}function kn(e,n){if(e?.escalation==null)return[];let{escalation:o,resolvedBy:a}=e,r=a===null?"":` by ${O(a)}`,t=e.resolution===null?"no comment":u(e.resolution);return[`Escalation ${A(n,o)}, resolved${r}: ${t}`]}function $n({session:e,paths:n,stateBranch:o,failures:a}){let r=S(e.module,e.attempt,n.documents),t=c(o),l=c(r.claim),m=a.filter(s=>s.action==="halt").map(s=>c(s.id)).join(", ");return{stateBranch:t,claimPath:l,reportPath:c(r.report),escalationReportPath:c(r.escalationReport),planningAgentPath:c(n.planningAgent),codingAgentPath:c(n.codingAgent),failureTypes:m,haltEntry:k(j(e.module)),haltNote:`That file lies on the branch ${t} and is written for you. Put this entry into ${l} instead, commit and push it: that is what halts the session. A key \`"failureType"\` beside the others names the row above it falls under: ${m}.`,doneEntry:k(v(e.module,e.sessionId)),doneNote:`This entry too goes into ${l}. It is optional: the verification decides, not the claim.`}}export{Qn as a,fn as b,zn as c,yn as d};
