import { GraphqlResponseError } from '@octokit/graphql';
import type { Write } from '../domain/writes.ts';
import type { Client } from './client.ts';

/** A limit of the API: annotations beyond it need further requests (https://docs.github.com/en/rest/checks/runs). */
const ANNOTATIONS_PER_REQUEST = 50;

interface Mutation {
  readonly field: string;
  readonly inputType: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What is asked of the answer; every mutation must select something. */
  readonly selection: string;
  /** Named where it is refused. */
  readonly kind: Write['kind'];
}

type CheckRunWrite = Write & { readonly kind: 'check-run' };

/**
 * All of them in one request; GitHub runs them in order and goes on after one that it refuses. Returns what was
 * refused, such as a comment on a locked conversation: it must not keep the state from moving. Annotations past
 * the first fifty of a check go into a second request.
 */
export async function sendWrites(
  client: Client,
  repositoryId: string,
  batch: readonly Write[],
): Promise<readonly string[]> {
  const mutations = batch.map((write) => toMutation(write, repositoryId));
  const { data, refused } = await send(client, mutations);
  const rest = batch.flatMap((write, index) => {
    const id = data[`m${index}`]?.checkRun?.id;
    return write.kind === 'check-run' && id !== undefined ? laterAnnotations(write, id) : [];
  });
  if (rest.length === 0) return refused;
  const added = rest.map((input) =>
    mutation('check-run', 'updateCheckRun', { repositoryId, ...input }),
  );
  return [...refused, ...(await send(client, added)).refused];
}

interface Sent {
  readonly data: Readonly<Record<string, { readonly checkRun?: { readonly id: string } } | null>>;
  readonly refused: readonly string[];
}

async function send(client: Client, mutations: readonly Mutation[]): Promise<Sent> {
  const signature = mutations.map(({ inputType }, index) => `$i${index}: ${inputType}!`);
  const fields = mutations.map(
    ({ field, selection }, index) => `m${index}: ${field}(input: $i${index}) { ${selection} }`,
  );
  const variables = Object.fromEntries(mutations.map(({ input }, index) => [`i${index}`, input]));
  const query = `mutation writes(${signature.join(', ')}) { ${fields.join(' ')} }`;
  try {
    return { data: await client.graphql<Sent['data']>(query, variables), refused: [] };
  } catch (error) {
    const named = refusedFields(error);
    if (named === null || !(error instanceof GraphqlResponseError)) throw error;
    const refused = named.map(({ field, message }) => {
      const write = mutations[Number(field.slice(1))];
      return `${write?.kind ?? 'A write'} was refused: ${message}`;
    });
    const data: Sent['data'] = { ...(error as GraphqlResponseError<Sent['data']>).data };
    return { data, refused };
  }
}

/** The fields that an answer names as refused; null where the request as a whole failed. */
function refusedFields(
  error: unknown,
): readonly { readonly field: string; readonly message: string }[] | null {
  if (!(error instanceof GraphqlResponseError)) return null;
  const errors: readonly { readonly path?: readonly unknown[]; readonly message: string }[] =
    error.errors ?? [];
  const named = errors.flatMap(({ path, message }) => {
    const [field] = path ?? [];
    return typeof field === 'string' && /^m\d+$/u.test(field) ? [{ field, message }] : [];
  });
  return named.length > 0 && named.length === errors.length ? named : null;
}

function toMutation(write: Write, repositoryId: string): Mutation {
  const { kind } = write;
  switch (kind) {
    case 'check-run':
      return checkRun(write, repositoryId);
    case 'comment':
      return mutation(kind, 'addComment', { subjectId: write.subject, body: write.body });
    case 'edit-comment':
      return mutation(kind, 'updateIssueComment', { id: write.id, body: write.body });
    case 'remove-label':
      return mutation(kind, 'removeLabelsFromLabelable', {
        labelableId: write.subject,
        labelIds: [write.label],
      });
    case 'add-label':
      return mutation(kind, 'addLabelsToLabelable', {
        labelableId: write.subject,
        labelIds: [write.label],
      });
    case 'edit-issue':
      return mutation(kind, 'updateIssue', { id: write.id, body: write.body });
    case 'close-pull-request':
      return mutation(kind, 'closePullRequest', { pullRequestId: write.id });
    case 'close-issue':
      return mutation(kind, 'closeIssue', {
        issueId: write.id,
        stateReason: write.as.toUpperCase(),
      });
    case 'reaction':
      return mutation(kind, 'addReaction', {
        subjectId: write.subject,
        content: write.content.toUpperCase().replace('-', '_'),
      });
  }
}

function checkRun(write: CheckRunWrite, repositoryId: string): Mutation {
  const { conclusion } = write;
  const common = {
    repositoryId,
    name: write.name,
    externalId: write.externalId,
    ...(write.detailsUrl === null ? {} : { detailsUrl: write.detailsUrl }),
    ...(conclusion === 'queued'
      ? { status: 'QUEUED' }
      : { status: 'COMPLETED', conclusion: conclusion.toUpperCase().replace('-', '_') }),
    output: outputInput(write, 0),
  };
  const [field, subject] =
    write.id === null
      ? ['createCheckRun', { headSha: write.sha }]
      : ['updateCheckRun', { checkRunId: write.id }];
  const made = mutation('check-run', field, { ...common, ...subject });
  return { ...made, selection: 'checkRun { id }' };
}

/** What is left of a check's annotations after the first request, one update for each fifty. */
function laterAnnotations(write: CheckRunWrite, checkRunId: string) {
  const { length } = write.output.annotations;
  const updates: { readonly checkRunId: string; readonly output: unknown }[] = [];
  for (let from = ANNOTATIONS_PER_REQUEST; from < length; from += ANNOTATIONS_PER_REQUEST) {
    updates.push({ checkRunId, output: outputInput(write, from) });
  }
  return updates;
}

/** The output with the fifty annotations from one place on: those before it are on the check already. */
function outputInput({ output }: CheckRunWrite, from: number) {
  const { title, summary, text, annotations } = output;
  return {
    title,
    summary,
    ...(text === '' ? {} : { text }),
    annotations: annotations.slice(from, from + ANNOTATIONS_PER_REQUEST).map((one) => ({
      path: one.path,
      location: { startLine: one.start_line, endLine: one.end_line },
      annotationLevel: one.annotation_level.toUpperCase(),
      message: one.message,
      title: one.title,
    })),
  };
}

function mutation(
  kind: Write['kind'],
  field: string,
  input: Readonly<Record<string, unknown>>,
): Mutation {
  const inputType = `${field[0]?.toUpperCase() ?? ''}${field.slice(1)}Input`;
  return { kind, field, inputType, input, selection: 'clientMutationId' };
}
