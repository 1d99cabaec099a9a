import { validationFailed } from '../errors.ts';
import { emitIssue } from '../events.ts';
import type { Scene } from '../events.ts';
import type { Issue, Label } from '../model.ts';
import { presentLabel } from '../present/issue.ts';
import { nodeId } from '../world.ts';
import { lengthOf } from './text-length.ts';
import { record } from './timeline.ts';

/** Refused beyond these with 422 "name is too long (maximum is 50 characters)". */
const MAX_NAME = 50;
const MAX_DESCRIPTION = 100;
const DEFAULT_COLOR = 'ededed';

function invalid(field: string, message: string): never {
  throw validationFailed({ resource: 'Label', code: 'custom', field, message });
}

function exists(): Error {
  return validationFailed({ resource: 'Label', code: 'already_exists', field: 'name' });
}

function checkLabel({
  name,
  color,
  description,
}: {
  readonly name: string;
  readonly color: string | null;
  readonly description: string | null;
}): void {
  if (name.trim() === '') {
    throw validationFailed({ resource: 'Label', code: 'missing_field', field: 'name' });
  }
  if (lengthOf(name) > MAX_NAME) invalid('name', 'name is too long (maximum is 50 characters)');
  if (description !== null && lengthOf(description) > MAX_DESCRIPTION) {
    invalid('description', 'description is too long (maximum is 100 characters)');
  }
  if (color !== null && !/^[0-9a-f]{6}$/i.test(color)) {
    throw validationFailed({ resource: 'Label', code: 'invalid', field: 'color' });
  }
}

export function createLabel(
  { world, repo }: Pick<Scene, 'world' | 'repo'>,
  name: string,
  color: string | null = null,
  description: string | null = null,
): Label {
  checkLabel({ name, color, description });
  if (repo.labels.has(name.toLowerCase())) throw exists();
  const label = { id: world.nextId(), name, color: color ?? DEFAULT_COLOR, description };
  repo.labels.set(name.toLowerCase(), label);
  world.nodes.set(nodeId('LA', label.id), { type: 'Label', repo, label });
  return label;
}

/** A renamed label stays the same label: it keeps its id and stands wherever it stood. */
export function updateLabel(
  { repo }: Pick<Scene, 'repo'>,
  label: Label,
  change: { readonly name?: string; readonly color?: string; readonly description?: string },
): void {
  const { name = label.name, color = label.color, description = label.description } = change;
  checkLabel({ name, color, description });
  const other = repo.labels.get(name.toLowerCase());
  if (other !== undefined && other !== label) throw exists();
  repo.labels.delete(label.name.toLowerCase());
  Object.assign(label, { name, color, description });
  repo.labels.set(name.toLowerCase(), label);
}

/** The labels of those names; one that the repository lacks is made on the way, as GitHub does. */
export function ensureLabels(scene: Scene, names: readonly string[]): readonly Label[] {
  return names.map((name) => scene.repo.labels.get(name.toLowerCase()) ?? createLabel(scene, name));
}

export async function addLabels(
  scene: Scene,
  issue: Issue,
  labels: readonly Label[],
): Promise<void> {
  for (const label of labels) {
    if (issue.labels.includes(label)) continue;
    issue.labels.push(label);
    issue.updatedAt = scene.world.now();
    await tellLabeled(scene, issue, label);
  }
}

/** Records and tells a label that is on already, as those an issue is opened with are. */
export async function tellLabeled(scene: Scene, issue: Issue, label: Label): Promise<void> {
  record(scene, issue, { event: 'labeled', label });
  const presented = presentLabel(scene.world, scene.repo, label);
  await emitIssue(scene, issue, 'labeled', { label: presented });
}

export async function removeLabels(
  scene: Scene,
  issue: Issue,
  labels: readonly Label[],
): Promise<void> {
  for (const label of labels) {
    if (!issue.labels.includes(label)) continue;
    issue.labels = issue.labels.filter((other) => other !== label);
    issue.updatedAt = scene.world.now();
    record(scene, issue, { event: 'unlabeled', label });
    const presented = presentLabel(scene.world, scene.repo, label);
    await emitIssue(scene, issue, 'unlabeled', { label: presented });
  }
}

/** Makes these the issue's labels: takes off the others, puts on what lacks. */
export async function setLabels(
  scene: Scene,
  issue: Issue,
  labels: readonly Label[],
): Promise<void> {
  const surplus = issue.labels.filter((label) => !labels.includes(label));
  await removeLabels(scene, issue, surplus);
  await addLabels(scene, issue, labels);
}
