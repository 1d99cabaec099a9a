import type { Conversation } from './world.ts';

/** What an issue or pull request of ours is of, by its marker. */
export type TextSubject =
  | {
      readonly kind: 'dashboard';
      /** The commit of the state that it was made from; null where it names none. */
      readonly stateCommit: string | null;
    }
  | {
      readonly kind: 'escalation' | 'pull-request';
      readonly module: string;
      readonly attempt: number;
    };

/** An open issue or pull request that was written under our own identity and bears a marker of ours. */
export interface OwnText {
  readonly subject: TextSubject;
  readonly conversation: Conversation;
}
