import { describe, expect, it } from '@jest/globals';
import { CODER_INPUTS } from '../../../../src/domain/coder-call.ts';
import { known } from '../../../../src/domain/diagnosis.ts';
import type { Config } from '../../../../src/domain/config.ts';
import type { RepositoryFacts } from '../../../../src/domain/repository-facts.ts';
import { caller, configOf, files, finding, UNTOLD } from '../../../support/doctor-facts.ts';

type Case = readonly [
  name: string,
  change: Partial<RepositoryFacts>,
  verdict: string,
  says: RegExp,
];

const NOTHING = { workflow: null, comment: null, assignees: [], labels: [] };
const INPUTS = CODER_INPUTS.map((name) => `${name}: {}`).join(', ');

function handoff(change: Partial<Config['handoff']>): Partial<RepositoryFacts> {
  return { config: configOf({ handoff: { ...NOTHING, ...change } }) };
}

/** A coder's workflow with one job of these steps. */
function coder(steps: string, { inputs = INPUTS, permissions = 'contents: write' } = {}) {
  const text = `on: { workflow_dispatch: { inputs: { ${inputs} } } }
jobs:
  code:
    permissions: { ${permissions} }
    steps:
      - uses: actions/checkout@v5
${steps}`;
  return { ...handoff({ workflow: 'coder.yml' }), workflows: files(caller(), text) };
}

const DISPATCHES = '      - run: gh workflow run sessions.yml --ref "$BRANCH"\n';
const OTHER_TOKEN = `      - uses: actions/checkout@v5
        with: { token: '\${{ steps.app.outputs.token }}' }
`;
const COMMENT = handoff({ comment: '@claude implement {{document}}' });
const HANDED_ON = "permissions: write-all\n    secrets: { handoff-token: '${{ secrets.X }}' }";

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'coder-call': [
    ['nobody is called', {}, 'ok', /Nobody is/u],
    ['people are', handoff({ assignees: ['octocat'] }), 'ok', /octocat/u],
    ['a workflow is', coder(DISPATCHES), 'ok', /coder\.yml/u],
    ['a workflow that is not there', handoff({ workflow: 'coder.yml' }), 'wrong', /not under/u],
    ['one that lacks inputs', coder('', { inputs: 'session: {}' }), 'wrong', /module, attempt/u],
    ['a comment without a token', COMMENT, 'wrong', /hands none on/u],
    [
      'a comment with a token',
      { ...COMMENT, workflows: files(caller(HANDED_ON)) },
      'unknown',
      /no secret can be read/u,
    ],
    [
      'a comment with all secrets, of which none has that name',
      { ...COMMENT, workflows: files(caller('permissions: write-all\n    secrets: inherit')) },
      'wrong',
      /hands none on/u,
    ],
    ['workflows untold', { ...coder(''), workflows: UNTOLD }, 'unknown', /Not told/u],
    [
      'the config is unusable',
      { config: known({ kind: 'missing', problems: [] }) },
      'unknown',
      /config/u,
    ],
  ],
  'coder-pushes': [
    ['people push', handoff({ assignees: ['octocat'] }), 'ok', /own names/u],
    ['an identity of its own', coder(OTHER_TOKEN), 'ok', /identity of its own/u],
    [
      'a dispatch at the end',
      coder(DISPATCHES, { permissions: 'contents: write, actions: write' }),
      'ok',
      /starting the verification/u,
    ],
    ['a dispatch that it may not make', coder(DISPATCHES), 'wrong', /starts nothing/u],
    ['the workflow’s own token alone', coder(''), 'wrong', /starts nothing/u],
    ['an agent that is called by a comment', COMMENT, 'unknown', /not seen/u],
    ['Copilot', handoff({ assignees: ['copilot'] }), 'unknown', /not seen/u],
  ],
  'coder-workflows': [
    ['the workflow’s own token', coder(''), 'ok', /never may/u],
    ['a token of its own', coder(OTHER_TOKEN), 'unknown', /token of its own/u],
    [
      'an App’s with that permission',
      coder(`      - uses: actions/create-github-app-token@v3
        with: { permission-workflows: write }
`),
      'wrong',
      /permission-workflows/u,
    ],
    ['a coder that is not seen', COMMENT, 'unknown', /not seen/u],
  ],
};

describe.each(Object.entries(CASES))('%s', (id, cases) => {
  it.each(cases)('%s', (_, change, verdict, says) => {
    expect(finding(id, change)).toMatchObject({
      verdict,
      says: expect.stringMatching(says) as unknown,
    });
  });
});
