import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c as X}from"./chunk-PIRDKNBE.js";import{a as y}from"./chunk-HMUAF4DR.js";import{c as C}from"./chunk-MJJFMNII.js";import{a as L,b as P,c as $,d as D,g as I,h as R,i as O}from"./chunk-XPQ4PIUC.js";import{g as A}from"./chunk-4HCOJTG6.js";import{a as V,c as F,d as E,g as G}from"./chunk-X7FA7ULX.js";import{a as T,b as S}from"./chunk-HYCMHHYM.js";import{c as u,d,f as m,g as f}from"./chunk-X4R7TKT4.js";import{d as K}from"./chunk-EMTFSRO2.js";var M=K(X()),N=M.default.template({0:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda;return"| "+((t=i(l(n,"module",{start:{line:22,column:4},end:{line:22,column:10}}),n))!=null?t:"")+" | complete | "+((t=i(l(n,"status",{start:{line:22,column:28},end:{line:22,column:34}}),n))!=null?t:"")+" | "+((t=i(l(n,"mark",{start:{line:22,column:41},end:{line:22,column:45}}),n))!=null?t:"")+` |
`},1:function(e,n,o,a,r){return`| None | \u2014 | \u2014 | \u2014 |
`},2:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda;return"- ["+((t=i(l(n,"mark",{start:{line:30,column:5},end:{line:30,column:9}}),n))!=null?t:"")+"] "+((t=i(l(n,"text",{start:{line:30,column:15},end:{line:30,column:19}}),n))!=null?t:"")+`
`},3:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda;return"| "+((t=i(l(n,"attempt",{start:{line:57,column:4},end:{line:57,column:11}}),n))!=null?t:"")+" | "+((t=i(l(n,"outcome",{start:{line:57,column:18},end:{line:57,column:25}}),n))!=null?t:"")+" | "+((t=i(l(n,"issue",{start:{line:57,column:32},end:{line:57,column:37}}),n))!=null?t:"")+" | "+((t=i(l(n,"resolution",{start:{line:57,column:44},end:{line:57,column:54}}),n))!=null?t:"")+` |
`},4:function(e,n,o,a,r){var t;return"- "+((t=e.lambda(n,n))!=null?t:"")+`
`},5:function(e,n,o,a,r){return`- None
`},6:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda;return"| "+((t=i(l(n,"title",{start:{line:95,column:4},end:{line:95,column:9}}),n))!=null?t:"")+" | "+((t=i(l(n,"indicator",{start:{line:95,column:16},end:{line:95,column:25}}),n))!=null?t:"")+" | "+((t=i(l(n,"action",{start:{line:95,column:32},end:{line:95,column:38}}),n))!=null?t:"")+" | "+((t=i(l(n,"target",{start:{line:95,column:45},end:{line:95,column:51}}),n))!=null?t:"")+` |
`},compiler:[8,">= 4.3.0"],main:function(e,n,o,a,r){var t,l=e.strict,i=e.lambda,c=n??(e.nullContext||{}),s=e.lookupProperty||function(p,g){if(Object.prototype.hasOwnProperty.call(p,g))return p[g]};return"# Coding Session: "+((t=i(l(n,"name",{start:{line:1,column:20},end:{line:1,column:24}}),n))!=null?t:"")+`

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
`+((t=s(o,"each").call(c,s(n,"dependencies"),{name:"each",hash:{},fn:e.program(0,r,0),inverse:e.program(1,r,0),data:r,loc:{start:{line:21,column:0},end:{line:25,column:9}}}))!=null?t:"")+`
### Gate Verification

`+((t=s(o,"each").call(c,s(n,"gates"),{name:"each",hash:{},fn:e.program(2,r,0),inverse:e.noop,data:r,loc:{start:{line:29,column:0},end:{line:31,column:9}}}))!=null?t:"")+`
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
`+((t=s(o,"each").call(c,s(n,"attempts"),{name:"each",hash:{},fn:e.program(3,r,0),inverse:e.program(1,r,0),data:r,loc:{start:{line:56,column:0},end:{line:60,column:9}}}))!=null?t:"")+`
### Blockers Cleared Since Last Attempt

`+((t=s(o,"each").call(c,s(n,"blockers"),{name:"each",hash:{},fn:e.program(4,r,0),inverse:e.program(5,r,0),data:r,loc:{start:{line:64,column:0},end:{line:68,column:9}}}))!=null?t:"")+`
### Spec Updates Since Last Attempt

`+((t=s(o,"each").call(c,s(n,"specChanges"),{name:"each",hash:{},fn:e.program(4,r,0),inverse:e.program(5,r,0),data:r,loc:{start:{line:72,column:0},end:{line:76,column:9}}}))!=null?t:"")+`
---

## Verification Protocol

Run these commands after implementation:

`+((t=i(l(n,"commands",{start:{line:84,column:2},end:{line:84,column:10}}),n))!=null?t:"")+`

**All must pass before marking complete.**

---

## Failure Handling

| Failure Type | Indicator | Action | Escalation Target |
| :--- | :--- | :--- | :--- |
`+((t=s(o,"each").call(c,s(n,"failures"),{name:"each",hash:{},fn:e.program(6,r,0),inverse:e.noop,data:r,loc:{start:{line:94,column:0},end:{line:96,column:9}}}))!=null?t:"")+`
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

`+((t=s(o,"each").call(c,s(n,"codeStyle"),{name:"each",hash:{},fn:e.program(4,r,0),inverse:e.program(5,r,0),data:r,loc:{start:{line:132,column:0},end:{line:136,column:9}}}))!=null?t:"")+`
---

*Template version: 1.0.0*
`},useData:!0});var Z="<description>",j="<ISO timestamp>";function U(e){return nn(e,{reason:Z,at:j,failureType:null})}function B(e,n){return en(e,{at:j,files:["list of files"],sessionId:n})}function nn(e,{reason:n,at:o,failureType:a}){return v(e,[["status","blocked"],["blockedReason",n],["blockedAt",o],...a===null?[]:[["failureType",a]]])}function en(e,{at:n,files:o,sessionId:a}){return v(e,[["status","review"],["completedAt",n],["filesModified",o],["implementedBy","coding-agent"],["sessionId",a]])}function b(e){return f(e,"json").replace(/^/gm,"   ")}function v(e,n){let o=n.map(([a,r])=>`    ${y(a)}: ${tn(r)}`);return`{
  ${y(e)}: {
${o.join(`,
`)}
  }
}`}function tn(e){return typeof e=="string"?y(e):`[${e.map(y).join(", ")}]`}var on=26,rn=/\boptional\b|\bif (?:any|needed|required|applicable)\b/i;function H(e){let n=e.map(l=>({parts:l.path.split("/"),comment:ln(l)}));if(n.length===0)return"None";let o=an(n.map(({parts:l})=>l.slice(0,-1))),a=w();for(let{parts:l,comment:i}of n)_(a,l.slice(o.length),i);let r=cn(Y(a,"")),t=o.length===0?"./":`${o.join("/")}/`;return f([t,...r].join(`
`),"text")}function ln({comment:e,optional:n}){return n&&!rn.test(e)?`${e} (optional)`.trim():e}function an(e){let[n=[]]=e,o=n.findIndex((a,r)=>e.some(t=>t[r]!==a));return o===-1?n:n.slice(0,o)}function w(){return{folders:new Map,entries:[]}}function _(e,n,o){let[a="",...r]=n;if(r.length===0){e.entries.push({kind:"file",name:a,comment:o});return}_(sn(e,a),r,o)}function sn(e,n){let o=e.folders.get(n);if(o!==void 0)return o;let a=w();return e.folders.set(n,a),e.entries.push({kind:"folder",name:n,folder:a}),a}function Y(e,n){return e.entries.flatMap((o,a)=>{let r=a===e.entries.length-1,t=`${n}${r?"\u2514\u2500\u2500 ":"\u251C\u2500\u2500 "}`;if(o.kind==="file")return[{text:`${t}${o.name}`,comment:o.comment}];let l=Y(o.folder,`${n}${r?"    ":"\u2502   "}`);return[{text:`${t}${o.name}/`,comment:""},...l]})}function cn(e){let n=e.filter(({comment:a})=>a!==""),o=Math.max(on,...n.map(({text:a})=>a.length+2));return e.map(({text:a,comment:r})=>r===""?a:`${a.padEnd(o)}# ${r.replace(/\s+/g," ")}`)}var k="shared-types",mn={mark:"x",text:"Shared types compile: not required, no such gate is configured"};function q(e,n){let o=`command:${k}`,a=new Set([o,"handoff","blockers"]),r=({gate:i})=>i.startsWith("dependency:"),t=i=>e.filter(c=>c.gate===i),l=e.filter(i=>!r(i)&&!a.has(i.gate));return[h("All dependencies marked `complete` in implementation-state.json",e.filter(r),!0),n.some(({id:i})=>i===k)?h(dn(n),t(o),!1):mn,h("Context handoff document accessible",t("handoff"),!1),h("No unresolved blockers in implementation-state.json",t("blockers"),!1),...l.map(i=>h(pn(i,n),[i],!1))]}function h(e,n,o){let a=n.filter(t=>t.verdict!=="passed");if(a.length===0&&(o||n.length>0))return{mark:"x",text:e};let r=a.length===0?["not checked"]:a.map(un);return{mark:" ",text:`${e} (${r.join("; ")})`}}function un(e){return`${e.verdict}: ${u(e.reason)}`}function dn(e){let n=e.find(({id:o})=>o===k);return`Shared types compile: ${m(n?.run??"")}`}function pn(e,n){let o=n.find(({id:a})=>e.gate===`command:${a}`);return o===void 0?u(e.title):`${u(o.name)}: ${m(o.run)}`}function Q(e){let{paths:n,prompt:o,session:a}=e,r=`${n.handoffs}/${a.module}.md`,t=T(e.types.flatMap(({ranges:l})=>l));return{promptLocation:x(e,{path:n.prompts,text:`${W(n.prompts)}#${o.slug}`,anchor:o.slug}),handoffLocation:x(e,{path:r,text:r,anchor:null}),typesLocation:[x(e,{path:n.types,text:W(n.types),anchor:null}),...t.map(l=>fn(e,l))].join(", "),typesLines:t.length===0?"":` (lines ${S(t)})`}}function x(e,{path:n,text:o,anchor:a}){let{session:r,repositoryUrl:t,paths:l}=e,i=C(r.module,r.attempt,l.documents).document,c=$(t,r.baseSha,n,a);return`${P(o,O(i,n,a))} ([at ${R(r.baseSha)}](${c}))`}function fn(e,{start:n,end:o}){let{paths:a,repositoryUrl:r,session:t,types:l}=e,c=l.filter(({ranges:p})=>p.some(g=>g.start>=n&&g.end<=o)).map(({name:p})=>m(p)).join(", "),s=`L${String(n)}-L${String(o)}`;return`[${c}](${$(r,t.baseSha,a.types,s)})`}function W(e){return e.slice(e.lastIndexOf("/")+1)}function z(e,n){let o=e.lines===void 0?"":` (${yn(e.lines)})`;return`${gn(e)} ${e.change}${o}${hn(n)}`}function gn({part:e,name:n}){return e==="prompt"?"Implementation prompt":e==="handoff"?"Context handoff":`Shared type ${m(n)}`}function yn({added:e,removed:n}){return`${[...e>0||n===0?[`+${String(e)}`]:[],...n>0?[`\u2212${String(n)}`]:[]].join(" ")} ${e+n===1?"line":"lines"}`}function hn({repositoryUrl:e,before:n,after:o}){return n===null||n===o?"":`, ${L("compare",D(e,n,o))}`}function te(e,n=N){return n(Sn(e))}function Sn(e){return{...kn(e),...xn(e),...Tn(e),...Pn(e),dependencies:e.dependencies.map(({module:n,status:o,passed:a})=>({module:n,status:o,mark:a?"\u2705":"\u274C"})),gates:q(e.verdicts,e.gates),commands:Cn(e.commands),failures:e.failures.map(n=>({title:d(n.title),indicator:d(n.indicator),action:d(n.instruction),target:F(n)})),filesToCreate:H(e.deliverables),codeStyle:e.codeStyle.map(u)}}function Cn(e){let n=e.map(o=>`# ${$n(o)}
${o.run.trim()}`);return f(n.join(`

`),"bash")}function $n({name:e,workingDirectory:n,env:o,shell:a}){let r=Object.entries(o??{}).map(([l,i])=>`${l}=${i}`);return[e,...n==null?[]:[`in ${n}`],...r.length===0?[]:[`with ${r.join(" ")}`],...a==null?[]:[`by ${a}`]].join(", ").replace(/\s+/g," ")}function oe(e){let n=bn(e),o=["Module ID","Session ID","Started","Planning Agent Version"],[a="",r="",t="",l=""]=o.map(s=>n.get(s)),[,i,c]=/^([1-9][0-9]{0,5}) of ([1-9][0-9]{0,5})$/.exec(n.get("Attempt")??"")??[];return i===void 0||c===void 0||[a,r,t,l].includes("")?null:{module:a,sessionId:r,startedAt:t,attempt:Number(i),maxAttempts:Number(c),plannerVersion:l}}function bn(e){let n=new Map;for(let o of e.split(`
`)){let[a,r="",t,l,...i]=o.split("|").map(s=>s.trim());if(a!==""||l!==""||i.length>0)continue;let c=/^\*\*([^*]+)\*\*$/.exec(r)?.[1];c!==void 0&&t!==void 0&&!n.has(c)&&n.set(c,t)}return n}function kn({module:e,session:n,plannerVersion:o}){return{name:u(e.name),className:e.className,moduleId:n.module,sessionId:n.sessionId,startedAt:n.startedAt,attempt:n.attempt,maxAttempts:n.maxAttempts,plannerVersion:d(o)}}function xn(e){let n=S(e.types.flatMap(o=>o.ranges));return{...Q(e),promptNumber:e.module.prompt,typesRanges:n===""?"none":n}}function Tn(e){let n=e.previousAttempts.at(-1);return{attempts:e.previousAttempts.map(o=>An(o,e.failures)),blockers:Ln(n??e.cleared,e.repositoryUrl),specChanges:e.specChanges.map(o=>z(o,{repositoryUrl:e.repositoryUrl,before:n===void 0?null:A(n),after:e.session.baseSha}))}}var J="\u2014";function An(e,n){let a=[E(n,e.failureType),e.issue].filter(r=>r!==null).join(": ");return{attempt:e.attempt,outcome:d(V(e.outcome)),issue:d(a)||J,resolution:d(e.resolution??"")||J}}function Ln(e,n){if(e?.escalation==null)return[];let{escalation:o,resolvedBy:a}=e,r=a===null?"":` by ${G(a)}`,t=e.resolution===null?"no comment":u(e.resolution);return[`Escalation ${I(n,o)}, resolved${r}: ${t}`]}function Pn({session:e,paths:n,stateBranch:o,failures:a}){let r=C(e.module,e.attempt,n.documents),t=m(o),l=m(r.claim),c=a.filter(s=>s.action==="halt").map(s=>m(s.id)).join(", ");return{stateBranch:t,claimPath:l,reportPath:m(r.report),escalationReportPath:m(r.escalationReport),planningAgentPath:m(n.planningAgent),codingAgentPath:m(n.codingAgent),failureTypes:c,haltEntry:b(U(e.module)),haltNote:`That file lies on the branch ${t} and is written for you. Put this entry into ${l} instead, commit and push it: that is what halts the session. A key \`"failureType"\` beside the others names the row above it falls under: ${c}.`,doneEntry:b(B(e.module,e.sessionId)),doneNote:`This entry too goes into ${l}. It is optional: the verification decides, not the claim.`}}export{te as a,oe as b,bn as c};
