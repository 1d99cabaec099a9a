import { escaped, html, link, pre } from './page-html.ts';
import type { CheckRun, Issue, Repository } from './model.ts';
import type { World } from './world.ts';

const PAGE = /^\/([^/]+)\/([^/]+?)(?:\/(issues|pull|blob|commit)\/(.+))?\/?$/u;

/**
 * The page of a repository, issue, pull request, file or commit, for a person to read; null where the
 * address is none of a known repository's. Anybody may read them: the server listens on this machine only.
 */
export async function servePage(world: World, request: Request): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  const [, owner = '', name = '', kind, rest = ''] = PAGE.exec(pathname) ?? [];
  const repo = world.repository(`${owner}/${name}`);
  if (request.method !== 'GET' || repo === null) return null;
  const target = decoded(rest);
  const page = target === null ? null : await render(repo, kind, target);
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  };
  if (page !== null) return new Response(page, { headers });
  return new Response(html('Not found', []), { status: 404, headers });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

async function render(
  repo: Repository,
  kind: string | undefined,
  target: string,
): Promise<string | null> {
  if (kind === undefined) return repositoryPage(repo);
  if (kind === 'blob') return blobPage(repo, target);
  if (kind === 'commit') return commitPage(repo, target.replace(/\/checks$/u, ''));
  const issue = /^\d+$/u.test(target) ? repo.issues.get(Number(target)) : undefined;
  return issue === undefined ? null : issuePage(repo, issue);
}

async function repositoryPage(repo: Repository): Promise<string> {
  const { git, fullName, defaultBranch } = repo;
  const oids = await git.history.log(git.branch(defaultBranch) ?? defaultBranch);
  const commits = await git.history.commits(oids);
  const rows = [...repo.issues.values()].map(({ number, title, state, pull }) => {
    const address = `/${fullName}/${pull === null ? 'issues' : 'pull'}/${String(number)}`;
    return `<li>${link(address, `#${String(number)} ${title}`)} (${state})</li>`;
  });
  const history = commits.map(({ oid, message }) => {
    const [subject = ''] = message.split('\n');
    return `<li>${link(`/${fullName}/commit/${oid}`, `${oid.slice(0, 7)} ${subject}`)}</li>`;
  });
  return html(fullName, [
    `<h2>Issues and pull requests</h2><ul>${rows.join('\n')}</ul>`,
    `<h2>${escaped(defaultBranch)}</h2><ul>${history.join('\n')}</ul>`,
  ]);
}

function issuePage(repo: Repository, issue: Issue): string {
  const { number, title, state, labels, author, body, pull, comments } = issue;
  const merged = pull !== null && pull.mergedAt !== null;
  const facts = [merged ? 'merged' : state, `by ${author.login}`, ...labels.map((one) => one.name)];
  const head =
    pull === null
      ? []
      : [
          `<p>${escaped(pull.headRef)} at ${link(`/${repo.fullName}/commit/${pull.headSha}`, pull.headSha)}</p>`,
        ];
  const said = comments.map(
    (one) =>
      `<h3 id="issuecomment-${String(one.id)}">${escaped(one.author.login)}</h3>${pre(one.body)}`,
  );
  return html(`${title} #${String(number)}`, [
    `<p>${link(`/${repo.fullName}`, repo.fullName)}: ${escaped(facts.join(', '))}</p>`,
    ...head,
    pre(body ?? ''),
    ...said,
  ]);
}

/** A branch's name may hold slashes: the shortest ref that has the rest as a file is meant. */
async function blobPage(repo: Repository, target: string): Promise<string | null> {
  const parts = target.split('/');
  for (let at = 1; at < parts.length; at += 1) {
    const oid = await repo.git.commitOf(parts.slice(0, at).join('/'));
    const path = parts.slice(at).join('/');
    const content = oid === null ? null : await repo.git.objects.blob(`${oid}:${path}`);
    if (content === null) continue;
    const lines = content.toString('utf8').split('\n');
    const numbered = lines.map(
      (line, index) => `<span id="L${String(index + 1)}">${escaped(line)}</span>`,
    );
    return html(path, [`<pre>${numbered.join('\n')}</pre>`]);
  }
  return null;
}

async function commitPage(repo: Repository, target: string): Promise<string | null> {
  const { git } = repo;
  const oid = await git.commitOf(target);
  const commit = oid === null ? null : await git.objects.commit(oid);
  if (commit === null) return null;
  const [parent] = commit.parents;
  const files = parent === undefined ? [] : await git.history.diff(parent, commit.oid);
  const patches = parent === undefined ? [] : await git.history.patches(parent, commit.oid);
  const checks = [...repo.checkRuns.values()].filter(({ headSha }) => headSha === commit.oid);
  return html(`Commit ${commit.oid.slice(0, 7)}`, [
    `<p>${escaped(commit.author.name)}, ${escaped(commit.author.date)}</p>`,
    pre(commit.message),
    ...checks.map(renderCheck),
    ...files.map(
      ({ path, status }, at) => `<h3>${escaped(`${status} ${path}`)}</h3>${pre(patches[at] ?? '')}`,
    ),
  ]);
}

function renderCheck({ name, conclusion, status, output }: CheckRun): string {
  const text = [output.title, output.summary, output.text].filter((part) => part !== null);
  return `<h3>${escaped(`${name}: ${conclusion ?? status}`)}</h3>${pre(text.join('\n\n'))}`;
}
