/** What woke us: only ever a hint about where to look; live state wins. */
export type Trigger =
  /** A label was put on an issue or pull request. */
  | {
      readonly kind: 'label';
      readonly label: string;
      readonly number: number;
      readonly sender: Sender;
    }
  /** Somebody commented on an issue or pull request. */
  | {
      readonly kind: 'comment';
      readonly number: number;
      readonly commentId: string;
      /** The comment's GraphQL node id. */
      readonly nodeId: string;
      readonly body: string;
      readonly sender: Sender;
    }
  /** A pull request was opened, pushed to, closed or reopened. */
  | {
      readonly kind: 'pull-request';
      readonly action: 'opened' | 'synchronize' | 'reopened' | 'closed';
      readonly number: number;
      readonly headBranch: string;
      readonly sameRepository: boolean;
      readonly sender: Sender;
    }
  /** An issue was closed or reopened; it may be an escalation. */
  | {
      readonly kind: 'issue';
      readonly action: 'closed' | 'reopened';
      readonly number: number;
      readonly sender: Sender;
    }
  /** The base branch moved. */
  | {
      readonly kind: 'push';
      readonly branch: string;
      /** Modules named by `Start-Session:` trailers of the pushed commits. */
      readonly requested: readonly string[];
      readonly sender: Sender;
    }
  /** Started by hand, by ourselves, or on a schedule. */
  | {
      readonly kind: 'dispatch';
      /** The module to request; null to look what is due. */
      readonly module: string | null;
      /** The session's pull request whose head is to be verified. */
      readonly pullRequest: number | null;
      /** The branch it runs on. */
      readonly branch: string;
      readonly sender: Sender;
    }
  | { readonly kind: 'schedule' }
  /** A merge queue wants the required check on a group of pull requests. */
  | {
      readonly kind: 'merge-group';
      readonly headSha: string;
      readonly headRef: string;
      readonly baseSha: string;
      readonly sender: Sender;
    }
  /** Nothing here is ours to handle. */
  | { readonly kind: 'ignored'; readonly reason: string };

export interface Sender {
  readonly login: string;
  readonly bot: boolean;
}

/** The issue or pull request a trigger points at, or null. */
export function triggerNumber(trigger: Trigger): number | null {
  return 'number' in trigger ? trigger.number : null;
}

/** Whether the run looks at everything that may be due: by the clock, or by hand without saying at what. */
export function isSweep(trigger: Trigger): boolean {
  if (trigger.kind === 'dispatch') return trigger.module === null && trigger.pullRequest === null;
  return trigger.kind === 'schedule';
}

/** The pull request whose head the trigger is about, or null. */
export function pointedPullRequest(trigger: Trigger): number | null {
  if (trigger.kind === 'pull-request') return trigger.number;
  return trigger.kind === 'dispatch' ? trigger.pullRequest : null;
}

export function triggerSender(trigger: Trigger): Sender | null {
  return 'sender' in trigger ? trigger.sender : null;
}

/** What woke us, in a few words, for the job's page. */
export function describeTrigger(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'label':
      return `the label ${trigger.label} on #${trigger.number} by ${trigger.sender.login}`;
    case 'comment':
      return `a comment on #${trigger.number} by ${trigger.sender.login}`;
    case 'pull-request':
      return `pull request #${trigger.number}, ${trigger.action}`;
    case 'issue':
      return `issue #${trigger.number}, ${trigger.action}`;
    case 'push':
      return `a push to ${trigger.branch}`;
    case 'dispatch':
      return 'a dispatch';
    case 'schedule':
      return 'the schedule';
    case 'merge-group':
      return `a merge group at ${trigger.headSha.slice(0, 7)}`;
    case 'ignored':
      return trigger.reason;
  }
}
