import { describe, expect, it, jest } from '@jest/globals';
import { REPOSITORY, startRunner, writeAction } from './fake-host.ts';

/** Real processes on a busy machine. */
jest.setTimeout(60_000);

const WORKFLOW = `
name: Sessions
run-name: Sessions for \${{ github.event.issue.title }}
on:
  issues:
    types: [labeled]
permissions:
  contents: read
env:
  LEVEL: workflow
jobs:
  verify:
    runs-on: ubuntu-latest
    outputs:
      result: \${{ steps.report.outputs.result }}
      leaked: \${{ steps.report.outputs.token }}
    steps:
      - uses: actions/checkout@v5
        with: { persist-credentials: false }
      - id: report
        uses: octo/report@v1
        with: { who: world }
      - run: echo "PLACE=$LEVEL-$(cat greeting.txt)" >> "$GITHUB_ENV"
        env: { LEVEL: step }
      - run: echo "place is $PLACE, secret is $SECRET"
        env: { SECRET: "\${{ secrets.DEPLOY_KEY }}" }
      - run: exit 3
        id: broken
        continue-on-error: true
      - if: steps.broken.outcome == 'failure' && steps.broken.conclusion == 'success'
        run: echo "# tolerated" >> "$GITHUB_STEP_SUMMARY"
      - run: exit 1
      - run: echo never
      - if: failure()
        run: echo after failure
  orchestrate:
    needs: verify
    if: \${{ !cancelled() }}
    runs-on: [self-hosted, linux]
    permissions: { contents: write, issues: write }
    steps:
      - run: echo "got $RESULT from \${{ needs.verify.result }}, leaked '\${{ needs.verify.outputs.leaked }}'"
        env: { RESULT: "\${{ needs.verify.outputs.result }}" }
  skipped:
    needs: verify
    runs-on: ubuntu-latest
    steps: [{ run: echo never }]
`;

const ACTION = `
name: Report
inputs:
  who: { required: true }
  github-token: { default: "\${{ github.token }}" }
  github-api-url: { default: "\${{ github.api_url }}" }
outputs: { result: { description: what was found } }
runs: { using: node24, main: index.js }
`;

const MAIN = `
const fs = require('node:fs');
const env = process.env;
const names = Object.keys(env).sort().join(' ');
console.log('names: ' + names);
console.log('token: ' + env['INPUT_GITHUB-TOKEN'] + ' at ' + env['INPUT_GITHUB-API-URL']);
console.log('::warning file=a.ts,line=3::look%0Ahere');
const event = JSON.parse(fs.readFileSync(env.GITHUB_EVENT_PATH, 'utf8'));
const result = [env.INPUT_WHO, event.issue.title, env.GITHUB_REF, env.GITHUB_SHA].join('|');
fs.appendFileSync(env.GITHUB_OUTPUT, 'result<<EOF\\n' + result + '\\nEOF\\n');
fs.appendFileSync(env.GITHUB_OUTPUT, 'token=x' + env['INPUT_GITHUB-TOKEN'] + '\\n');
`;

describe('a run of two jobs', () => {
  it('passes outputs on, tolerates what it is told to and runs what is not cancelled', async () => {
    const progress: string[] = [];
    const actions: Record<string, string> = {};
    const { host, runner, end } = startRunner({
      actions,
      onProgress: (event) => progress.push(event.kind),
    });
    actions['octo/report'] = writeAction(host, 'report', {
      'action.yml': ACTION,
      'index.js': MAIN,
    });
    host.secretValues['DEPLOY_KEY'] = 'hunter2hunter2';
    const sha = host.commit({
      '.github/workflows/sessions.yml': WORKFLOW,
      'greeting.txt': 'hello\n',
    });
    host.emit({ name: 'issues', payload: { action: 'labeled', issue: { title: 'Plex' } } });
    await runner.idle();

    const [record] = runner.runs();
    const [verify, orchestrate, skipped] = record?.jobs ?? [];
    expect(verify?.log.join('\n')).toContain('place is step-hello, secret is ***');
    expect(verify?.steps.map((step) => [step.outcome, step.conclusion])).toEqual([
      ['success', 'success'],
      ['success', 'success'],
      ['success', 'success'],
      ['success', 'success'],
      ['failure', 'success'],
      ['success', 'success'],
      ['failure', 'failure'],
      ['skipped', 'skipped'],
      ['success', 'success'],
    ]);
    expect(verify?.outputs).toEqual({ result: `world|Plex|refs/heads/main|${sha}` });
    expect(verify?.steps[5]?.summary).toBe('# tolerated\n');
    expect(verify?.annotations).toEqual([
      { level: 'warning', message: 'look\nhere', properties: { file: 'a.ts', line: '3' } },
      { level: 'error', message: 'Process completed with exit code 3.', properties: {} },
      { level: 'error', message: 'Process completed with exit code 1.', properties: {} },
      {
        level: 'warning',
        message: "Skip output 'leaked' since it may contain secret.",
        properties: {},
      },
    ]);
    expect(orchestrate).toMatchObject({
      conclusion: 'success',
      runsOn: ['self-hosted', 'linux'],
      permissions: { contents: 'write', issues: 'write', metadata: 'read' },
    });
    expect(orchestrate?.log).toContain(
      `got world|Plex|refs/heads/main|${sha} from failure, leaked ''`,
    );
    expect(skipped?.conclusion).toBe('skipped');
    expect(host.minted.map(({ permissions }) => permissions)).toEqual([
      { contents: 'read', metadata: 'read' },
      { contents: 'write', issues: 'write', metadata: 'read' },
    ]);
    expect(host.revoked).toEqual(host.minted.map(({ token }) => token));
    expect(host.recorded.map((run) => [run.status, run.conclusion])).toEqual([
      ['queued', null],
      ['in_progress', null],
      ['completed', 'failure'],
    ]);
    expect(record?.run).toMatchObject({
      repository: REPOSITORY,
      name: 'Sessions',
      displayTitle: 'Sessions for Plex',
      event: 'issues',
      headBranch: 'main',
      headSha: sha,
      workflowPath: '.github/workflows/sessions.yml',
    });
    expect(progress.filter((kind) => kind === 'job')).toHaveLength(5);
    await end();
  });
});
