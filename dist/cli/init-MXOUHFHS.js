import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as C}from"./chunk-VFJ3LQRZ.js";import"./chunk-IMTW54TY.js";import{a as F}from"./chunk-P55B7JRJ.js";import{a as W,c as v}from"./chunk-BVF3C2TS.js";import"./chunk-KWOCKRC6.js";import{a as E}from"./chunk-FFNYDB7W.js";import{a as y,b as k}from"./chunk-GCXEUJFI.js";import"./chunk-QOTCTWMK.js";import{c as x}from"./chunk-QGKCKZRQ.js";import"./chunk-TXV7OJI5.js";import"./chunk-252P4JRJ.js";import{a as A}from"./chunk-SYLAA4DT.js";import{a as S}from"./chunk-SLQTWM2I.js";import{e as $,g as N}from"./chunk-WKC4GGOV.js";import{A as h,G as O,l as b,v as M,w as m,y as u}from"./chunk-JIL2LCVM.js";import{e as T}from"./chunk-BZ6VVDEM.js";import"./chunk-OXUTRUU4.js";import"./chunk-KCLJUA5F.js";import"./chunk-PCP5UYAV.js";import"./chunk-JWXWUZAK.js";import"./chunk-HYCMHHYM.js";import"./chunk-VB2FS6WN.js";import"./chunk-EMTFSRO2.js";var Y=$(100);function P(e){let t=e.split(",").map(o=>o.trim()),n=[];for(let[o,s]of t.entries()){let i=Z(s);if(!b(Y,s)||!b(N,i))return{ok:!1,reason:`"${s}" gives no id such as event-emitter.`};if(n.some(r=>r.id===i))return{ok:!1,reason:`"${i}" is there twice.`};n.push({id:i,name:s,prompt:o+1})}return{ok:!0,modules:n}}function Z(e){return e.normalize("NFKD").replace(new RegExp("\\p{M}","gu"),"").toLowerCase().replace(/[^a-z0-9]+/gu,"-").replace(/^-+|-+$/gu,"")}function R(e,t,n){let{url:o,owner:s}=e,i=s==="local"?"Settings":`${o}/settings`,[r]=n,a=`session:${r?.id??"<module>"}`;return["Write the specification: replace what stands in brackets in the prompts and the context handoffs.","Look at `verification` in the config: are these the commands your project is checked by?",`Commit everything and push it to ${t}.`,`Turn on "Allow GitHub Actions to create and approve pull requests": ${i}${s==="local"?" \u2192 Actions \u2192 General \u2192 Workflow permissions":"/actions"}.`,`Require the status check "sessionwright / verification" on ${t} by a ruleset: ${i}${s==="local"?" \u2192 Rules \u2192 Rulesets":"/rules"}. It passes by itself on what is no session.`,`Create the label ${a} and put it on any issue, with the GitHub CLI: gh label create ${a} && gh issue create --title "Start" --body "" --label ${a}.`,"Answer in that issue: the session\u2019s pull request. docs/coders.md tells how a coder is called."]}var L=`# Coding agent

The coding agent works one session: one module, one attempt, one branch. Its orders are in the orchestration document
\`orchestration-docs/session-<module>-<attempt>.md\`.

## Rules

1. Read the document and the three sources it links before writing code. The sources are read-only; what they leave open
   is a reason to ask or to halt, not a choice to make in silence.
2. Write the files under "Files to Create". Leave other modules, \`.github/\` and \`implementation-state.json\` alone.
3. Run the verification protocol before pushing. The check on the pull request decides, not anyone's word: a report says
   what was run, never what ought to pass.
4. The check is red? Read what it names, fix the cause and push again. Weakening a test, a type or a lint rule fixes
   nothing.
5. Cannot go on without guessing? HALT, as \`planning-agent.md\` tells.

## Implementation report

One file, \`orchestration-docs/reports/<module>-<attempt>.md\`, brought up to date with every push. The verification holds
it against the block below and names what is missing: a key of the front matter, a heading, a section that is empty or
still holds the words in brackets. Further sections are welcome. Module, session and attempt are those of the document's
"Session Metadata". A repository that wants other keys or headings changes this block; a heading that ends in
"(optional)" may be left out.

\`\`\`markdown
---
module: [module-id]
session: [session-id]
attempt: [N]
---

# Implementation: [Module Name]

## Summary

[What was built, in two or three sentences.]

## Files

| File   | Purpose                          |
| :----- | :------------------------------- |
| [path] | [what it is for; new or changed] |

## Decisions

- [A choice the specification left open, what was chosen, and why; or "None"]

## Verification

| Command   | Result                                        |
| :-------- | :-------------------------------------------- |
| [command] | [passed, failed or not run, and what it said] |

## Known limits

- [What the next reader should know; or "None"]
\`\`\`

## Claim

Optional when the work is done; needed for a HALT. One JSON file, \`orchestration-docs/claims/<module>-<attempt>.json\`,
in the shape the document shows under "Deliverables" and "On HALT". A claim asks; it proves nothing.
`;var I=`# Planning agent

The planning agent turns the spec pack into sessions and answers what a coder could not decide. Sessionwright does the
first part: it writes one orchestration document for each attempt. The second part is the work of whoever answers
escalations, a person or an agent, and this page is for both sides of it.

## When to HALT

| What stands in the way                            | Failure type           | Goes to        |
| :------------------------------------------------ | :--------------------- | :------------- |
| A type is referenced but not defined              | \`missing-type\`         | planning agent |
| The specification has more than one valid reading | \`spec-ambiguity\`       | phase 1 review |
| A test asks for behaviour that nothing specifies  | \`impossible-assertion\` | phase 1 review |

Do not guess and do not work around it: a wrong guess costs an attempt and hides the gap from everybody who builds on
the module. What a coder can mend alone, a type error, a red test, a lint error, is no reason to HALT.

## Escalation report

One file, \`orchestration-docs/reports/<module>-<attempt>-escalation.md\`, pushed together with the claim
\`orchestration-docs/claims/<module>-<attempt>.json\`, which is what halts the session. The escalation issue has the
headings of the block below, with what is known under them; it quotes the report, and names what that lacks. Module,
session and attempt are those of the document's "Session Metadata". A repository that wants other keys or headings
changes this block; a heading that ends in "(optional)" may be left out.

\`\`\`markdown
---
module: [module-id]
session: [session-id]
attempt: [N]
failureType: [missing-type, spec-ambiguity or impossible-assertion]
---

# Escalation: [Module Name]

## What is blocked

[One sentence: what cannot be built.]

## Evidence

- [Where it shows: file and line, the sentence of the specification, the command and its message]

## What was tried

- [What was tried, and why it does not settle the question]

## Question

[The one question whose answer lets the work go on.]

## Options

- [A possible answer and what follows from it; say which one you would take]
\`\`\`

## Answering one

1. Answer in the specification, on the base branch, where it is wrong or silent. The code of the session that halted is
   not the place.
2. Write what was decided, and where it now stands, as the last comment of the issue. The next attempt's document quotes
   that comment, so write it for a reader who knows nothing else.
3. Close the issue as completed. The module starts again by itself, as its next attempt, once its gates pass. Closed as
   not planned or as a duplicate, it stays blocked.
`;var ne="https://raw.githubusercontent.com/sessionwright/sessionwright/v0",oe="https://github.com/sessionwright/sessionwright/blob/v0/docs/configuration.md",se={mocha:'npm test -- --grep "{{module.className}}"',jest:'npm test -- -t "{{module.className}}"',vitest:'npm test -- --run -t "{{module.className}}"',script:"npm test"};function q(e,t){return[`# yaml-language-server: $schema=${ne}/schemas/config.schema.json`,`# Every key, its default and its limits: ${oe}`,"version: 1","",...re(t),"","# What a session's head must pass. The attempt's document shows these commands to the coder.","verification:",...ie(t).flatMap(ae),"",...le(t),"modules:",...e.flatMap(ce),""].join(`
`)}function re({typescript:e}){let t="# Run once on each commit of the base; a session starts only where they pass.";return e?[t,"gates:","  - id: base-compiles","    name: The base compiles","    run: npx tsc --noEmit -p ."]:[t,"gates: []"]}function ie({typescript:e,lint:t,test:n}){return[e&&{id:"typecheck",name:"Type check",run:"npx tsc --noEmit -p .",failure:"type-error"},t&&{id:"lint",name:"Lint",run:"npm run lint",failure:"lint-error"},(n!==null||!(e||t))&&{id:"test",name:"Tests",run:se[n??"script"],failure:"test-failure"}].filter(s=>s!==!1)}function ae({id:e,name:t,run:n,failure:o}){return[`  - id: ${e}`,`    name: ${t}`,`    run: ${n}`,`    failure: ${o}`]}function le({kind:e,typescript:t}){return e==="empty"||t?[]:["# Files every module has to create, such as { path: src/[module-name]/index.js }.","deliverables: []",""]}function ce({id:e,name:t,prompt:n}){return[`  ${e}:`,`    name: ${JSON.stringify(t)}`,`    prompt: ${n}`,"    types: [Result]"]}function D(e){return`# Implementation prompts

One prompt per module. The prompt, the module's context handoff and the shared types are all that a coder gets: where
they leave something open, it halts and asks. Sessions do not change this file.

${e.map(({name:n,prompt:o})=>`## Prompt ${o}: ${n}

### Purpose

[What the module is for, in one or two sentences.]

### Public API

[Its functions or classes with their types, and what each promises.]

### Behaviour

[Each rule in one sentence that a test can hold it to; what happens with wrong input.]

### Acceptance tests

- [Given \u2026 when \u2026 then \u2026]
`).join(`
`)}`}function _(){return`/**
 * The types that modules share. A module names those it uses in the config, under \`types\`, and its document then
 * links their lines. Sessions do not change this file.
 */

/** What may fail says so in its type. */
export type Result<T, E = Error> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };
`}function H({id:e,name:t,prompt:n}){return`# Context handoff: ${t}

## Scope

In: \`${e}\`. [What of the repository belongs to it.]

Out: [What it leaves to others.]

## Assumptions

- [What the coder may rely on.]

## Verification

- [What shows that prompt ${n} is done, beside the commands.]
`}var z=`name: Sessions

on:
  issues:
    types: [labeled, closed, reopened]
  issue_comment:
    types: [created]
  # The workflow and the rules come from the base, never from the branch that is judged; the job that runs the branch's
  # code holds no secret and no token that can write.
  pull_request_target: # zizmor: ignore[dangerous-triggers]
    types: [opened, synchronize, reopened, closed, labeled]
  push:
    branches: [main]
  merge_group:
    types: [checks_requested]
  repository_dispatch:
    types: [sessionwright]
  schedule:
    - cron: '17 * * * *'
  workflow_dispatch:
    inputs:
      module:
        description: Module to start
        type: string
      pull-request:
        description: Session pull request to verify
        type: string

permissions: {}

jobs:
  sessions:
    name: Sessions
    permissions:
      actions: write # starts this workflow again for commands that are due
      checks: write # sessionwright / verification, gates and base
      contents: write # the session's branch and the state branch
      issues: write # replies, escalations, the dashboard
      pull-requests: write # the session's pull request
    # Better still the commit of a release that you have read, which no one can move.
    uses: sessionwright/sessionwright/.github/workflows/sessions.yml@v0 # zizmor: ignore[unpinned-uses]
    with:
      setup: npm ci
`;var he=`      setup: npm ci
`,pe=new Map([["package-lock.json","npm ci"],["pnpm-lock.yaml","corepack enable && pnpm install --frozen-lockfile"],["yarn.lock","corepack enable && yarn install --immutable"]]);function J(e,t){return z.replace("branches: [main]",()=>`branches: [${JSON.stringify(e)}]`).replace('branches: ["main"]',"branches: [main]").replace(he,()=>me(t))}function me({kind:e,lockFile:t}){let n=pe.get(t??"");return n!==void 0?`      setup: ${n}
`:e==="other"?`      setup: 'true' # in its place, what installs what the commands need
`:["      # There may be nothing to install yet; the first session may bring it.","      setup: |","        if [ -f package-lock.json ]; then npm ci","        elif [ -f package.json ]; then npm install","        fi",""].join(`
`)}function G(e){let{configPath:t,base:n,project:o,modules:s,config:i}=e,r=i?.paths??T;return[{path:t,text:q(s,o)},{path:".github/workflows/sessions.yml",text:J(n,o)},{path:r.prompts,text:D(s)},{path:r.types,text:_()},...s.map(a=>({path:`${r.handoffs}/${a.id}.md`,text:H(a)})),{path:r.planningAgent,text:I},{path:r.codingAgent,text:L}]}var ue=["package-lock.json","pnpm-lock.yaml","yarn.lock"],fe=["pyproject.toml","go.mod","Cargo.toml","pom.xml","build.gradle","Gemfile"],U="no test specified",ge=M({scripts:m(u(h(),h()),{}),dependencies:m(u(h(),h()),{}),devDependencies:m(u(h(),h()),{})});function B({names:e,packageJson:t}){let n=O(ge,ke(t??"{}")),{scripts:o,dependencies:s,devDependencies:i}=n.success?n.output:{scripts:{},dependencies:{},devDependencies:{}},r=new Map(Object.entries({...s,...i})),a=new Map(Object.entries(o)),l=a.get("test")??U;return{kind:we(e),typescript:e.has("tsconfig.json")&&r.has("typescript"),lint:a.has("lint"),test:l.includes(U)?null:ye(l),lockFile:ue.find(c=>e.has(c))??null}}function we(e){return e.has("package.json")?"node":fe.some(t=>e.has(t))?"other":"empty"}function ye(e){return["mocha","jest","vitest"].find(t=>e.startsWith(t))??"script"}function ke(e){try{return JSON.parse(e)}catch{return{}}}import{mkdir as be,writeFile as ve}from"node:fs/promises";import j from"node:path";async function K(e,t,{here:n,overwrite:o}){let[s,i]=[[],[]];for(let{path:r,text:a}of t){let l=await n.read(r);if(l!==null&&new TextDecoder().decode(l)===a||l!==null&&!await o(r)){i.push(r);continue}await be(j.dirname(j.join(e,r)),{recursive:!0}),await ve(j.join(e,r),a),s.push(r)}return{written:s,kept:i}}var V="First Module";async function dt(e,t){let{io:n,directory:o,configPath:s}=e,i=await C(o,s,n.env),r=F(i.root),a=await Pe(e,t),l=await je(r,s),c=l===null?await Te(a,t):xe(l),p=t.base??l?.base??i.repository.defaultBranch,f=await $e(r),g=G({configPath:s,base:p,project:f,modules:c,config:l}),d=await K(i.root,g,{here:r,overwrite:async w=>t.force||await Oe(a,w)});return Ne(e,{checkout:i,here:r,base:p,modules:c,done:d})}async function Pe({io:e,json:t},{yes:n}){if(n)return null;if(e.interactive&&!t)return e.asker();throw new k("There is nobody here who could answer questions.",'Add --yes, and --modules "Event Emitter, Plex Authentication" for other modules than the default.')}async function je(e,t){let n=await v(e,t),o=n===null?null:S(n,t);return o?.ok===!0?o.value:null}function xe({modules:e}){return[...e.values()].map(({id:t,name:n,prompt:o})=>({id:t,name:n,prompt:o}))}async function Te(e,{modules:t}){let n=t??(e===null?V:await Me(e)),o=P(n);if(o.ok)return o.modules;throw new k(o.reason,"Write their names with commas between them.")}async function Me(e){return await e.text("Which modules are to be built? Names, with commas between them",{initial:V,check:n=>{let o=P(n);return o.ok?null:o.reason}})??Q()}async function Oe(e,t){return e===null?!1:await e.confirm(`${t} is there already. Overwrite it?`,!1)??Q()}function Q(){throw x.of("stopped",{})}async function $e(e){let[t,n]=await Promise.all([e.list("."),v(e,"package.json")]);return B({names:new Set(t),packageJson:n})}async function Ne(e,{checkout:t,here:n,base:o,modules:s,done:i}){let{source:r}=await W(n,e.configPath),{problems:a}=A(r),l=R(t.repository,o,s),{bold:c,dim:p,green:f}=e.colours,g=[[...i.written.map(d=>`${f("+")} ${d}`),...i.kept.map(d=>p(`  ${d} is there already and stays`))].join(`
`),...a.length===0?[]:[E(a,e)],[c("Next"),...l.map((d,w)=>`${w+1}. ${d}`)].join(`
`)].join(`

`);return{exitCode:a.length===0?y.ok:y.problems,text:g,data:{command:"init",...i,problems:a,next:l}}}export{dt as init};
