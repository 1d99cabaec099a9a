import { ApiError, unprocessable, validationFailed } from '../errors.ts';
import { emit } from '../events.ts';
import type { Scene } from '../events.ts';
import type {
  Annotation,
  App,
  CheckConclusion,
  CheckRun,
  CheckStatus,
  CheckSuite,
} from '../model.ts';
import { presentCheckRun } from '../present/check-run.ts';
import { nodeId } from '../world.ts';
import { lengthOf } from './text-length.ts';

/** https://docs.github.com/rest/checks/runs#create-a-check-run: 50 annotations a request, 65535 characters. */
const MAX_ANNOTATIONS = 50;
const MAX_TEXT = 65_535;

export interface CheckRunChange {
  readonly name?: string;
  readonly externalId?: string;
  readonly detailsUrl?: string;
  readonly status?: CheckStatus;
  readonly conclusion?: CheckConclusion;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
    readonly annotations?: readonly Annotation[];
  };
}

/** Check runs are for apps alone. */
function demandApp({ actor }: Scene): App {
  if (actor.kind === 'installation') return actor.app;
  throw new ApiError(403, 'You must authenticate via a GitHub App.');
}

function checkChange(change: CheckRunChange): void {
  const { output, status, conclusion } = change;
  if (status === 'completed' && conclusion === undefined) {
    const missing = { resource: 'CheckRun', code: 'missing_field', field: 'conclusion' };
    throw validationFailed(missing);
  }
  if ((output?.annotations?.length ?? 0) > MAX_ANNOTATIONS) {
    throw unprocessable(
      `Invalid request.\n\nNo more than ${String(MAX_ANNOTATIONS)} items are allowed; ` +
        `${String(output?.annotations?.length)} were supplied.`,
    );
  }
  for (const field of ['summary', 'text'] as const) {
    if (lengthOf(output?.[field] ?? '') <= MAX_TEXT) continue;
    throw unprocessable(
      `Invalid request.\n\nOnly ${String(MAX_TEXT)} characters are allowed; ` +
        `${String(output?.[field]?.length)} were supplied.`,
    );
  }
}

function ensureSuite({ world, repo }: Scene, headSha: string, app: App): CheckSuite {
  const suites = [...repo.checkSuites.values()];
  const present = suites.find((suite) => suite.headSha === headSha && suite.app.id === app.id);
  if (present !== undefined) return present;
  const suite = { id: world.nextId(), headSha, app, createdAt: world.now() };
  repo.checkSuites.set(suite.id, suite);
  world.nodes.set(nodeId('CS', suite.id), { type: 'CheckSuite', repo, suite });
  return suite;
}

export async function createCheckRun(
  scene: Scene,
  headSha: string,
  name: string,
  change: CheckRunChange,
): Promise<CheckRun> {
  const { world, repo } = scene;
  const app = demandApp(scene);
  checkChange(change);
  const commit = /^[0-9a-f]{40}$/.test(headSha) ? await repo.git.objects.commit(headSha) : null;
  if (commit === null) throw unprocessable(`No commit found for SHA: ${headSha}`);
  const run: CheckRun = {
    id: world.nextId(),
    suite: ensureSuite(scene, headSha, app),
    headSha,
    app,
    annotations: [],
    name,
    externalId: null,
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: world.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
  };
  repo.checkRuns.set(run.id, run);
  world.nodes.set(nodeId('CR', run.id), { type: 'CheckRun', repo, run });
  apply(scene, run, change);
  announce(scene, run, 'created');
  return run;
}

/** Only the app that created it may change it. */
export function updateCheckRun(scene: Scene, run: CheckRun, change: CheckRunChange): void {
  const app = demandApp(scene);
  if (run.app.id !== app.id) {
    const message = 'check run can only be modified by the GitHub App that created it.';
    throw new ApiError(403, `Invalid app_id \`${String(app.id)}\` - ${message}`);
  }
  checkChange(change);
  const wasCompleted = run.status === 'completed';
  apply(scene, run, change);
  if (run.status === 'completed' && !wasCompleted) announce(scene, run, 'completed');
}

function apply({ world }: Scene, run: CheckRun, change: CheckRunChange): void {
  run.name = change.name ?? run.name;
  run.externalId = change.externalId ?? run.externalId;
  run.detailsUrl = change.detailsUrl ?? run.detailsUrl;
  run.startedAt = change.startedAt ?? run.startedAt;
  run.status = change.status ?? run.status;
  if (run.status !== 'completed' && change.status !== undefined) {
    run.conclusion = null;
    run.completedAt = null;
  }
  if (change.conclusion !== undefined) {
    // Giving a conclusion completes the run.
    run.status = 'completed';
    run.conclusion = change.conclusion;
    run.completedAt = change.completedAt ?? world.now();
  }
  const { title, summary, text, annotations = [] } = change.output ?? {};
  run.output = {
    title: title ?? run.output.title,
    summary: summary ?? run.output.summary,
    text: text ?? run.output.text,
  };
  run.annotations.push(...annotations);
}

function announce(scene: Scene, run: CheckRun, action: 'created' | 'completed'): void {
  emit(scene, 'check_run', { action, check_run: presentCheckRun(scene.world, scene.repo, run) });
}
