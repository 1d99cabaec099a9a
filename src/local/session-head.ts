import { parseClaim } from '../domain/claim.ts';
import { deliverablesOf, type Config, type ModuleConfig } from '../domain/config.ts';
import { sessionPaths } from '../domain/session.ts';
import { readStateEdit } from '../domain/state-edit.ts';
import type { ChangedFile, PullRequest } from '../domain/world.ts';
import { NO_COMMIT } from './no-commit.ts';
import { committedFiles, workingTree } from './files.ts';
import type { Checkout } from './checkout.ts';
import { readText } from './pack.ts';

export interface HeadLook {
  readonly checkout: Checkout;
  readonly config: Config;
  readonly module: ModuleConfig;
  readonly attempt: number;
  /** The base branch's tip; null where it is not known, and nothing counts as changed. */
  readonly baseSha: string | null;
}

/**
 * The session's pull request as it would be if everything in the checkout were committed and pushed: its files, claim
 * and report as they lie here.
 */
export async function sessionHead(look: HeadLook): Promise<PullRequest> {
  const { checkout, config, module, attempt, baseSha } = look;
  const paths = sessionPaths(module.id, attempt, config.paths.documents);
  const here = workingTree(checkout.root);
  const deliverables = deliverablesOf(config, module).map((one) => one.path);
  const [files, claim, report, escalationReport, state, baseState, present] = await Promise.all([
    changedFiles(checkout, baseSha),
    readText(here, paths.claim),
    readText(here, paths.report),
    readText(here, paths.escalationReport),
    readText(here, config.paths.state),
    baseSha === null ? null : readText(committedFiles(checkout.git, baseSha), config.paths.state),
    Promise.all(deliverables.map(async (file) => (await here.read(file)) !== null)),
  ]);
  const touchesState = files.some(({ path }) => path === config.paths.state);
  const stateEdit = touchesState ? readStateEdit(state, baseState, module.id) : null;
  return {
    ...UNSEEN,
    url: checkout.repository.url,
    headBranch: checkout.branch ?? paths.branch,
    headSha: checkout.head ?? NO_COMMIT,
    baseBranch: config.base ?? checkout.repository.defaultBranch,
    files,
    claim: (claim === null ? null : parseClaim(claim, module.id)) ?? stateEdit?.claim ?? null,
    stateEdit,
    report,
    escalationReport,
    present: new Set(deliverables.filter((_, index) => present[index])),
  };
}

/** What only GitHub knows of a pull request. */
const UNSEEN = {
  number: 0,
  id: '',
  ours: true,
  title: '',
  body: '',
  open: true,
  labels: [],
  comments: [],
  state: 'open',
  headBranchGone: false,
  sameRepository: true,
  mergeSha: null,
  filesComplete: true,
  check: null,
} as const;

const STATUSES: ReadonlyMap<string, ChangedFile['status']> = new Map([
  ['A', 'added'],
  ['D', 'removed'],
  ['R', 'renamed'],
]);

/** Against where the branch left the base, so that it is not blamed for what the base gained; new files count too. */
async function changedFiles(
  { git }: Checkout,
  baseSha: string | null,
): Promise<readonly ChangedFile[]> {
  if (baseSha === null) return [];
  const from = (await git.text('merge-base', baseSha, 'HEAD')) ?? baseSha;
  const [diff, untracked] = await Promise.all([
    git.text('diff', '--name-status', '-z', '--find-renames', from),
    git.text('ls-files', '--others', '--exclude-standard', '-z'),
  ]);
  const added = (untracked ?? '').split('\0').filter((path) => path !== '');
  return [
    ...parseNameStatus(diff ?? ''),
    ...added.map((path) => ({ path, status: 'added' }) as const),
  ];
}

/** `git diff --name-status -z`: a status, a path, and after a renaming the new path (https://git-scm.com/docs/git-diff). */
export function parseNameStatus(text: string): readonly ChangedFile[] {
  const parts = text.split('\0');
  const files: ChangedFile[] = [];
  for (let index = 0; index + 1 < parts.length; index += 1) {
    const status = STATUSES.get(parts[index]?.charAt(0) ?? '') ?? 'modified';
    const path = parts[(index += 1)] ?? '';
    if (status !== 'renamed') files.push({ path, status });
    else files.push({ path: parts[(index += 1)] ?? '', status, previousPath: path });
  }
  return files;
}
