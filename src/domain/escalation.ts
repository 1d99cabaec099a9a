/** Why a session had to stop, in the words of whoever or whatever stopped it. */
export interface HaltReason {
  /** A failure row's id; null where the coder named none. */
  readonly failureType: string | null;
  readonly reason: string;
  /** Who or what: a login, `claim` or `classifier`. */
  readonly by: string;
}

/** A coder's claim about its own session, read from its claim file; never a fact. */
export type Claim =
  | { readonly kind: 'halt'; readonly failureType: string | null; readonly reason: string }
  | { readonly kind: 'done' };
