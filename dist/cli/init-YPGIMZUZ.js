import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as I,c as g}from"./chunk-VIKOF2VY.js";import"./chunk-KWOCKRC6.js";import"./chunk-QOTCTWMK.js";import{a as K}from"./chunk-QIS3ETRL.js";import"./chunk-X7FA7ULX.js";import{a as M,b as m}from"./chunk-PEUIQVI5.js";import{b as H}from"./chunk-ZP7LQFM7.js";import"./chunk-YJPSRRJ5.js";import{a as R}from"./chunk-7Q263MLU.js";import{a as q}from"./chunk-TQWXR5OS.js";import{c as F,e as S,f as _}from"./chunk-HC3EMEAH.js";import{e as u}from"./chunk-AINQEWMA.js";import"./chunk-OXUTRUU4.js";import"./chunk-OIC4U6CL.js";import{A as f,G as P,l as y,v as W,w as $,y as T}from"./chunk-JIL2LCVM.js";import{a as G}from"./chunk-KCLJUA5F.js";import"./chunk-PCP5UYAV.js";import"./chunk-JWXWUZAK.js";import"./chunk-HYCMHHYM.js";import"./chunk-VB2FS6WN.js";import{a as L}from"./chunk-HTJSGWVN.js";import"./chunk-IMTW54TY.js";import{a as z}from"./chunk-P55B7JRJ.js";import"./chunk-X4R7TKT4.js";import"./chunk-EMTFSRO2.js";var B=F(100);function A(e){let t=e.split(",").map(o=>o.trim()),n=[];for(let[o,s]of t.entries()){let i=J(s);if(!y(B,s)||!y(S,i))return{ok:!1,reason:`"${s}" gives no id such as event-emitter.`};if(n.some(r=>r.id===i))return{ok:!1,reason:`"${i}" is there twice.`};n.push({id:i,name:s,prompt:o+1})}return{ok:!0,modules:n}}var we=/^prompt\s+#?\d+\s*[:.)–—-]*\s*/iu;function U(e,t){let n=[],o=[...G(e,t).prompts.values()];for(let{number:s,heading:i}of o.toSorted((r,l)=>r.number-l.number)){let r=i.replace(we,""),l=J(r),a=y(B,r)&&y(S,l)&&n.every(d=>d.id!==l),c={id:`prompt-${s}`,name:`Prompt ${s}`};n.push({...a?{id:l,name:r}:c,prompt:s})}return n}function J(e){return e.normalize("NFKD").replace(new RegExp("\\p{M}","gu"),"").toLowerCase().replace(/[^a-z0-9]+/gu,"-").replace(/^-+|-+$/gu,"")}function w(){throw H.of("stopped",{})}var Q="First Module";async function X(e,t,{modules:n}){if(n!==void 0)return V(n);let o=await g(t,u.prompts),s=o===null?[]:U(o,u.prompts);return s.length>0&&await ye(e,s)?s:V(e===null?Q:await be(e))}async function ye(e,t){if(e===null)return!0;let n=t.map(({name:s})=>s).join(", "),o=`${u.prompts} has a prompt for each of: ${n}. Are these the modules?`;return await e.confirm(o,!0)??w()}async function be(e){return await e.text("Which modules are to be built? Names, with commas between them",{initial:Q,check:n=>{let o=A(n);return o.ok?null:o.reason}})??w()}function V(e){let t=A(e);if(t.ok)return t.modules;throw new m(t.reason,"Write their names with commas between them.")}var ke=/^(?:(?:ssh\.)?github\.com|[\w-]+\.ghe\.com)$/u;function Y(e){let{hostname:t}=new URL(e);return ke.test(t)||!t.includes(".")?"cloud":"server"}var N="`npx sessionwright validate` tells what is wrong before",Z=["git add --all",'git commit --message "chore: sessions"'];function ee(e,{base:t,on:n}){let{inGit:o,remote:s,repository:i}=e;if(s!==null){let{defaultBranch:a}=i;return t===a?[`Commit everything and push it to ${t}; ${N}.`]:[`Commit everything and push it to ${t}, and config and workflow to ${a} too, where GitHub looks for them; ${N}.`]}let[r,l]=o?["Commit everything",Z]:["Make a git repository of it",[`git init --initial-branch=${x(t)}`,...Z]];return[h(`${r}; ${N}:`,l),ve(e,{base:t,on:n})]}function ve(e,{base:t,on:n}){let o=`https://${n==="server"?"HOST":"github.com"}/OWNER/NAME.git`,[s,...i]=$e(e,t);if(e.hasOrigin)return h("The remote origin is no repository on GitHub. Give it the address of one:",[`git remote set-url origin ${o}`,s,...i]);let r=[`git remote add origin ${o}`,s,...i];if(n==="server")return h("Make an empty repository on the server, and push to it:",r);let[l,a]=[h("Make a repository on GitHub and push to it, with the GitHub CLI (--public for all to see):",["gh repo create --source . --private --push",...i]),h("or make an empty one at https://github.com/new, and then:",r)];return`${l}
${a}`}function $e({inGit:e,repository:t},n){let{defaultBranch:o}=t;return!e||n===o?[`git push --set-upstream origin ${x(n)}`]:[`git push --set-upstream origin ${x(`HEAD:${o}`)}`,`git push origin ${x(`HEAD:${n}`)}`]}function h(e,t){return[e,...t.map(n=>`  ${n}`)].join(`
`)}function x(e){return/^[\w./:-]+$/u.test(e)?e:`'${e.replaceAll("'",String.raw`'\''`)}'`}function te(e,{base:t,on:n,modules:o}){let{url:s}=e.repository,[i,r]=e.remote===null?["Settings \u2192 Actions \u2192 General \u2192 Workflow permissions","Settings \u2192 Rules \u2192 Rulesets"]:[`${s}/settings/actions`,`${s}/settings/rules`],[l]=o,a=`session:${l?.id??"ready"}`;return["Write the specification: replace what stands in brackets in the prompts and the context handoffs.","Look at `verification` in the config and at `setup` in the workflow: are these the commands your project is checked by, and do they find what they need?",...n==="server"?[Te]:[],...ee(e,{base:t,on:n}),`Turn on "Allow GitHub Actions to create and approve pull requests": ${i}`,`Require the status check "sessionwright / verification" on ${t} by a ruleset: ${r}
What is no session gets it at once, green.`,h("Create the label to ask with, and look whether all is set; with the GitHub CLI:",[`gh label create ${a}`,'GH_TOKEN="$(gh auth token)" npx sessionwright doctor']),`${h("Put the label on any issue:",[`gh issue create --title "Start" --body "" --label ${a}`])}
In that issue comes the answer: the session\u2019s pull request. How a coder is called: ${ne}/coders.md`]}var ne="https://github.com/sessionwright/sessionwright/blob/v0/docs",Te=`Let the server reach the actions by GitHub Connect or a copy, and write into the workflow which runners it has: ${ne}/workflows.md#github-enterprise-server`;var oe=`# Coding agent

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
`;var se=`# Planning agent

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
`;var je="https://raw.githubusercontent.com/sessionwright/sessionwright/v0",Oe="https://github.com/sessionwright/sessionwright/blob/v0/docs/configuration.md",Me={mocha:'npm test -- --grep "{{module.className}}"',jest:'npm test -- -t "{{module.className}}"',vitest:'npm test -- --run -t "{{module.className}}"',script:"npm test"};function re(e,t,{ownTypes:n,base:o}){return[`# yaml-language-server: $schema=${je}/schemas/config.schema.json`,`# Every key, its default and its limits: ${Oe}`,"version: 1",...o===null?[]:Se(o),"",...Ae(t),"","# What a session's head must pass. The attempt's document shows these commands to the coder.","verification:",...Ne(t).flatMap(Ce),"",...Ee(t),"# Beside these: `depends-on`, the modules that must be complete before, and `types`, the shared types it uses.","modules:",...e.flatMap(s=>He(s,n)),""].join(`
`)}function Se(e){return["# Sessions start from this branch. This file has to be on it, and on the default branch, where it is looked for first.",`base: ${JSON.stringify(e)}`]}function Ae({typescript:e}){let t="# Run once on each commit of the base; a session starts only where they pass.";return e?[t,"gates:","  - id: base-compiles","    name: The base compiles","    run: npx tsc --noEmit -p ."]:[t,"gates: []"]}function Ne({typescript:e,lint:t,test:n,otherTest:o}){return[e&&{id:"typecheck",name:"Type check",run:"npx tsc --noEmit -p .",failure:"type-error"},t&&{id:"lint",name:"Lint",run:"npm run lint",failure:"lint-error"},(n!==null||!(e||t))&&{id:"test",name:"Tests",run:o??Me[n??"script"],failure:"test-failure"}].filter(i=>i!==!1)}function Ce({id:e,name:t,run:n,failure:o}){return[`  - id: ${e}`,`    name: ${t}`,`    run: ${n}`,`    failure: ${o}`]}function Ee({kind:e,typescript:t}){return e==="empty"||t?[]:["# Files every module has to create, such as { path: src/[module-name]/index.js }.","deliverables: []",""]}function He({id:e,name:t,prompt:n},o){return[`  ${e}:`,`    name: ${JSON.stringify(t)}`,`    prompt: ${n}`,...o?["    types: [Result]"]:[]]}function ie(e){return`# Implementation prompts

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
`)}`}function j(){return`/**
 * The types that modules share. A module names those it uses in the config, under \`types\`, and its document then
 * links their lines. Sessions do not change this file.
 */

/** What may fail says so in its type. */
export type Result<T, E = Error> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };
`}function ae({id:e,name:t,prompt:n}){return`# Context handoff: ${t}

## Scope

In: \`${e}\`. [What of the repository belongs to it.]

Out: [What it leaves to others.]

## Assumptions

- [What the coder may rely on.]

## Verification

- [What shows that prompt ${n} is done, beside the commands.]
`}var le=`# For GitHub Enterprise Server: the whole workflow in one file, since neither \`queue: max\` nor a reusable workflow of
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
`;var ce=`name: Sessions

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
`;var _e={cloud:ce,server:le},qe=/^( *)setup: npm ci\n/mu,Ge=new Map([["package-lock.json","npm ci"],["pnpm-lock.yaml","corepack enable && pnpm install --frozen-lockfile"],["yarn.lock","corepack enable && yarn install --immutable"]]);function de(e,t,n){return _e[n].replace("branches: [main]",()=>`branches: [${JSON.stringify(e)}]`).replace('branches: ["main"]',"branches: [main]").replace(qe,(o,s)=>Re(t).map(i=>`${s}${i}
`).join(""))}function Re({kind:e,lockFile:t}){let n=Ge.get(t??"");return n!==void 0?[`setup: ${n}`]:e==="other"?["setup: 'true' # in its place, what installs what the commands need"]:["# There may be nothing to install yet; the first session may bring it.","setup: |","  if [ -f package-lock.json ]; then npm ci","  elif [ -f package.json ]; then npm install","  fi"]}function ue(e){let{configPath:t,base:n,defaultBranch:o,on:s,project:i,modules:r,ownTypes:l,config:a}=e,c=a?.paths??u;return[{path:t,text:re(r,i,{ownTypes:l,base:n===o?null:n})},{path:".github/workflows/sessions.yml",text:de(n,i,s)},{path:c.prompts,text:ie(r)},{path:c.types,text:j()},...r.map(d=>({path:`${c.handoffs}/${d.id}.md`,text:ae(d)})),{path:c.planningAgent,text:se},{path:c.codingAgent,text:oe}]}var Le=["package-lock.json","pnpm-lock.yaml","yarn.lock"],ze=new Map([["pyproject.toml","python -m pytest"],["go.mod","go test ./..."],["Cargo.toml","cargo test"],["pom.xml","mvn --batch-mode test"],["build.gradle","./gradlew test"],["build.gradle.kts","./gradlew test"],["Gemfile","bundle exec rake test"]]),he="no test specified",Ie=W({scripts:$(T(f(),f()),{}),dependencies:$(T(f(),f()),{}),devDependencies:$(T(f(),f()),{})});function pe({names:e,packageJson:t}){let n=P(Ie,Be(t??"{}")),{scripts:o,dependencies:s,devDependencies:i}=n.success?n.output:{scripts:{},dependencies:{},devDependencies:{}},r=new Map(Object.entries({...s,...i})),l=new Map(Object.entries(o)),a=l.get("test")??he;return{...Ke(e),typescript:e.has("tsconfig.json")&&r.has("typescript"),lint:l.has("lint"),test:a.includes(he)?null:De(a),lockFile:Le.find(c=>e.has(c))??null}}function Ke(e){if(e.has("package.json"))return{kind:"node",otherTest:null};let[t=null]=[...ze].flatMap(([n,o])=>e.has(n)?[o]:[]);return{kind:t===null?"empty":"other",otherTest:t}}function De(e){return["mocha","jest","vitest"].find(t=>e.startsWith(t))??"script"}function Be(e){try{return JSON.parse(e)}catch{return{}}}import{mkdir as Ue,writeFile as Je}from"node:fs/promises";import C from"node:path";async function me(e,t,{here:n,overwrite:o}){let[s,i]=[[],[]];for(let{path:r,text:l}of t){let a=await n.read(r);if(a!==null&&new TextDecoder().decode(a)===l||a!==null&&!await o(r)){i.push(r);continue}await Ue(C.dirname(C.join(e,r)),{recursive:!0}),await Je(C.join(e,r),l),s.push(r)}return{written:s,kept:i}}async function nn(e,t){let{io:n,directory:o,configPath:s}=e,i=await L(o,s,n.env),r=z(i.root),l=await Ve(e,t),a=await Xe(r,s),c=Ye(a,t)??await X(l,r,t),{defaultBranch:d}=i.repository,b=Qe(a,d,t),k=await Ze(l,i.repository.url,t),E=await tt(r),v=await g(r,u.types),p=v===null||v===j(),O=ue({configPath:s,base:b,defaultBranch:d,on:k,project:E,modules:c,ownTypes:p,config:a}),fe=await me(i.root,O,{here:r,overwrite:async ge=>t.force||await et(l,ge)});return nt(e,{checkout:i,here:r,base:b,on:k,modules:c,done:fe})}async function Ve({io:e,json:t},{yes:n}){if(n)return null;if(e.interactive&&!t)return e.asker();throw new m("There is nobody here who could answer questions.",'Add --yes, and --modules "Event Emitter, Plex Authentication" for other modules than the default.')}function Qe(e,t,{base:n,force:o}){let s=e?.base??t;if(n===void 0)return s;if(!P(_,n).success)throw new m(`"${n}" is no name of a branch.`,"Write --base main, for one.");if(e===null||o||n===s)return n;throw new m(`There is a config already, by which sessions start from ${s}.`,`Write \`base: ${n}\` into it, and run init again without --base; --force writes all files anew.`)}async function Xe(e,t){let n=await g(e,t),o=n===null?null:q(n,t);return o?.ok===!0?o.value:null}function Ye(e,{modules:t,force:n}){if(e===null||t!==void 0&&n)return null;if(t===void 0)return[...e.modules.values()].map(({id:o,name:s,prompt:i})=>({id:o,name:s,prompt:i}));throw new m("There is a config already, which names the modules.","Add others under its `modules`, and run init again for what they need; --force writes all files anew.")}async function Ze(e,t,{ghes:n}){if(n!==void 0)return n?"server":"cloud";let o=Y(t);if(o==="cloud"||e===null)return o;let s=`Is ${new URL(t).host} a GitHub Enterprise Server?`;return await e.confirm(s,!0)??w()?"server":"cloud"}async function et(e,t){return e===null?!1:await e.confirm(`${t} is there already. Overwrite it?`,!1)??w()}async function tt(e){let[t,n]=await Promise.all([e.list("."),g(e,"package.json")]);return pe({names:new Set(t),packageJson:n})}async function nt(e,{checkout:t,here:n,base:o,on:s,modules:i,done:r}){let{source:l}=await I(n,e.configPath),{problems:a}=R(l),c=te(t,{base:o,on:s,modules:i}),{bold:d,dim:b,green:k}=e.colours,v=[[...t.root!==e.directory?[`In ${t.root}, the root of the checkout:`]:[],...r.written.map(p=>`${k("+")} ${p}`),...r.kept.map(p=>b(`  ${p} is there already and stays`))].join(`
`),...a.length===0?[]:[K(a,e)],[d("Next"),...c.map((p,O)=>ot(O+1,p))].join(`
`)].join(`

`);return{exitCode:a.length===0?M.ok:M.problems,text:v,data:{command:"init",...r,problems:a,next:c}}}function ot(e,t){return`${e}. ${t.replaceAll(`
`,`
   `)}`}export{nn as init};
