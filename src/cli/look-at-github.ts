import { SessionwrightError } from '../domain/errors.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import type { Trigger } from '../domain/trigger.ts';
import { createClient } from '../github/client.ts';
import { observe } from '../github/observe.ts';
import { proxiedFetch } from '../github/proxy.ts';
import { isRateLimited, statusOf } from '../github/roles.ts';
import { templateReader } from '../template-reader.ts';
import { VERSION } from '../version.ts';
import { UsageError, type Context } from './command.ts';
import { sha256, type Seen } from './seen.ts';

const REPOSITORY = /^([A-Za-z0-9][\w.-]*)\/([\w.-]+)$/u;

/** The world as the action itself would see it, through the same requests. */
export async function lookAtGitHub(
  { io, configPath }: Context,
  repository: string,
  trigger: Trigger,
): Promise<Seen> {
  const [, owner = '', repo = ''] = REPOSITORY.exec(repository) ?? [];
  if (owner === '') {
    throw new UsageError(
      `"${repository}" is no repository.`,
      'Write --github owner/name, such as --github octocat/hello-world.',
    );
  }
  const { env } = io;
  const token = env['GITHUB_TOKEN'] ?? env['GH_TOKEN'] ?? '';
  if (token === '') {
    throw new UsageError(
      'There is no token to look at GitHub with.',
      'Set GITHUB_TOKEN or GH_TOKEN; with the GitHub CLI: GH_TOKEN="$(gh auth token)". Rights to read suffice.',
    );
  }
  const fetch = await proxiedFetch(env);
  const client = createClient({
    token,
    apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com',
    version: VERSION,
    log: { debug: () => undefined },
    ...(fetch === null ? {} : { fetch }),
  });
  const templates = templateReader();
  const observer = {
    client,
    name: { owner, repo },
    configPath,
    stateBranch: STATE_BRANCH,
    pack: { hash: sha256, checkTemplates: templates.check },
    now: io.now,
  };
  try {
    const { world, problems } = await observe(observer, trigger, null);
    const source = { kind: 'github', repository } as const;
    return { world: { ...world, judgement: null }, problems, templates: templates.found(), source };
  } catch (error) {
    throw explain(error, repository);
  }
}

/** An answer of GitHub's, or that there was none, in words; anything else stays as it is. */
function explain(error: unknown, repository: string): unknown {
  const status = statusOf(error);
  if (error instanceof SessionwrightError || status === null) return error;
  const said = error instanceof Error ? error.message : '';
  const message = `GitHub did not let ${repository} be looked at (${status}): ${said}`;
  return new SessionwrightError(
    { code: 'github-refused', message, fix: fixOf(status, error) },
    { cause: error },
  );
}

function fixOf(status: number, error: unknown): string {
  if (status === 401) return 'Set GITHUB_TOKEN or GH_TOKEN to a token that is still valid.';
  if (isRateLimited(error)) return 'The limit of requests is reached: wait as long as GitHub asks.';
  if (status === 403 || status === 404) {
    return 'Check the name, and that the token may read contents, issues and pull requests there.';
  }
  return 'Check the network, and GITHUB_API_URL where that is set; then try again.';
}
