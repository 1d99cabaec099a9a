import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as R}from"./chunk-6HUJJT6E.js";import{a as T,b}from"./chunk-VVYO27MY.js";import{b as M}from"./chunk-ELMIAWSF.js";import"./chunk-YJPSRRJ5.js";import"./chunk-6QFLLESU.js";import"./chunk-X4R7TKT4.js";import{a as W}from"./chunk-IRUVRYAO.js";import{a as E}from"./chunk-IE45MWJX.js";import{a as F}from"./chunk-KCLJUA5F.js";import"./chunk-PCP5UYAV.js";import"./chunk-JWXWUZAK.js";import"./chunk-HYCMHHYM.js";import{a as _}from"./chunk-L3TVLTJP.js";import"./chunk-IMTW54TY.js";import{a as q}from"./chunk-P55B7JRJ.js";import{a as H,c as m}from"./chunk-DQWRVUJU.js";import"./chunk-KWOCKRC6.js";import"./chunk-QOTCTWMK.js";import{c as C,e as $}from"./chunk-HT55FX3K.js";import{e as d}from"./chunk-AINQEWMA.js";import"./chunk-OXUTRUU4.js";import"./chunk-OIC4U6CL.js";import{A as h,G as A,l as g,v as N,w as k,y as v}from"./chunk-JIL2LCVM.js";import"./chunk-VB2FS6WN.js";import"./chunk-EMTFSRO2.js";var z=C(100);function O(e){let t=e.split(",").map(s=>s.trim()),o=[];for(let[s,n]of t.entries()){let a=G(n);if(!g(z,n)||!g($,a))return{ok:!1,reason:`"${n}" gives no id such as event-emitter.`};if(o.some(r=>r.id===a))return{ok:!1,reason:`"${a}" is there twice.`};o.push({id:a,name:n,prompt:s+1})}return{ok:!0,modules:o}}var de=/^prompt\s+#?\d+\s*[:.)–—-]*\s*/iu;function L(e,t){let o=[],s=[...F(e,t).prompts.values()];for(let{number:n,heading:a}of s.toSorted((r,l)=>r.number-l.number)){let r=a.replace(de,""),l=G(r),i=g(z,r)&&g($,l)&&o.every(p=>p.id!==l),c={id:`prompt-${n}`,name:`Prompt ${n}`};o.push({...i?{id:l,name:r}:c,prompt:n})}return o}function G(e){return e.normalize("NFKD").replace(new RegExp("\\p{M}","gu"),"").toLowerCase().replace(/[^a-z0-9]+/gu,"-").replace(/^-+|-+$/gu,"")}function f(){throw M.of("stopped",{})}var K="First Module";async function D(e,t,{modules:o}){if(o!==void 0)return I(o);let s=await m(t,d.prompts),n=s===null?[]:L(s,d.prompts);return n.length>0&&await ue(e,n)?n:I(e===null?K:await he(e))}async function ue(e,t){if(e===null)return!0;let o=t.map(({name:n})=>n).join(", "),s=`${d.prompts} has a prompt for each of: ${o}. Are these the modules?`;return await e.confirm(s,!0)??f()}async function he(e){return await e.text("Which modules are to be built? Names, with commas between them",{initial:K,check:o=>{let s=O(o);return s.ok?null:s.reason}})??f()}function I(e){let t=O(e);if(t.ok)return t.modules;throw new b(t.reason,"Write their names with commas between them.")}var pe=/^(?:(?:ssh\.)?github\.com|[\w-]+\.ghe\.com)$/u;function U(e){let{hostname:t}=new URL(e);return pe.test(t)||!t.includes(".")?"cloud":"server"}function B({remote:e,repository:{url:t}},{base:o,on:s,modules:n}){let[a,r]=e===null?["Settings \u2192 Actions \u2192 General \u2192 Workflow permissions","Settings \u2192 Rules \u2192 Rulesets"]:[`${t}/settings/actions`,`${t}/settings/rules`],[l]=n,i=`session:${l?.id??"<module>"}`;return["Write the specification: replace what stands in brackets in the prompts and the context handoffs.","Look at `verification` in the config: are these the commands your project is checked by?",...s==="server"?[me]:[],`Commit everything and push it to ${o}; sessionwright validate tells what is wrong before.`,`Turn on "Allow GitHub Actions to create and approve pull requests": ${a}.`,`Require the status check "sessionwright / verification" on ${o} by a ruleset: ${r}. It passes by itself on what is no session.`,`Create the label ${i} and put it on any issue, with the GitHub CLI: gh label create ${i} && gh issue create --title "Start" --body "" --label ${i}.`,`Answer in that issue: the session\u2019s pull request. How a coder is called: ${J}/coders.md.`]}var J="https://github.com/sessionwright/sessionwright/blob/v0/docs",me=`Let the server reach the actions by GitHub Connect or a copy, and write into the workflow which runners it has: ${J}/workflows.md#github-enterprise-server.`;var V=`# Coding agent

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
`;var Q=`# Planning agent

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
`;var we="https://raw.githubusercontent.com/sessionwright/sessionwright/v0",ye="https://github.com/sessionwright/sessionwright/blob/v0/docs/configuration.md",be={mocha:'npm test -- --grep "{{module.className}}"',jest:'npm test -- -t "{{module.className}}"',vitest:'npm test -- --run -t "{{module.className}}"',script:"npm test"};function X(e,t,{ownTypes:o}){return[`# yaml-language-server: $schema=${we}/schemas/config.schema.json`,`# Every key, its default and its limits: ${ye}`,"version: 1","",...ke(t),"","# What a session's head must pass. The attempt's document shows these commands to the coder.","verification:",...ve(t).flatMap(Pe),"",...xe(t),"# Beside these: `depends-on`, the modules that must be complete before, and `types`, the shared types it uses.","modules:",...e.flatMap(s=>je(s,o)),""].join(`
`)}function ke({typescript:e}){let t="# Run once on each commit of the base; a session starts only where they pass.";return e?[t,"gates:","  - id: base-compiles","    name: The base compiles","    run: npx tsc --noEmit -p ."]:[t,"gates: []"]}function ve({typescript:e,lint:t,test:o}){return[e&&{id:"typecheck",name:"Type check",run:"npx tsc --noEmit -p .",failure:"type-error"},t&&{id:"lint",name:"Lint",run:"npm run lint",failure:"lint-error"},(o!==null||!(e||t))&&{id:"test",name:"Tests",run:be[o??"script"],failure:"test-failure"}].filter(n=>n!==!1)}function Pe({id:e,name:t,run:o,failure:s}){return[`  - id: ${e}`,`    name: ${t}`,`    run: ${o}`,`    failure: ${s}`]}function xe({kind:e,typescript:t}){return e==="empty"||t?[]:["# Files every module has to create, such as { path: src/[module-name]/index.js }.","deliverables: []",""]}function je({id:e,name:t,prompt:o},s){return[`  ${e}:`,`    name: ${JSON.stringify(t)}`,`    prompt: ${o}`,...s?["    types: [Result]"]:[]]}function Y(e){return`# Implementation prompts

One prompt per module. The prompt, the module's context handoff and the shared types are all that a coder gets: where
they leave something open, it halts and asks. Sessions do not change this file.

${e.map(({name:o,prompt:s})=>`## Prompt ${s}: ${o}

### Purpose

[What the module is for, in one or two sentences.]

### Public API

[Its functions or classes with their types, and what each promises.]

### Behaviour

[Each rule in one sentence that a test can hold it to; what happens with wrong input.]

### Acceptance tests

- [Given \u2026 when \u2026 then \u2026]
`).join(`
`)}`}function P(){return`/**
 * The types that modules share. A module names those it uses in the config, under \`types\`, and its document then
 * links their lines. Sessions do not change this file.
 */

/** What may fail says so in its type. */
export type Result<T, E = Error> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };
`}function Z({id:e,name:t,prompt:o}){return`# Context handoff: ${t}

## Scope

In: \`${e}\`. [What of the repository belongs to it.]

Out: [What it leaves to others.]

## Assumptions

- [What the coder may rely on.]

## Verification

- [What shows that prompt ${o} is done, beside the commands.]
`}var ee=`# For GitHub Enterprise Server: the whole workflow in one file, since neither \`queue: max\` nor a reusable workflow of
# github.com exists there. The action comes by GitHub Connect, or from a copy on the server: docs/workflows.md.
name: Sessions

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
    # Every quarter of an hour, since a run that waits for its turn may be dropped: the next one makes up for it.
    - cron: '7,22,37,52 * * * *'
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
  verify:
    # Runs go side by side: each head and each request has its own, and none of them may be dropped.
    name: Verify # zizmor: ignore[concurrency-limits]
    # What cannot concern a session ends here, before a runner starts. Every pull request is looked at when it is opened
    # or pushed to: the required check would block it for ever if nothing reported it.
    if: >-
      (github.event_name != 'issues' || github.event.action != 'labeled' ||
        startsWith(github.event.label.name, 'session:')) &&
      (github.event_name != 'issues' || github.event.action == 'labeled' ||
        contains(github.event.issue.labels.*.name, 'sessionwright') ||
        contains(github.event.issue.body, '<!-- sessionwright:escalation')) &&
      (github.event_name != 'issue_comment' ||
        contains(github.event.comment.body, '/session')) &&
      (github.event_name != 'pull_request_target' || github.event.action != 'labeled' ||
        startsWith(github.event.label.name, 'session:')) &&
      (github.event_name != 'pull_request_target' || github.event.action != 'closed' ||
        startsWith(github.event.pull_request.head.ref, 'session/'))
    runs-on: [self-hosted, linux] # zizmor: ignore[self-hosted-runner] a server has no others; have them made anew for each job
    permissions:
      checks: read # what was said of a head before
      contents: read # config, spec pack, state; the commit to verify
      issues: read # the label, the escalation
      pull-requests: read # the session's pull request
    outputs:
      plan: \${{ steps.plan.outputs.plan }}
      verification: \${{ steps.verify.outputs.verification }}
    steps:
      - name: Plan
        id: plan
        uses: sessionwright/sessionwright@v0 # zizmor: ignore[unpinned-uses] or, better, the commit of a release that you have read
        with:
          mode: plan
          github-token: \${{ github.token }}
      - name: Check out
        if: steps.plan.outputs.sha != ''
        uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          ref: \${{ steps.plan.outputs.sha }}
          persist-credentials: false
      - name: Set up Node.js
        if: steps.plan.outputs.sha != ''
        uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: 24
          package-manager-cache: false # the branch's code could poison it for others
      - name: Verify
        id: verify
        if: steps.plan.outputs.sha != ''
        uses: sessionwright/sessionwright@v0 # zizmor: ignore[unpinned-uses] or, better, the commit of a release that you have read
        with:
          mode: verify
          plan: \${{ steps.plan.outputs.plan }}
          setup: npm ci

  orchestrate:
    name: Orchestrate
    needs: verify
    # Also after a verify job that failed: its silence is a result.
    if: \${{ !cancelled() && needs.verify.result != 'skipped' }}
    runs-on: [self-hosted, linux] # zizmor: ignore[self-hosted-runner] a server has no others; have them made anew for each job
    timeout-minutes: 30
    permissions:
      actions: write # starts this workflow again for commands that are due
      checks: write # sessionwright / verification, gates and base
      contents: write # the session's branch and the state branch
      issues: write # replies, escalations, the dashboard
      pull-requests: write # the session's pull request
    # One after another; of those that wait the server keeps the latest.
    concurrency:
      group: sessionwright
      cancel-in-progress: false
    steps:
      - name: Orchestrate
        uses: sessionwright/sessionwright@v0 # zizmor: ignore[unpinned-uses] or, better, the commit of a release that you have read
        with:
          mode: orchestrate
          github-token: \${{ github.token }}
          # Optional: what some ways of calling a coder need (docs/coders.md); empty where there is no such secret. An
          # environment would keep nobody out, since this job runs on sessions' branches too.
          handoff-token: \${{ secrets.SESSIONWRIGHT_HANDOFF_TOKEN }} # zizmor: ignore[secrets-outside-env]
          plan: \${{ needs.verify.outputs.plan }}
          verification: \${{ needs.verify.outputs.verification }}
`;var te=`name: Sessions

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
`;var Oe={cloud:te,server:ee},Se=/^( *)setup: npm ci\n/mu,Me=new Map([["package-lock.json","npm ci"],["pnpm-lock.yaml","corepack enable && pnpm install --frozen-lockfile"],["yarn.lock","corepack enable && yarn install --immutable"]]);function oe(e,t,o){return Oe[o].replace("branches: [main]",()=>`branches: [${JSON.stringify(e)}]`).replace('branches: ["main"]',"branches: [main]").replace(Se,(s,n)=>Ne(t).map(a=>`${n}${a}
`).join(""))}function Ne({kind:e,lockFile:t}){let o=Me.get(t??"");return o!==void 0?[`setup: ${o}`]:e==="other"?["setup: 'true' # in its place, what installs what the commands need"]:["# There may be nothing to install yet; the first session may bring it.","setup: |","  if [ -f package-lock.json ]; then npm ci","  elif [ -f package.json ]; then npm install","  fi"]}function se(e){let{configPath:t,base:o,on:s,project:n,modules:a,ownTypes:r,config:l}=e,i=l?.paths??d;return[{path:t,text:X(a,n,{ownTypes:r})},{path:".github/workflows/sessions.yml",text:oe(o,n,s)},{path:i.prompts,text:Y(a)},{path:i.types,text:P()},...a.map(c=>({path:`${i.handoffs}/${c.id}.md`,text:Z(c)})),{path:i.planningAgent,text:Q},{path:i.codingAgent,text:V}]}var Ae=["package-lock.json","pnpm-lock.yaml","yarn.lock"],Ce=["pyproject.toml","go.mod","Cargo.toml","pom.xml","build.gradle","Gemfile"],ne="no test specified",Ee=N({scripts:k(v(h(),h()),{}),dependencies:k(v(h(),h()),{}),devDependencies:k(v(h(),h()),{})});function re({names:e,packageJson:t}){let o=A(Ee,_e(t??"{}")),{scripts:s,dependencies:n,devDependencies:a}=o.success?o.output:{scripts:{},dependencies:{},devDependencies:{}},r=new Map(Object.entries({...n,...a})),l=new Map(Object.entries(s)),i=l.get("test")??ne;return{kind:Fe(e),typescript:e.has("tsconfig.json")&&r.has("typescript"),lint:l.has("lint"),test:i.includes(ne)?null:We(i),lockFile:Ae.find(c=>e.has(c))??null}}function Fe(e){return e.has("package.json")?"node":Ce.some(t=>e.has(t))?"other":"empty"}function We(e){return["mocha","jest","vitest"].find(t=>e.startsWith(t))??"script"}function _e(e){try{return JSON.parse(e)}catch{return{}}}import{mkdir as qe,writeFile as He}from"node:fs/promises";import S from"node:path";async function ie(e,t,{here:o,overwrite:s}){let[n,a]=[[],[]];for(let{path:r,text:l}of t){let i=await o.read(r);if(i!==null&&new TextDecoder().decode(i)===l||i!==null&&!await s(r)){a.push(r);continue}await qe(S.dirname(S.join(e,r)),{recursive:!0}),await He(S.join(e,r),l),n.push(r)}return{written:n,kept:a}}async function Lt(e,t){let{io:o,directory:s,configPath:n}=e,a=await _(s,n,o.env),r=q(a.root),l=await Re(e,t),i=await ze(r,n),c=i===null?await D(l,r,t):Le(i),p=t.base??i?.base??a.repository.defaultBranch,w=await Ge(l,a.repository.url,t),x=await Ke(r),y=await m(r,d.types),u=y===null||y===P(),j=se({configPath:n,base:p,on:w,project:x,modules:c,ownTypes:u,config:i}),ae=await ie(a.root,j,{here:r,overwrite:async le=>t.force||await Ie(l,le)});return De(e,{checkout:a,here:r,base:p,on:w,modules:c,done:ae})}async function Re({io:e,json:t},{yes:o}){if(o)return null;if(e.interactive&&!t)return e.asker();throw new b("There is nobody here who could answer questions.",'Add --yes, and --modules "Event Emitter, Plex Authentication" for other modules than the default.')}async function ze(e,t){let o=await m(e,t),s=o===null?null:E(o,t);return s?.ok===!0?s.value:null}function Le({modules:e}){return[...e.values()].map(({id:t,name:o,prompt:s})=>({id:t,name:o,prompt:s}))}async function Ge(e,t,{ghes:o}){if(o!==void 0)return o?"server":"cloud";let s=U(t);if(s==="cloud"||e===null)return s;let n=`Is ${new URL(t).host} a GitHub Enterprise Server?`;return await e.confirm(n,!0)??f()?"server":"cloud"}async function Ie(e,t){return e===null?!1:await e.confirm(`${t} is there already. Overwrite it?`,!1)??f()}async function Ke(e){let[t,o]=await Promise.all([e.list("."),m(e,"package.json")]);return re({names:new Set(t),packageJson:o})}async function De(e,{checkout:t,here:o,base:s,on:n,modules:a,done:r}){let{source:l}=await H(o,e.configPath),{problems:i}=W(l),c=B(t,{base:s,on:n,modules:a}),{bold:p,dim:w,green:x}=e.colours,y=[[...r.written.map(u=>`${x("+")} ${u}`),...r.kept.map(u=>w(`  ${u} is there already and stays`))].join(`
`),...i.length===0?[]:[R(i,e)],[p("Next"),...c.map((u,j)=>`${j+1}. ${u}`)].join(`
`)].join(`

`);return{exitCode:i.length===0?T.ok:T.problems,text:y,data:{command:"init",...r,problems:i,next:c}}}export{Lt as init};
