/** What was asked for; or why it could not be told, and what would tell it. */
export type Told<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: string; readonly would: string };

/** What a finding is about. */
export interface Subject {
  readonly id: string;
  /** A statement that holds where all is well. */
  readonly title: string;
  /** Where to read more. */
  readonly link: string;
}

/** One thing that was looked at. */
export type Finding = Subject &
  (
    | { readonly verdict: 'ok'; readonly says: string }
    /** `fix` is the setting to change, or the line to write. */
    | { readonly verdict: 'wrong'; readonly says: string; readonly fix: string }
    /** `fix` is what would tell. */
    | { readonly verdict: 'unknown'; readonly says: string; readonly fix: string }
  );

export function known<T>(value: T): Told<T> {
  return { known: true, value };
}

export function fine(subject: Subject, says: string): Finding {
  return { ...subject, verdict: 'ok', says };
}

export function wrong(subject: Subject, says: string, fix: string): Finding {
  return { ...subject, verdict: 'wrong', says, fix };
}

export function unknown(subject: Subject, says: string, fix: string): Finding {
  return { ...subject, verdict: 'unknown', says, fix };
}

/** Judges what was told; what was not stays open. */
export function judged<T>(subject: Subject, told: Told<T>, judge: (value: T) => Finding): Finding {
  return told.known ? judge(told.value) : unknown(subject, told.why, told.would);
}

export function tellKnown<T, U>(told: Told<T>, change: (value: T) => U): Told<U> {
  return told.known ? known(change(told.value)) : told;
}
