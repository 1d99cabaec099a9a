/** One thing that is told to people: what is said of it on the spot, and what its section of the manual adds. */
export interface Message<Data> {
  /** A few words for a heading. */
  readonly title: string;
  /** What happened, and where. */
  readonly says: (data: Data) => string;
  /** How that comes about. */
  readonly why: string;
  /** What to do next. */
  readonly fix: (data: Data) => string;
  /** What the manual shows it with. */
  readonly example: NoInfer<Data>;
}

/** Keeps the type of a message's data, so that whoever tells it has to hand on that and nothing else. */
export function message<Data>(one: Message<Data>): Message<Data> {
  return one;
}

/** What a message needs where it needs nothing. */
export type NoData = Readonly<Record<never, never>>;
