/** What is told of one thing on the spot; its explanation stands beside it, in `explanations.ts`. */
export interface Message<Data> {
  /** What happened, and where. */
  readonly says: (data: Data) => string;
  /** What to do next. */
  readonly fix: (data: Data) => string;
}

/** Keeps the type of a message's data, so that whoever tells it has to hand on that and nothing else. */
export function message<Data>(one: Message<Data>): Message<Data> {
  return one;
}

/** Of a message that needs no data. */
export type NoData = Readonly<Record<string, never>>;
