import type { Config } from './config.ts';
import type { Status } from './implementation-state.ts';

/** Put on every issue of ours, so that one look tells whether a repository knows us. */
export const OUR_LABEL = 'sessionwright';

/** In a label: every ready module. It is therefore no module's id. */
export const READY = 'ready';

/** A label as it is made where the repository lacks it. */
export interface LabelSpec {
  /** At most 50 characters (https://docs.github.com/en/rest/issues/labels#create-a-label). */
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  /** At most 100 characters. */
  readonly description: string;
}

/** GitHub refuses a longer one (https://docs.github.com/en/rest/issues/labels#create-a-label). */
const DESCRIPTION_LIMIT = 100;

const OURS: LabelSpec = {
  name: OUR_LABEL,
  color: '5319e7',
  description: 'Sessionwright’s dashboard and escalations',
};

/** A module that is pending has no session, so that its old pull request bears none of them. */
const STATUS_LABELS: Readonly<Record<Exclude<Status, 'pending'>, LabelSpec>> = {
  'in-progress': {
    name: 'sessionwright:in-progress',
    color: 'fbca04',
    description: 'A coder works on this session',
  },
  review: {
    name: 'sessionwright:review',
    color: '1d76db',
    description: 'Verified; this session waits for review and merge',
  },
  blocked: {
    name: 'sessionwright:blocked',
    color: 'b60205',
    description: 'This session has stopped; its escalation asks for a decision',
  },
  complete: {
    name: 'sessionwright:complete',
    color: '0e8a16',
    description: 'Merged at a verified head; its module is complete',
  },
};

/** What a session's pull request shows of its module's status; null where that is pending. */
export function statusLabel(status: Status): LabelSpec | null {
  return status === 'pending' ? null : STATUS_LABELS[status];
}

export const STATUS_LABEL_NAMES: readonly string[] = Object.values(STATUS_LABELS).map(
  ({ name }) => name,
);

/** Those of them that say something is still to come; a pull request of a session that is over bears none. */
export const OPEN_STATUS_LABEL_NAMES: readonly string[] = [
  STATUS_LABELS['in-progress'].name,
  STATUS_LABELS.review.name,
  STATUS_LABELS.blocked.name,
];

/** Every label that we put on something ourselves; those by which people ask are theirs to make. */
export function ownLabels({ escalation, handoff }: Config): readonly LabelSpec[] {
  const escalated = Object.entries(escalation).flatMap(([target, { labels }]) =>
    labels.map((name) => specOf(name, 'd93f0b', `Sessionwright: escalations to ${target}`)),
  );
  const calls = handoff.labels.map((name) =>
    specOf(name, 'c5def5', 'Sessionwright: calls the coder of a session'),
  );
  const all = [OURS, ...Object.values(STATUS_LABELS), ...escalated, ...calls];
  return [...new Map(all.map((one) => [labelKey(one.name), one] as const).reverse()).values()];
}

/** Names of labels differ by more than case. */
export function labelKey(name: string): string {
  return name.toLowerCase();
}

function specOf(name: string, color: string, description: string): LabelSpec {
  return { name, color, description: description.slice(0, DESCRIPTION_LIMIT) };
}
