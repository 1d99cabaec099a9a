import { RunEndedError, StateNotWrittenError } from '../domain/errors.ts';
import { renderState } from '../domain/state-file.ts';
import type { ImplementationState } from '../domain/implementation-state.ts';
import { COMMENTS_READ, type Comment, type LabelledPull, type World } from '../domain/world.ts';
import type { Write } from '../domain/writes.ts';
import { applyTransition, type Transition } from '../decide/situation.ts';
import { parseReply, renderReply } from '../documents/reply.ts';
import type { Answer } from '../domain/answer.ts';
import type { UserTemplates } from '../documents/template.ts';
import { graphPicture } from './graph-picture.ts';
import type { Hub, StateStore } from './ports.ts';

/** What every act works with: the world as read, the state as it moves, and the writes not sent yet. */
export interface Stage {
  readonly world: World;
  readonly hub: Hub;
  /** Under the token that may call coders; null where none was given. */
  readonly coderHub: Hub | null;
  readonly version: string;
  readonly stateBranch: string;
  /** The user's own; ours render what is not among them. */
  readonly templates: UserTemplates;
  /** The page of this run, for links; null outside a workflow. */
  readonly runUrl: string | null;
  readonly state: () => ImplementationState;
  /** The commit of the state branch that holds it; null before the first. */
  readonly revision: () => string | null;
  /** Commits a transition; the state read next is the one after it. */
  readonly commit: (transition: Transition) => Promise<void>;
  /** Small writes that were refused so far, in words. */
  readonly refused: () => readonly string[];
  /** Keeps a small write until the next `flush`, which sends all of them in one request. */
  readonly post: (write: Write) => void;
  /** Keeps a comment of which there is to be one: `isIt` knows an older one than those that were read. */
  readonly postOnce: (place: Place, body: string, isIt: (body: string) => boolean) => void;
  /** Brings a comment up to date that is none of those that were read; where there is none, nothing is said. */
  readonly amendOlder: (place: Place, body: string, isIt: (body: string) => boolean) => void;
  readonly flush: () => Promise<void>;
  /** Pauses while another run may be at work on what it claimed; false once none can be. `round` counts from 1. */
  readonly waitForOthers: (round: number) => Promise<boolean>;
  readonly tell: (line: string) => void;
  /** Whoever calls coders by what the run says has to hear of a session, even twice, rather than never. */
  readonly noteStarted: (module: string) => void;
  /** Node ids of labels by their names in lower case; what is made on the way joins them. */
  readonly labels: Map<string, string>;
  /** Pull requests of this run's own. */
  readonly opened: LabelledPull[];
}

export interface StageOptions extends Omit<
  Stage,
  | 'state'
  | 'revision'
  | 'commit'
  | 'refused'
  | 'post'
  | 'postOnce'
  | 'amendOlder'
  | 'flush'
  | 'labels'
  | 'opened'
> {
  readonly store: StateStore;
  readonly revision: string | null;
}

export function createStage(options: StageOptions): Stage {
  const { store, revision: read, ...rest } = options;
  let { state } = options.world;
  let revision = read;
  let outbox: (Write | LateWrite)[] = [];
  const refused: string[] = [];
  return {
    ...rest,
    labels: new Map(options.world.labels),
    opened: [],
    state: () => state,
    revision: () => revision,
    commit: async (transition) => {
      const next = applyTransition(state, transition);
      const { message } = transition;
      const beside = await graphPicture(options.world, next);
      const change = { text: renderState(next), message, parent: revision, beside };
      revision = await store.commit(change).catch((error: unknown) => {
        throw error instanceof RunEndedError ? error : new StateNotWrittenError(message, error);
      });
      state = next;
      options.tell(message);
    },
    refused: () => refused,
    post: (write) => {
      outbox.push(write);
    },
    postOnce: ({ id, comments }, body, isIt) => {
      const write = { kind: 'comment', subject: id, body } as const;
      const isWhole = comments.length < COMMENTS_READ;
      outbox.push(isWhole ? write : () => findOlder(options.hub, write, isIt, write));
    },
    amendOlder: ({ id, comments }, body, isIt) => {
      if (comments.length < COMMENTS_READ) return;
      outbox.push(() => findOlder(options.hub, { subject: id, body }, isIt, null));
    },
    flush: async () => {
      const due = outbox;
      outbox = [];
      const batch: Write[] = [];
      for (const one of due) {
        const write = typeof one === 'function' ? await one() : one;
        if (write !== null) batch.push(write);
      }
      if (batch.length > 0) refused.push(...(await options.hub.write(batch)));
    },
  };
}

/** An issue or pull request, with the comments that were read. */
export interface Place {
  /** GraphQL node id. */
  readonly id: string;
  readonly comments: readonly Comment[];
}

/** What is to be written turns out when it is about to be; null where nothing is. */
type LateWrite = () => Promise<Write | null>;

/** An edit of the older comment, nothing where it says the same, or `otherwise` where there is none. */
async function findOlder(
  hub: Hub,
  { subject, body }: { readonly subject: string; readonly body: string },
  isIt: (body: string) => boolean,
  otherwise: Write | null,
): Promise<Write | null> {
  const older = await hub.findComment(subject, isIt);
  if (older === null) return otherwise;
  return older.body === body ? null : { kind: 'edit-comment', id: older.id, body };
}

/** One reply per key: written, brought up to date, or left as it is. */
export function postReply(stage: Stage, number: number, key: string, reply: Answer): void {
  const conversation = findConversation(stage.world, number);
  if (conversation === null) return;
  const before = findReply(conversation.comments, key);
  if (before !== undefined) amendReply(stage, number, key, reply);
  else {
    stage.postOnce(conversation, renderReply(reply, key), (body) => parseReply(body) === key);
  }
}

/** Brings a reply that was given up to date; without one, nothing is said. */
export function amendReply(stage: Stage, number: number, key: string, reply: Answer): void {
  const conversation = findConversation(stage.world, number);
  if (conversation === null) return;
  const before = findReply(conversation.comments, key);
  const body = renderReply(reply, key);
  if (before === undefined) {
    stage.amendOlder(conversation, body, (older) => parseReply(older) === key);
  } else if (before.body !== body) stage.post({ kind: 'edit-comment', id: before.id, body });
}

/** The comment of ours that gave the reply of that key, among those that were read. */
export function findReply(comments: readonly Comment[], key: string): Comment | undefined {
  return comments.find((comment) => comment.ours && parseReply(comment.body) === key);
}

/** An issue or pull request that was read, or null. */
export function findConversation(world: World, number: number): Place | null {
  const known = world.conversations.get(number);
  if (known !== undefined) return known;
  return [...world.pulls.values()].find((pull) => pull.number === number) ?? null;
}
