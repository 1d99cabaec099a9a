import { labelKey, ownLabels, STATUS_LABEL_NAMES, statusLabel } from '../domain/labels.ts';
import type { LabelledPull } from '../domain/world.ts';
import type { Stage } from './stage.ts';

/** Makes those of our labels that the repository lacks, with their colour and description. */
export async function ensureLabels(stage: Stage, names: readonly string[]): Promise<void> {
  for (const name of new Set(names)) await ensureLabel(stage, name);
}

/** The node id of a label of ours, which is made where the repository lacks it. */
export async function ensureLabel(stage: Stage, name: string): Promise<string> {
  const known = stage.labels.get(labelKey(name));
  if (known !== undefined) return known;
  const spec = ownLabels(stage.world.config).find((one) => labelKey(one.name) === labelKey(name));
  if (spec === undefined) throw new Error(`The label ${name} is none of ours.`);
  const id = await stage.hub.ensureLabel(spec);
  stage.labels.set(labelKey(name), id);
  return id;
}

/**
 * Brings the status labels to what the state says: one on each session's pull request, none on those of sessions that
 * are over, as one is whose pull request was closed. They are a projection: nothing is decided by them, and what a person does to them is put right.
 */
export async function projectStatuses(stage: Stage): Promise<void> {
  const wanted = wantedLabels(stage);
  for (const pull of pullsOf(stage)) {
    const name = pull.state === 'closed' ? null : (wanted.get(pull.number) ?? null);
    const has = pull.labels.filter((label) => STATUS_LABEL_NAMES.includes(label.name));
    for (const label of has.filter((one) => one.name !== name)) {
      stage.post({ kind: 'remove-label', subject: pull.id, label: label.id });
    }
    if (name === null || has.some((label) => label.name === name)) continue;
    stage.post({ kind: 'add-label', subject: pull.id, label: await ensureLabel(stage, name) });
  }
}

/** By pull request; modules that the config no longer names keep their status. */
function wantedLabels(stage: Stage): ReadonlyMap<number, string> {
  return new Map(
    [...stage.state().entries.values()].flatMap(({ status, session }) => {
      const label = statusLabel(status);
      return label === null || session.pullRequest === null
        ? []
        : [[session.pullRequest, label.name] as const];
    }),
  );
}

/** Those that were read or that this run opened, and those that still bear a label of a session that goes on. */
function pullsOf(stage: Stage): readonly LabelledPull[] {
  const { world, opened } = stage;
  const ours = sessionPulls(stage);
  const open = [...world.conversations.values()]
    .filter((one) => one.open && one.headSha !== undefined)
    .map((one) => ({ ...one, state: 'open' }) as const);
  const seen = [...opened, ...open, ...world.labelledPulls, ...world.pulls.values()];
  return [...new Map(seen.map((pull) => [pull.number, pull] as const)).values()].filter((pull) =>
    ours.has(pull.number),
  );
}

/** What somebody else's pull request bears is not ours to take off. */
function sessionPulls(stage: Stage): ReadonlySet<number | null> {
  return new Set(
    [...stage.state().entries.values()].flatMap(({ session }) => [
      session.pullRequest,
      ...session.history.map(({ pullRequest }) => pullRequest),
    ]),
  );
}
