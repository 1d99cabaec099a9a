import { describe, expect, it } from '@jest/globals';
import { known } from '../../../src/domain/diagnosis.ts';
import { readBranch } from '../../../src/github/branch-facts.ts';
import { createClient } from '../../../src/github/client.ts';
import { SYSTEM_TIME } from '../../../src/system-time.ts';

/** As the paid plans are offered in a private repository of a free one: https://docs.github.com/en/get-started/learning-about-github/githubs-plans */
const UPGRADE = 'Upgrade to GitHub Pro or make this repository public to enable this feature.';

type Answer = readonly [status: number, data: unknown];

/** What is asked of a branch, each answered by the end of its address. */
function readAnswered(answers: Readonly<Record<string, Answer>>) {
  const client = createClient({
    token: 'x',
    apiUrl: 'https://api.example.com',
    version: '0',
    time: SYSTEM_TIME,
    log: { debug: () => undefined },
    fetch: (asked) => {
      const { pathname } = new URL(asked instanceof Request ? asked.url : asked);
      const [status, data] = answers[pathname.replace('/repos/acme/app/', '')] ?? [404, {}];
      return Promise.resolve(Response.json(data, { status }));
    },
  });
  return readBranch({ client, name: { owner: 'acme', repo: 'app' } }, 'main');
}

const PROTECTED: Answer = [
  200,
  { name: 'main', protected: true, protection: { enabled: true, required_status_checks: null } },
];

describe('the rules of a branch', () => {
  it.each<[string, Answer]>([
    ['on a server that has no rulesets yet', [404, { message: 'Not Found' }]],
    ['where the plan has none', [403, { message: UPGRADE }]],
  ])('are none %s', async (_, answer) => {
    expect(await readAnswered({ 'rules/branches/main': answer })).toMatchObject({
      rules: known([]),
    });
  });

  it('are not known where they may not be read', async () => {
    const refused: Answer = [403, { message: 'Resource not accessible by integration' }];
    const { rules } = await readAnswered({ 'rules/branches/main': refused });
    expect(rules).toMatchObject({ known: false, would: 'A token with metadata: read tells.' });
  });
});

describe('what a branch protection rule asks', () => {
  it('comes with whom it lets by, as far as the setting can', async () => {
    const nobody = { users: [], teams: [] };
    const { protection } = await readAnswered({
      'branches/main': PROTECTED,
      'branches/main/protection': [
        200,
        {
          required_pull_request_reviews: {
            bypass_pull_request_allowances: { ...nobody, apps: [{ id: 15368 }] },
          },
          restrictions: { ...nobody, teams: [{ id: 3 }], apps: [] },
          lock_branch: { enabled: true },
        },
      ],
    });
    expect(protection).toEqual(
      known({
        checks: [],
        demands: [
          { asks: 'Require a pull request before merging', bypassApps: [15368] },
          { asks: 'Restrict who can push to matching branches', bypassApps: [] },
          { asks: 'Lock branch', bypassApps: [] },
        ],
      }),
    );
  });
});
