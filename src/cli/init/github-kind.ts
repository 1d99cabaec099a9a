/** Where a repository lies: on github.com or its data residency, or on a GitHub Enterprise Server. */
export type GitHubKind = 'cloud' | 'server';

/** `ssh.github.com` is github.com's SSH over the HTTPS port; `ghe.com` holds GitHub Enterprise Cloud's data residency. */
const CLOUD = /^(?:(?:ssh\.)?github\.com|[\w-]+\.ghe\.com)$/u;

/**
 * By the host of the repository's address. A host without a dot is an alias of somebody's own SSH config as a rule, which
 * tells nothing.
 */
export function guessKind(url: string): GitHubKind {
  const { hostname } = new URL(url);
  return CLOUD.test(hostname) || !hostname.includes('.') ? 'cloud' : 'server';
}
