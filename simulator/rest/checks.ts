import { notFound, unprocessable } from '../errors.ts';
import type { JsonBody } from '../json-body.ts';
import type { Annotation, CheckConclusion, CheckRun, CheckStatus } from '../model.ts';
import { createCheckRun, updateCheckRun } from '../operations/checks.ts';
import type { CheckRunChange } from '../operations/checks.ts';
import { definedOnly } from '../defined-only.ts';
import type { Schemas } from '../present/account.ts';
import { presentAnnotation, presentCheckRun } from '../present/check-run.ts';
import { paginate } from '../pagination.ts';
import { created, mayRead, ok, page, param, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

const STATUSES: readonly CheckStatus[] = ['queued', 'in_progress', 'completed'];
const CONCLUSIONS: readonly CheckConclusion[] = [
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'timed_out',
];

function required(body: JsonBody, key: string): number {
  const value = body.integer(key);
  if (value === undefined) throw unprocessable(`Invalid request.\n\n"${key}" wasn't supplied.`);
  return value;
}

function readAnnotation(body: JsonBody): Annotation {
  const level = body.choice('annotation_level', ['notice', 'warning', 'failure']);
  if (level === undefined)
    throw unprocessable('Invalid request.\n\n"annotation_level" wasn\'t supplied.');
  return {
    path: body.string('path'),
    startLine: required(body, 'start_line'),
    endLine: required(body, 'end_line'),
    startColumn: body.integer('start_column') ?? null,
    endColumn: body.integer('end_column') ?? null,
    level,
    message: body.string('message'),
    title: body.optional('title') ?? null,
    rawDetails: body.optional('raw_details') ?? null,
  };
}

function readOutput(body: JsonBody): NonNullable<CheckRunChange['output']> {
  const text = body.optional('text');
  const title = body.optional('title');
  const annotations = body.objects('annotations')?.map(readAnnotation);
  return {
    summary: body.string('summary'),
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text }),
    ...(annotations && { annotations }),
  };
}

function readChange(body: JsonBody): CheckRunChange {
  const output = body.object('output');
  const values = {
    name: body.optional('name'),
    externalId: body.optional('external_id'),
    detailsUrl: body.optional('details_url'),
    status: body.choice('status', STATUSES),
    conclusion: body.choice('conclusion', CONCLUSIONS),
    startedAt: body.optional('started_at'),
    completedAt: body.optional('completed_at'),
    output: output === undefined ? undefined : readOutput(output),
  };
  return definedOnly(values);
}

async function postRun(request: RestRequest): Promise<Reply<Schemas['check-run']>> {
  const { world, repo, body } = request;
  const scene = writing(request, 'checks', 'write');
  const name = body.string('name');
  const run = await createCheckRun(scene, body.string('head_sha'), name, readChange(body));
  return created(presentCheckRun(world, repo, run));
}

function runOf(request: RestRequest): CheckRun {
  mayRead(request, 'checks');
  const run = request.repo.checkRuns.get(Number(param(request, 'id')));
  if (run === undefined) throw notFound();
  return run;
}

function patchRun(request: RestRequest): Reply<Schemas['check-run']> {
  const { world, repo, body } = request;
  const run = runOf(request);
  updateCheckRun(writing(request, 'checks', 'write'), run, readChange(body));
  return ok(presentCheckRun(world, repo, run));
}

function getRun(request: RestRequest): Reply<Schemas['check-run']> {
  return ok(presentCheckRun(request.world, request.repo, runOf(request)));
}

async function listAnnotations(
  request: RestRequest,
): Promise<Reply<Schemas['check-annotation'][]>> {
  const run = runOf(request);
  const { world, repo } = request;
  return page(request, run.annotations, (found) => presentAnnotation(world, repo, run, found));
}

/** Of check runs of the same name and app, `filter=latest` keeps the youngest. */
export function latestRuns(runs: readonly CheckRun[]): readonly CheckRun[] {
  const latest = new Map<string, CheckRun>();
  for (const run of runs) latest.set(`${String(run.app.id)} ${run.name}`, run);
  return [...latest.values()];
}

async function listRuns(
  request: RestRequest,
): Promise<Reply<{ total_count: number; check_runs: Schemas['check-run'][] }>> {
  const { world, repo, url } = request;
  mayRead(request, 'checks');
  const query = url.searchParams;
  const ref = param(request, 'ref');
  const sha = await repo.git.commitOf(ref);
  if (sha === null) throw unprocessable(`No commit found for SHA: ${ref}`);
  const all = [...repo.checkRuns.values()].filter((run) => run.headSha === sha);
  const filters: readonly ((run: CheckRun) => boolean)[] = [
    (run) => (query.get('check_name') ?? run.name) === run.name,
    (run) => Number(query.get('app_id') ?? run.app.id) === run.app.id,
    (run) => (query.get('status') ?? run.status) === run.status,
  ];
  const matching = all.filter((run) => filters.every((filter) => filter(run)));
  const runs = query.get('filter') === 'all' ? matching : latestRuns(matching);
  const part = paginate(url, [...runs].reverse());
  const check_runs = part.items.map((run) => presentCheckRun(world, repo, run));
  return { status: 200, body: { total_count: runs.length, check_runs }, headers: part.headers };
}

export const checkRoutes: readonly Route[] = [
  { method: 'POST', template: '/check-runs', handle: postRun },
  { method: 'GET', template: '/check-runs/{id}', handle: getRun },
  { method: 'PATCH', template: '/check-runs/{id}', handle: patchRun },
  { method: 'GET', template: '/check-runs/{id}/annotations', handle: listAnnotations },
  { method: 'GET', template: '/commits/{ref+}/check-runs', handle: listRuns },
];
