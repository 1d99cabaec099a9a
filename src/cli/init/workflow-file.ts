import onServer from '../../../templates/init/ghes.yml';
import short from '../../../templates/init/sessions.yml';
import type { GitHubKind } from './github-kind.ts';
import type { Project } from './project.ts';

const WORKFLOWS: Readonly<Record<GitHubKind, string>> = { cloud: short, server: onServer };

const SETUP = /^( *)setup: npm ci\n/mu;

const SETUPS: ReadonlyMap<string, string> = new Map([
  ['package-lock.json', 'npm ci'],
  ['pnpm-lock.yaml', 'corepack enable && pnpm install --frozen-lockfile'],
  ['yarn.lock', 'corepack enable && yarn install --immutable'],
]);

/** The workflow for a repository as it is: it watches the base branch, and prepares what there is to prepare. */
export function renderWorkflow(base: string, project: Project, on: GitHubKind): string {
  return WORKFLOWS[on]
    .replace('branches: [main]', () => `branches: [${JSON.stringify(base)}]`)
    .replace('branches: ["main"]', 'branches: [main]')
    .replace(SETUP, (_, indent: string) =>
      setupOf(project)
        .map((line) => `${indent}${line}\n`)
        .join(''),
    );
}

function setupOf({ kind, lockFile }: Project): readonly string[] {
  const known = SETUPS.get(lockFile ?? '');
  if (known !== undefined) return [`setup: ${known}`];
  if (kind === 'other') {
    return ["setup: 'true' # in its place, what installs what the commands need"];
  }
  return [
    '# There may be nothing to install yet; the first session may bring it.',
    'setup: |',
    '  if [ -f package-lock.json ]; then npm ci',
    '  elif [ -f package.json ]; then npm install',
    '  fi',
  ];
}
