import { GraphqlResponseError } from '@octokit/graphql';
import type { Client } from './client.ts';

/** A limit of the API: annotations beyond it need further requests (https://docs.github.com/en/rest/checks/runs). */
const ANNOTATIONS_PER_REQUEST = 50;

/** Small writes, as the acts hand them over. */
export type Write =
  | {
      readonly kind: 'check-run';
      readonly id: string | null;
      readonly name: string;
      readonly sha: string;
      readonly externalId: string;
      readonly conclusion: 'success' | 'failure' | 'neutral' | 'action-required' | 'queued';
      readonly detailsUrl: string | null;
      readonly output: CheckOutput;
    }
  | { readonly kind: 'comment'; readonly subject: string; readonly body: string }
  | { readonly kind: 'edit-comment'; readonly id: string; readonly body: string }
  | { readonly kind: 'remove-label'; readonly subject: string; readonly label: string }
  | { readonly kind: 'edit-issue'; readonly id: string; readonly body: string }
  | { readonly kind: 'close-pull-request'; readonly id: string };

interface CheckOutput {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly {
    readonly path: string;
    readonly start_line: number;
    readonly end_line: number;
    readonly annotation_level: 'failure' | 'warning';
    readonly message: string;
    readonly title: string;
  }[];
}

interface Mutation {
  readonly field: string;
  readonly inputType: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * All of them in one request; GitHub runs them in order and goes on after one that it refuses. Returns what was
 * refused, such as a comment on a locked conversation: it must not keep the state from moving.
 */
export async function sendWrites(
  client: Client,
  repositoryId: string,
  batch: readonly Write[],
): Promise<readonly string[]> {
  const mutations = batch.map((write) => toMutation(write, repositoryId));
  const signature = mutations.map(({ inputType }, index) => `$i${index}: ${inputType}!`);
  const fields = mutations.map(
    ({ field }, index) => `m${index}: ${field}(input: $i${index}) { clientMutationId }`,
  );
  const variables = Object.fromEntries(mutations.map(({ input }, index) => [`i${index}`, input]));
  const query = `mutation writes(${signature.join(', ')}) { ${fields.join(' ')} }`;
  try {
    await client.graphql(query, variables);
    return [];
  } catch (error) {
    const refused = refusedFields(error);
    if (refused === null) throw error;
    return refused.map(({ field, message }) => {
      const write = batch[Number(field.slice(1))];
      return `${write?.kind ?? 'A write'} was refused: ${message}`;
    });
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
  switch (write.kind) {
    case 'check-run':
      return checkRun(write, repositoryId);
    case 'comment':
      return mutation('addComment', { subjectId: write.subject, body: write.body });
    case 'edit-comment':
      return mutation('updateIssueComment', { id: write.id, body: write.body });
    case 'remove-label':
      return mutation('removeLabelsFromLabelable', {
        labelableId: write.subject,
        labelIds: [write.label],
      });
    case 'edit-issue':
      return mutation('updateIssue', { id: write.id, body: write.body });
    case 'close-pull-request':
      return mutation('closePullRequest', { pullRequestId: write.id });
  }
}

function checkRun(write: Write & { readonly kind: 'check-run' }, repositoryId: string): Mutation {
  const { conclusion, output } = write;
  const common = {
    repositoryId,
    name: write.name,
    externalId: write.externalId,
    ...(write.detailsUrl === null ? {} : { detailsUrl: write.detailsUrl }),
    ...(conclusion === 'queued'
      ? { status: 'QUEUED' }
      : { status: 'COMPLETED', conclusion: conclusion.toUpperCase().replace('-', '_') }),
    output: {
      title: output.title,
      summary: output.summary,
      ...(output.text === '' ? {} : { text: output.text }),
      annotations: output.annotations.slice(0, ANNOTATIONS_PER_REQUEST).map((one) => ({
        path: one.path,
        location: { startLine: one.start_line, endLine: one.end_line },
        annotationLevel: one.annotation_level.toUpperCase(),
        message: one.message,
        title: one.title,
      })),
    },
  };
  return write.id === null
    ? mutation('createCheckRun', { ...common, headSha: write.sha })
    : mutation('updateCheckRun', { ...common, checkRunId: write.id });
}

function mutation(field: string, input: Readonly<Record<string, unknown>>): Mutation {
  return { field, inputType: `${field[0]?.toUpperCase() ?? ''}${field.slice(1)}Input`, input };
}
