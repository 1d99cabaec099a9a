/** One API call as it came and went. */
export interface Call {
  /** From 1, in the order of arrival. */
  readonly sequence: number;
  readonly kind: 'rest' | 'graphql';
  readonly method: string;
  /** Below the API's root, with its query, such as `/repos/o/r/issues?state=open`. */
  readonly path: string;
  /** The template that matched, such as `/repos/{owner}/{repo}/issues`; null when none did. */
  route: string | null;
  readonly body: unknown;
  /** GraphQL: names of the operations in the document. */
  operations: readonly string[];
  /** GraphQL: the fields of the mutation, in order. */
  mutations: readonly string[];
  access: 'read' | 'write';
  readonly token: 'none' | 'user' | 'installation' | 'unknown';
  readonly login: string | null;
  /** null until answered, or for ever if the connection was cut. */
  status: number | null;
  /** Ticks of one counter that every start and end advances, so that they can be compared. */
  readonly startedAt: number;
  endedAt: number | null;
}

/** A gap in the simulator that a client ran into. */
export interface UnknownCall {
  readonly kind: 'rest' | 'graphql' | 'git';
  /** `METHOD /path`, `Type.field`, or `defect: …` where the simulator itself broke. */
  readonly what: string;
}

/** The record of all calls, and of the endpoints and fields nobody simulates. */
export class CallLog {
  readonly calls: Call[] = [];
  readonly unknown: UnknownCall[] = [];
  private tick = 0;
  private sequence = 0;

  start(
    call: Pick<Call, 'kind' | 'method' | 'path' | 'body' | 'token' | 'login' | 'access'>,
  ): Call {
    this.tick += 1;
    this.sequence += 1;
    const started: Call = {
      ...call,
      sequence: this.sequence,
      route: null,
      operations: [],
      mutations: [],
      status: null,
      startedAt: this.tick,
      endedAt: null,
    };
    this.calls.push(started);
    return started;
  }

  end(call: Call, status: number | null): void {
    this.tick += 1;
    call.status = status;
    call.endedAt = this.tick;
  }

  clear(): void {
    this.calls.length = 0;
    this.unknown.length = 0;
  }
}

/** The longest chain of calls in which each began only after the one before had ended. */
export function sequentialDepth(calls: readonly Call[]): number {
  const ended: { readonly at: number; readonly depth: number }[] = [];
  let deepest = 0;
  for (const call of [...calls].sort((a, b) => a.startedAt - b.startedAt)) {
    const before = ended.filter(({ at }) => at < call.startedAt).map(({ depth }) => depth);
    const depth = 1 + Math.max(0, ...before);
    deepest = Math.max(deepest, depth);
    if (call.endedAt !== null) ended.push({ at: call.endedAt, depth });
  }
  return deepest;
}
