import { notFound } from '../errors.ts';
import type { Label } from '../model.ts';
import {
  addLabels,
  createLabel,
  ensureLabels,
  removeLabels,
  updateLabel,
} from '../operations/labels.ts';
import { issuePermission } from '../permissions.ts';
import type { Schemas } from '../present/account.ts';
import { presentLabel } from '../present/issue.ts';
import { JsonBody } from '../json-body.ts';
import { labelNames } from './issues.ts';
import { created, issueOf, mayRead, ok, page, param, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

type Presented = Schemas['label'];

function presenter({ world, repo }: RestRequest): (label: Label) => Presented {
  return (label) => presentLabel(world, repo, label);
}

async function listLabels(request: RestRequest): Promise<Reply<Presented[]>> {
  mayRead(request, 'issues');
  return page(request, [...request.repo.labels.values()], presenter(request));
}

function getLabel(request: RestRequest): Reply<Presented> {
  mayRead(request, 'issues');
  const label = request.repo.labels.get(param(request, 'name').toLowerCase());
  if (label === undefined) throw notFound();
  return ok(presenter(request)(label));
}

function postLabel(request: RestRequest): Reply<Presented> {
  const { body } = request;
  const scene = writing(request, 'issues', 'write');
  const color = body.optional('color') ?? null;
  const label = createLabel(
    scene,
    body.string('name'),
    color,
    body.optional('description') ?? null,
  );
  return created(presenter(request)(label));
}

/** `new_name` renames; what is not given stays (https://docs.github.com/en/rest/issues/labels#update-a-label). */
function patchLabel(request: RestRequest): Reply<Presented> {
  const { body, repo } = request;
  const scene = writing(request, 'issues', 'write');
  const label = repo.labels.get(param(request, 'name').toLowerCase());
  if (label === undefined) throw notFound();
  const name = body.optional('new_name');
  const color = body.optional('color');
  const description = body.optional('description');
  updateLabel(scene, label, {
    ...(name === undefined ? {} : { name }),
    ...(color === undefined ? {} : { color }),
    ...(description === undefined ? {} : { description }),
  });
  return ok(presenter(request)(label));
}

async function listIssueLabels(request: RestRequest): Promise<Reply<Presented[]>> {
  return page(request, issueOf(request).labels, presenter(request));
}

/** The body is `{labels: […]}` or the bare list. */
async function postIssueLabels(request: RestRequest): Promise<Reply<Presented[]>> {
  const issue = issueOf(request);
  const scene = writing(request, issuePermission(issue), 'triage');
  const names = labelNames(request.body) ?? labelNames(bareList(request)) ?? [];
  await addLabels(scene, issue, ensureLabels(scene, names));
  return ok(issue.labels.map(presenter(request)));
}

function bareList({ body }: RestRequest): JsonBody {
  return new JsonBody({ labels: body.bare });
}

async function deleteIssueLabel(request: RestRequest): Promise<Reply<Presented[]>> {
  const issue = issueOf(request);
  const scene = writing(request, issuePermission(issue), 'triage');
  const name = param(request, 'name').toLowerCase();
  const label = issue.labels.find((own) => own.name.toLowerCase() === name);
  if (label === undefined) throw notFound('Label does not exist');
  await removeLabels(scene, issue, [label]);
  return ok(issue.labels.map(presenter(request)));
}

export const labelRoutes: readonly Route[] = [
  { method: 'GET', template: '/labels', handle: listLabels },
  { method: 'POST', template: '/labels', handle: postLabel },
  { method: 'GET', template: '/labels/{name}', handle: getLabel },
  { method: 'PATCH', template: '/labels/{name}', handle: patchLabel },
  { method: 'GET', template: '/issues/{number}/labels', handle: listIssueLabels },
  { method: 'POST', template: '/issues/{number}/labels', handle: postIssueLabels },
  { method: 'DELETE', template: '/issues/{number}/labels/{name}', handle: deleteIssueLabel },
];
