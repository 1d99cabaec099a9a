import { SessionwrightError } from '../domain/errors.ts';
import { VERSION } from '../domain/version.ts';
import { isLimited, statusOf } from '../github/answers.ts';
import { createClient, type Client, type RepositoryName } from '../github/client.ts';
import { proxiedFetch } from '../github/proxy.ts';
import { SYSTEM_TIME } from '../system-time.ts';
import { UsageError } from './command.ts';
import type { Io } from './io.ts';

const REPOSITORY = /^([A-Za-z0-9][\w.-]*)\/([\w.-]+)$/u;

/** What commands look at GitHub with. */
export interface GitHubAccess {
  readonly client: Client;
  readonly name: RepositoryName;
  /** Where it is found by its name alone. */
  readonly repositoryId: null;
}

/** @throws UsageError where the text is no repository, or there is no token. */
export async function accessGitHub(
  { env }: Pick<Io, 'env'>,
  repository: string,
): Promise<GitHubAccess> {
  const name = parseRepository(repository);
  const token = tokenOf(env);
  if (token === null) {
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
  return { client, name, repositoryId: null };
}

/** Null where the environment has none; an empty one is none. */
export function tokenOf(env: Io['env']): string | null {
  const given = [env['GITHUB_TOKEN'], env['GH_TOKEN']];
  return given.find((token) => token !== undefined && token !== '') ?? null;
}

function parseRepository(repository: string): RepositoryName {
  const [, owner, repo] = REPOSITORY.exec(repository) ?? [];
  if (owner === undefined || repo === undefined) {
    throw new UsageError(
      `"${repository}" is no repository.`,
      'Write --github owner/name, such as --github octocat/hello-world.',
    );
  }
  return { owner, repo };
}

/** Runs what asks GitHub; its refusals, and that there was no answer, are told in words. */
export async function askingGitHub<T>(repository: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUnseen(error)) {
      const data = { repository, status: 404, said: 'Not Found' };
      throw SessionwrightError.of('not-readable', data, { cause: error });
    }
    const status = statusOf(error);
    if (error instanceof SessionwrightError || status === null) throw error;
    const said = error instanceof Error ? error.message : '';
    const data = { repository, status: isLimited(error) ? 429 : status, said };
    throw SessionwrightError.of('not-readable', data, { cause: error });
  }
}

/** A run is for one repository, and words it so. */
function isUnseen(error: unknown): boolean {
  return error instanceof SessionwrightError && error.code === 'repository-not-seen';
}
