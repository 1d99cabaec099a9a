import type { BranchProtection, Repository, Ruleset } from '../model.ts';

/** Active rulesets whose patterns take the branch in and do not leave it out again; it need not exist. */
export function rulesetsFor(repo: Repository, branch: string): readonly Ruleset[] {
  return repo.rulesets.filter(
    ({ enforcement, include, exclude }) =>
      enforcement === 'active' &&
      include.some((one) => matches(repo, branch, one)) &&
      !exclude.some((one) => matches(repo, branch, one)),
  );
}

/** By a protection rule or a ruleset. */
export function isProtected(repo: Repository, branch: string): boolean {
  return repo.protections.has(branch) || rulesetsFor(repo, branch).length > 0;
}

/** What "Get a branch" tells of it to everybody who may read contents. */
export function shortProtection(repo: Repository, branch: string): BranchProtection {
  const found = repo.protections.get(branch);
  if (found === undefined) return { enabled: false };
  const checks = found.required_status_checks;
  const none = { enforcement_level: 'off', contexts: [], checks: [] };
  return {
    enabled: true,
    required_status_checks:
      checks === undefined ? none : { enforcement_level: 'everyone', ...checks },
  };
}

/**
 * `*` stops at a slash and `**` does not
 * (https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax).
 */
function matches(repo: Repository, branch: string, pattern: string): boolean {
  if (pattern === '~ALL') return true;
  if (pattern === '~DEFAULT_BRANCH') return branch === repo.defaultBranch;
  const source = pattern.replace(/[.+^${}()|\\]/gu, '\\$&').replace(/\*\*\/?|\*|\?/gu, (wild) => {
    if (wild === '?') return '[^/]';
    return wild === '*' ? '[^/]*' : '.*';
  });
  return new RegExp(`^${source}$`, 'u').test(`refs/heads/${branch}`);
}
