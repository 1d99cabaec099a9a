import type { Status } from '../domain/implementation-state.ts';
import { codeSpan, escapeInline } from './markdown.ts';

/** A link whose text is escaped here and whose address is ours. */
export function link(text: string, url: string): string {
  return `[${escapeInline(text)}](${url})`;
}

/** A link with its text as code. */
export function codeLink(text: string, url: string): string {
  return `[${codeSpan(text)}](${url})`;
}

/** A file as it stands on a branch or a commit; `fragment` goes without its `#`. */
export function blobUrl(
  repositoryUrl: string,
  ref: string,
  path: string,
  fragment: string | null = null,
): string {
  return `${repositoryUrl}/blob/${encodePath(ref)}/${encodePath(path)}${hash(fragment)}`;
}

export function commitUrl(repositoryUrl: string, sha: string): string {
  return `${repositoryUrl}/commit/${encodePath(sha)}`;
}

/** What one commit has that another had not (https://docs.github.com/en/pull-requests/committing-changes-to-your-project/viewing-and-comparing-commits/comparing-commits). */
export function compareUrl(repositoryUrl: string, before: string, after: string): string {
  return `${repositoryUrl}/compare/${encodePath(before)}...${encodePath(after)}`;
}

/** GitHub sends the address of an issue on to the pull request of that number. */
export function issueUrl(repositoryUrl: string, number: number): string {
  return `${repositoryUrl}/issues/${String(number)}`;
}

/** The one thread to look at for a module: a blocked one's question, else its pull request. */
export function threadUrl(
  repositoryUrl: string,
  module: {
    readonly status: Status;
    readonly escalation: number | null;
    readonly pullRequest: number | null;
  },
): string | null {
  const { status, escalation, pullRequest } = module;
  const number = status === 'blocked' ? (escalation ?? pullRequest) : pullRequest;
  return number === null ? null : issueUrl(repositoryUrl, number);
}

/** A link to an issue or pull request that works in files too, where `#7` is no reference. */
export function issueLink(repositoryUrl: string, number: number): string {
  return `[#${String(number)}](${issueUrl(repositoryUrl, number)})`;
}

export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** The way from one file of the repository to another. */
export function relativeUrl(from: string, to: string, fragment: string | null = null): string {
  const source = from.split('/').slice(0, -1);
  const target = to.split('/');
  let shared = 0;
  while (
    shared < source.length &&
    shared < target.length - 1 &&
    source[shared] === target[shared]
  ) {
    shared += 1;
  }
  const way = [...source.slice(shared).map(() => '..'), ...target.slice(shared)];
  return `${encodePath(way.join('/'))}${hash(fragment)}`;
}

function hash(fragment: string | null): string {
  return fragment === null ? '' : `#${encodePath(fragment)}`;
}

/** Parentheses would end a Markdown link's address. */
function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('(', '%28').replaceAll(')', '%29'))
    .join('/');
}
