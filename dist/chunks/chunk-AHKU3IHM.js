import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{b as R}from"./chunk-N3N5GYKP.js";import{b as k}from"./chunk-IEFOLMCC.js";import{c as x}from"./chunk-NPLWN4IU.js";import{a as b,c as P}from"./chunk-MRP2TLZN.js";import{c as g}from"./chunk-Y6KXPBNO.js";import{b as y}from"./chunk-S5WQ6OGY.js";import{g as f,i as h}from"./chunk-KSKDHMJB.js";import{b as m,e as i,f as u,h as c,m as d,n as p}from"./chunk-BAN4E5NE.js";import{d as w}from"./chunk-SZOJP7AB.js";var q=w(x()),T=q.default.template({compiler:[8,">= 4.3.0"],main:function(t,e,s,a,r){var n,o=t.strict,l=t.lambda;return"This is a coding session of **"+((n=l(o(e,"name",{start:{line:1,column:32},end:{line:1,column:36}}),e))!=null?n:"")+"** ("+((n=l(o(e,"moduleId",{start:{line:1,column:44},end:{line:1,column:52}}),e))!=null?n:"")+"), attempt "+((n=l(o(e,"attempt",{start:{line:1,column:67},end:{line:1,column:74}}),e))!=null?n:"")+" of "+((n=l(o(e,"maxAttempts",{start:{line:1,column:82},end:{line:1,column:93}}),e))!=null?n:"")+((n=l(o(e,"requestedBy",{start:{line:1,column:97},end:{line:1,column:108}}),e))!=null?n:"")+". Its orchestration document, "+((n=l(o(e,"documentLink",{start:{line:1,column:142},end:{line:1,column:154}}),e))!=null?n:"")+`, says what to build and how it is verified.

### How to work

1. Read the document and the three sources it links. The sources are read-only.
2. Write the files it lists on this branch, `+((n=l(o(e,"branch",{start:{line:6,column:46},end:{line:6,column:52}}),e))!=null?n:"")+`, and push. Every push is verified.
3. Add the implementation report, `+((n=l(o(e,"reportPath",{start:{line:7,column:36},end:{line:7,column:46}}),e))!=null?n:"")+", in the format of "+((n=l(o(e,"codingAgentPath",{start:{line:7,column:69},end:{line:7,column:84}}),e))!=null?n:"")+`.
4. Red? Fix what the check lists and push again. After `+((n=l(o(e,"selfFixes",{start:{line:8,column:57},end:{line:8,column:66}}),e))!=null?n:"")+` the attempt ends.
5. Green? The module goes to review; merging this pull request completes it.

`+((n=l(o(e,"reportToFillIn",{start:{line:11,column:2},end:{line:11,column:16}}),e))!=null?n:"")+`

### Verification

`+((n=l(o(e,"commands",{start:{line:15,column:2},end:{line:15,column:10}}),e))!=null?n:"")+`

All of them must pass, every file the document lists must be there, the report must be complete, and the specification must be untouched. The check \`sessionwright / verification\` decides, not anyone's word.

### On HALT

A type that is missing, a specification that can be read two ways, a test nothing specifies: do not guess. Write the escalation report `+((n=l(o(e,"escalationReportPath",{start:{line:21,column:137},end:{line:21,column:157}}),e))!=null?n:"")+" and the claim "+((n=l(o(e,"claimPath",{start:{line:21,column:176},end:{line:21,column:185}}),e))!=null?n:"")+" as the document shows, and push them. Or comment `/session halt <type> <reason>`. The module is then blocked until somebody has answered the escalation.\n\n`/session help` tells what else can be asked here.\n\n"},useData:!0});function D(t,e=T){let{module:s,session:a}=t,r=b("pull-request",{module:s.id,attempt:a.attempt}),n=e(F(t)).trimEnd();return`${y(n,65535-r.length-3,"*Cut here: GitHub takes no more. The document has the whole.*")}

${r}
`}function F(t){let{module:e,session:s,paths:a}=t,r=g(e.id,s.attempt,a.documents);return{name:m(e.name),moduleId:i(e.id),sessionId:i(s.sessionId),attempt:s.attempt,maxAttempts:s.maxAttempts,requestedBy:B(t.request),documentLink:d(r.document,p(t.repositoryUrl,t.documentSha,r.document)),branch:i(r.branch),reportPath:i(r.report),codingAgentPath:i(a.codingAgent),reportToFillIn:A(t),escalationReportPath:i(r.escalationReport),claimPath:i(r.claim),selfFixes:f(t.selfFixLimit,"failed verification"),commands:R(t.commands)}}function G(t){return P(t,"pull-request")}function A({module:t,session:e,reportFormat:s}){let{sessionId:a,attempt:r}=e,n=k("implementation",{module:t,sessionId:a,attempt:r},s);return c("The implementation report, to be filled in",u(n.trimEnd(),"markdown"))}function B(t){if(t===null)return"";let e=t.source===null?"":` in #${String(t.source)}`;return`, requested by ${h(t.by)}${e}`}export{D as a,G as b};
