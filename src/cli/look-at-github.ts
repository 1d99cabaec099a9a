import { parseSubject } from '../documents/own-text.ts';
import { SessionwrightError } from '../domain/errors.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import type { Trigger } from '../domain/trigger.ts';
import { createClient } from '../github/client.ts';
import { observe } from '../github/observe.ts';
import { proxiedFetch } from '../github/proxy.ts';
import { isLimited, statusOf } from '../github/answers.ts';
import { sha256 } from '../sha256.ts';
import { templateReader } from '../template-reader.ts';
import { SYSTEM_TIME } from '../system-time.ts';
import { VERSION } from '../domain/version.ts';
import { UsageError, type Context } from './command.ts';
import type { Seen } from './seen.ts';

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
    time: SYSTEM_TIME,
    log: { debug: () => undefined },
    ...(fetch === null ? {} : { fetch }),
  });
  const templates = templateReader();
  const observer = {
    client,
    name: { owner, repo },
    repositoryId: null,
    configPath,
    stateBranch: STATE_BRANCH,
    pack: { hash: sha256, checkTemplates: templates.check },
    now: io.now,
    subjectOf: parseSubject,
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
  const data = { repository, status: isLimited(error) ? 429 : status, said };
  return SessionwrightError.of('not-readable', data, { cause: error });
}
