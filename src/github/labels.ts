import { labelKey, type LabelSpec } from '../domain/labels.ts';
import type { LabelledPull } from '../domain/world.ts';
import type { Client, RepositoryName } from './client.ts';
import { pullState } from './conversations.ts';
import type { PullRequestNode } from './graphql-types.ts';
import { statusOf } from './answers.ts';

/**
 * Over REST: GraphQL's `createLabel` was long a preview, which GitHub Enterprise Server may still ask a header for. A
 * run that lost the race to make it takes the one that is there
 * (https://docs.github.com/en/rest/issues/labels#create-a-label).
 */
export async function ensureLabel(
  client: Client,
  name: RepositoryName,
  { name: label, color, description }: LabelSpec,
): Promise<string> {
  try {
    const { data } = await client.rest.issues.createLabel({
      ...name,
      name: label,
      color,
      description,
    });
    return data.node_id;
  } catch (error) {
    if (statusOf(error) !== 422) throw error;
    const { data } = await client.rest.issues.getLabel({ ...name, name: label });
    return data.node_id;
  }
}

interface LabelNode {
  readonly id: string;
  readonly name: string;
}

interface LabelledNode {
  readonly id: string;
  readonly number: number;
  readonly state: PullRequestNode['state'];
  readonly labels: { readonly nodes: readonly LabelNode[] };
}

/** Those of the labels that were looked for and are there, by their names in lower case. */
export function readLabels(
  data: Readonly<Record<string, unknown>>,
  names: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(
    names.flatMap((name, index) => {
      const node = (data[`l${index}`] ?? null) as LabelNode | null;
      return node === null ? [] : [[labelKey(name), node.id] as const];
    }),
  );
}

/** Pull requests that bear a label of a session that goes on. */
export function readLabelledPulls(
  data: Readonly<Record<string, unknown>>,
): readonly LabelledPull[] {
  const found = data['labelled'] as { readonly nodes: readonly LabelledNode[] } | undefined;
  return (found?.nodes ?? []).map(({ id, number, state, labels }) => ({
    id,
    number,
    state: pullState(state),
    labels: labels.nodes.map((label) => ({ id: label.id, name: label.name })),
  }));
}
