import { unprocessable } from '../errors.ts';
import type { JsonBody } from '../json-body.ts';
import type { Annotation, CheckConclusion, CheckStatus } from '../model.ts';
import { createCheckRun, updateCheckRun } from '../operations/checks.ts';
import type { CheckRunChange } from '../operations/checks.ts';
import { definedOnly } from '../defined-only.ts';
import { checkRunNode } from './git-nodes.ts';
import { write } from './mutation.ts';
import type { Mutation } from './mutation.ts';
import { target } from './targets.ts';

const STATUSES: Readonly<Record<string, CheckStatus>> = {
  QUEUED: 'queued',
  IN_PROGRESS: 'in_progress',
  COMPLETED: 'completed',
};
const CONCLUSIONS: Readonly<Record<string, CheckConclusion>> = {
  ACTION_REQUIRED: 'action_required',
  CANCELLED: 'cancelled',
  FAILURE: 'failure',
  NEUTRAL: 'neutral',
  SUCCESS: 'success',
  SKIPPED: 'skipped',
  TIMED_OUT: 'timed_out',
};
const LEVELS: Readonly<Record<string, Annotation['level']>> = {
  FAILURE: 'failure',
  NOTICE: 'notice',
  WARNING: 'warning',
};

function readAnnotation(input: JsonBody): Annotation {
  const location = input.object('location');
  return {
    path: input.string('path'),
    startLine: location?.integer('startLine') ?? 1,
    endLine: location?.integer('endLine') ?? 1,
    startColumn: location?.integer('startColumn') ?? null,
    endColumn: location?.integer('endColumn') ?? null,
    level: LEVELS[input.string('annotationLevel')] ?? 'notice',
    message: input.string('message'),
    title: input.optional('title') ?? null,
    rawDetails: input.optional('rawDetails') ?? null,
  };
}

function readOutput(output: JsonBody): NonNullable<CheckRunChange['output']> {
  return definedOnly({
    title: output.string('title'),
    summary: output.string('summary'),
    text: output.optional('text'),
    annotations: output.objects('annotations')?.map(readAnnotation),
  });
}

function readChange(input: JsonBody): CheckRunChange {
  const output = input.object('output');
  return definedOnly({
    name: input.optional('name'),
    externalId: input.optional('externalId'),
    detailsUrl: input.optional('detailsUrl'),
    status: STATUSES[input.optional('status') ?? ''],
    conclusion: CONCLUSIONS[input.optional('conclusion') ?? ''],
    startedAt: input.optional('startedAt'),
    completedAt: input.optional('completedAt'),
    output: output === undefined ? undefined : readOutput(output),
  });
}

const createCheckRunMutation: Mutation = (context, input) => {
  const { repo } = target(context, input, 'repositoryId', 'Repository');
  const name = input.string('name');
  return write(context, repo, 'checks', 'write', async (scene) => {
    const run = await createCheckRun(scene, input.string('headSha'), name, readChange(input));
    return { checkRun: checkRunNode(context, repo, run) };
  });
};

const updateCheckRunMutation: Mutation = (context, input) => {
  const { repo } = target(context, input, 'repositoryId', 'Repository');
  const { run } = target(context, input, 'checkRunId', 'CheckRun');
  if (!repo.checkRuns.has(run.id)) throw unprocessable('The check run is of another repository.');
  return write(context, repo, 'checks', 'write', (scene) => {
    updateCheckRun(scene, run, readChange(input));
    return { checkRun: checkRunNode(context, repo, run) };
  });
};

export const checkMutations: Readonly<Record<string, Mutation>> = {
  createCheckRun: createCheckRunMutation,
  updateCheckRun: updateCheckRunMutation,
};
