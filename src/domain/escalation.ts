/** Why a session had to stop, in the words of whoever or whatever stopped it. */
export interface HaltReason {
  /** A failure row's id; null where the coder named none. */
  readonly failureType: string | null;
  readonly reason: string;
  readonly by: Stopper;
}

/** Who or what stopped a session; a person may have any of the other words as a login. */
export type Stopper =
  | { readonly login: string }
  | 'claim'
  | 'classifier'
  | 'self-fix-limit'
  | 'repetition'
  | 'merge'
  | 'attempts'
  /** Known only from the state: the run that blocked the module ended before it escalated. */
  | 'state';

/** A coder's claim about its own session, read from its claim file; never a fact. */
export type Claim =
  | { readonly kind: 'halt'; readonly failureType: string | null; readonly reason: string }
  | { readonly kind: 'done' };
