import type { AttemptRemains, DocumentRemains, Remains, ShownModule } from '../domain/remains.ts';
import { OUR_LABEL } from '../domain/labels.ts';
import { parseSessionBranch } from '../domain/session.ts';
import { isOurLogin, type Identity } from './conversations.ts';
import type { Client, RepositoryName } from './client.ts';
import type { DashboardRemains } from './dashboards.ts';
import { readDocument, readPull, readHeads } from './remains-of-attempt.ts';
import { readEscalation, readToldEscalation } from './remains-of-escalation.ts';

export interface SessionKey {
  readonly module: string;
  readonly attempt: number;
}

/** How texts of ours are read; handed in, since the documents are not GitHub's matter. */
export interface Markers {
  readonly pullRequest: (body: string) => SessionKey | null;
  readonly escalation: (
    body: string,
  ) =>
    | (SessionKey & { readonly sessionId: string | null; readonly failureType: string | null })
    | null;
  readonly document: (
    text: string,
  ) => (SessionKey & Pick<DocumentRemains, 'sessionId' | 'startedAt' | 'maxAttempts'>) | null;
  readonly isDashboard: (body: string) => boolean;
  readonly shown: (body: string) => ReadonlyMap<string, ShownModule>;
  /** The commit of the state that a dashboard names. */
  readonly stateCommit: (body: string) => string | null;
}

export interface RemainsLook {
  readonly client: Client;
  readonly name: RepositoryName;
  readonly identity: Identity;
  readonly baseBranch: string;
  /** Whether issues are turned on; otherwise escalations are comments on pull requests. */
  readonly hasIssues: boolean;
  /** The folder of the orchestration documents. */
  readonly documents: string;
  readonly markers: Markers;
  /** The dashboard that the state knows, whatever became of its label; null where that is none of ours. */
  readonly known: DashboardRemains | null;
}

type Pulls = Awaited<ReturnType<typeof listPulls>>;
type Issues = Awaited<ReturnType<typeof listIssues>>;

/** Where an attempt left something: each part is looked at more closely afterwards. */
export interface Trace extends SessionKey {
  branchSha: string | null;
  pull: Pulls[number] | null;
  escalation: Issues[number] | null;
}

/**
 * Everything of ours that GitHub shows: session branches, pull requests and issues with our marker **and** our
 * identity, documents and checks. Many requests; only a repair makes them. Beside it all dashboards, closed ones too.
 */
export async function readRemains(
  look: RemainsLook,
): Promise<{ readonly remains: Remains; readonly dashboards: readonly DashboardRemains[] }> {
  const [branches, pulls, issues] = [
    await listBranches(look),
    await listPulls(look),
    await listIssues(look),
  ];
  const traces = tracesOf(look, { branches, pulls, issues });
  const attempts = new Map<string, AttemptRemains[]>();
  for (const trace of traces) {
    const known = attempts.get(trace.module) ?? [];
    const isLast = !traces.some(
      (other) => other.module === trace.module && other.attempt > trace.attempt,
    );
    const earlier = new Set(known.flatMap((one) => one.pull?.headSha ?? one.branchSha ?? []));
    attempts.set(trace.module, [...known, await readAttempt(look, trace, { isLast, earlier })]);
  }
  const listed = issues
    .filter((issue) => look.markers.isDashboard(issue.body ?? ''))
    .map(({ number, state, body }) => ({ number, isOpen: state === 'open', body: body ?? '' }))
    .sort((a, b) => a.number - b.number);
  const { known } = look;
  const dashboard = known ?? listed.find(({ isOpen }) => isOpen);
  const remains = {
    viewer: look.identity.viewer,
    baseBranch: look.baseBranch,
    dashboard: dashboard?.number ?? null,
    shown: look.markers.shown(dashboard?.body ?? ''),
    attempts,
  };
  const others = listed.filter(({ number }) => number !== known?.number);
  return { remains, dashboards: known === null ? others : [known, ...others] };
}

async function readAttempt(
  look: RemainsLook,
  trace: Trace,
  { isLast, earlier }: { readonly isLast: boolean; readonly earlier: ReadonlySet<string> },
): Promise<AttemptRemains> {
  const { attempt, branchSha, pull } = trace;
  const head = pull?.head.sha ?? branchSha;
  const document = head === null ? null : await readDocument(look, trace, { head, earlier });
  return {
    attempt,
    branchSha,
    document,
    pull: pull === null ? null : await readPull(look, pull, isLast),
    escalation: await readEscalationOf(look, trace),
    heads:
      isLast && head !== null && document !== null
        ? await readHeads(look, trace, { from: document.sha, head })
        : [],
  };
}

async function readEscalationOf(
  look: RemainsLook,
  trace: Trace,
): Promise<AttemptRemains['escalation']> {
  const { escalation, pull } = trace;
  if (escalation !== null) return readEscalation(look, escalation);
  return look.hasIssues || pull === null ? null : readToldEscalation(look, trace, pull.number);
}

function tracesOf(
  look: RemainsLook,
  {
    branches,
    pulls,
    issues,
  }: {
    readonly branches: Awaited<ReturnType<typeof listBranches>>;
    readonly pulls: Pulls;
    readonly issues: Issues;
  },
): readonly Trace[] {
  const traces = new Map<string, Trace>();
  const at = ({ module, attempt }: SessionKey): Trace => {
    const key = `${module}-${String(attempt)}`;
    const trace = traces.get(key) ?? { module, attempt, ...NO_TRACE };
    traces.set(key, trace);
    return trace;
  };
  for (const { ref, object } of branches) {
    const session = parseSessionBranch(ref.replace(/^refs\/heads\//u, ''));
    if (session !== null) at(session).branchSha = object.sha;
  }
  for (const pull of pulls) {
    const session = sessionOfPull(look, pull);
    if (session === null) continue;
    const trace = at(session);
    // Of duplicates the lowest number stays, as everywhere.
    if (trace.pull === null || pull.number < trace.pull.number) trace.pull = pull;
  }
  for (const issue of issues) {
    const session = look.markers.escalation(issue.body ?? '');
    if (session !== null) at(session).escalation = later(at(session).escalation, issue);
  }
  return [...traces.values()].sort((a, b) => a.attempt - b.attempt);
}

const NO_TRACE = { branchSha: null, pull: null, escalation: null } as const;

/** Ours, of this repository, and its marker and its branch tell the same. */
function sessionOfPull({ markers }: RemainsLook, pull: Pulls[number]): SessionKey | null {
  const told = markers.pullRequest(pull.body ?? '');
  const branch = parseSessionBranch(pull.head.ref);
  const isSame = told?.module === branch?.module && told?.attempt === branch?.attempt;
  return isSame ? told : null;
}

/** An attempt may have been escalated again: the open one counts, else the last. */
function later(known: Issues[number] | null, other: Issues[number]): Issues[number] {
  if (known === null) return other;
  if (known.state !== other.state) return known.state === 'open' ? known : other;
  return known.number > other.number ? known : other;
}

function listBranches({ client, name }: RemainsLook) {
  return client.paginate(client.rest.git.listMatchingRefs, {
    ...name,
    ref: 'heads/session/',
    per_page: 100,
  });
}

async function listPulls(look: RemainsLook) {
  const { client, name } = look;
  const all = await client.paginate(client.rest.pulls.list, {
    ...name,
    state: 'all',
    per_page: 100,
  });
  return all.filter(
    (pull) =>
      isOurLogin(pull.user?.login, look.identity) &&
      // A fork's head has another owner before its colon; the fork itself may be gone.
      pull.head.label === `${pull.base.repo.owner.login}:${pull.head.ref}`,
  );
}

/** GitHub answers 410 for issues that are turned off. */
async function listIssues(look: RemainsLook) {
  const { client, name } = look;
  if (!look.hasIssues) return [];
  const all = await client.paginate(client.rest.issues.listForRepo, {
    ...name,
    state: 'all',
    labels: OUR_LABEL,
    per_page: 100,
  });
  return all.filter(
    (issue) => issue.pull_request === undefined && isOurLogin(issue.user?.login, look.identity),
  );
}
