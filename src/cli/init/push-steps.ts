import type { Checkout } from '../../local/checkout.ts';
import type { GitHubKind } from './github-kind.ts';

/** What is known of the way to GitHub. */
export type Beginning = Pick<Checkout, 'inGit' | 'hasOrigin' | 'remote' | 'repository'>;

interface Meant {
  readonly base: string;
  readonly on: GitHubKind;
}

const CHECK = '`npx sessionwright validate` tells what is wrong before';
const COMMIT = ['git add --all', 'git commit --message "chore: sessions"'];

/** From the folder as it is to its files on GitHub; lines after a step's first are indented, its commands once more. */
export function pushSteps(checkout: Beginning, { base, on }: Meant): readonly string[] {
  const { inGit, remote, repository } = checkout;
  if (remote !== null) {
    const { defaultBranch } = repository;
    if (base === defaultBranch) return [`Commit everything and push it to ${base}; ${CHECK}.`];
    return [
      `Commit everything and push it to ${base}, and config and workflow to ${defaultBranch} too, where GitHub looks for them; ${CHECK}.`,
    ];
  }
  const [make, commit] = inGit
    ? ['Commit everything', COMMIT]
    : ['Make a git repository of it', [`git init --initial-branch=${word(base)}`, ...COMMIT]];
  return [lines(`${make}; ${CHECK}:`, commit), publish(checkout, { base, on })];
}

function publish(checkout: Beginning, { base, on }: Meant): string {
  const address = `https://${on === 'server' ? 'HOST' : 'github.com'}/OWNER/NAME.git`;
  const [push, ...others] = pushes(checkout, base);
  if (checkout.hasOrigin) {
    return lines('The remote origin is no repository on GitHub. Give it the address of one:', [
      `git remote set-url origin ${address}`,
      push,
      ...others,
    ]);
  }
  const add = [`git remote add origin ${address}`, push, ...others];
  if (on === 'server') {
    return lines('Make an empty repository on the server, and push to it:', add);
  }
  // The remote is called origin, and the repository as the folder: https://cli.github.com/manual/gh_repo_create
  const [byCli, byHand] = [
    lines(
      'Make a repository on GitHub and push to it, with the GitHub CLI (--public for all to see):',
      ['gh repo create --source . --private --push', ...others],
    ),
    lines('or make an empty one at https://github.com/new, and then:', add),
  ];
  return `${byCli}\n${byHand}`;
}

/** The first branch that GitHub gets becomes the default one. */
function pushes({ inGit, repository }: Beginning, base: string): readonly [string, ...string[]] {
  const { defaultBranch } = repository;
  if (!inGit || base === defaultBranch) return [`git push --set-upstream origin ${word(base)}`];
  return [
    `git push --set-upstream origin ${word(`HEAD:${defaultBranch}`)}`,
    `git push origin ${word(`HEAD:${base}`)}`,
  ];
}

/** A step with the commands that do it. */
export function lines(what: string, commands: readonly string[]): string {
  return [what, ...commands.map((command) => `  ${command}`)].join('\n');
}

/** As a shell takes it for one word: a branch may be called as somebody else likes. */
function word(text: string): string {
  return /^[\w./:-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
