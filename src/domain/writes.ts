/** A small write, several of which go out in one request. */
export type Write =
  | {
      readonly kind: 'check-run';
      /** An existing run of ours, without annotations, to bring up to date; null makes one. */
      readonly id: string | null;
      readonly name: string;
      readonly sha: string;
      readonly externalId: string;
      readonly conclusion: CheckConclusion;
      readonly detailsUrl: string | null;
      readonly output: CheckOutput;
    }
  | { readonly kind: 'comment'; readonly subject: string; readonly body: string }
  | { readonly kind: 'edit-comment'; readonly id: string; readonly body: string }
  | { readonly kind: 'remove-label'; readonly subject: string; readonly label: string }
  | { readonly kind: 'add-label'; readonly subject: string; readonly label: string }
  | { readonly kind: 'edit-issue'; readonly id: string; readonly body: string }
  | { readonly kind: 'close-pull-request'; readonly id: string }
  | {
      readonly kind: 'close-issue';
      readonly id: string;
      readonly as: 'completed' | 'duplicate';
    }
  | {
      readonly kind: 'reaction';
      readonly subject: string;
      readonly content: 'thumbs-up' | 'confused';
    };

/** `queued` is no conclusion yet: the check waits. */
export type CheckConclusion = 'success' | 'failure' | 'neutral' | 'action-required' | 'queued';

/** What a check run shows (https://docs.github.com/en/rest/checks/runs). */
export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly CheckAnnotation[];
}

/** One remark beside a line of the diff, named as the REST API names it; lines are 1-based. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'failure' | 'warning';
  readonly message: string;
  readonly title: string;
}
