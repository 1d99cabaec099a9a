/** How many may wait in a group with `queue: max`; a later one is cancelled (same page as below). */
const MAX_PENDING = 100;

/** A `concurrency:` block with its expressions evaluated. */
export interface ConcurrencyRequest {
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly queue: 'single' | 'max';
}

type Turn = { readonly kind: 'granted' } | { readonly kind: 'cancelled'; reason: string };

/** A place in a group: `turn` is settled once, and `leave` lets the next one in. */
interface Place {
  readonly turn: Promise<Turn>;
  leave(): void;
}

export interface ConcurrencyGroups {
  /** Asks for a turn; `cancel` is called when a later one takes the turn away while it runs. */
  enter(request: ConcurrencyRequest, cancel: (reason: string) => void): Place;
}

interface Member {
  settle(turn: Turn): void;
  readonly cancel: (reason: string) => void;
}

interface Group {
  running: Member | null;
  pending: Member[];
}

/**
 * The concurrency groups of one repository, shared by runs and jobs and named without regard to
 * case: one runs; of those that wait, a new one replaces the old, or all wait in order if `queue` is
 * `max`.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export function createConcurrencyGroups(): ConcurrencyGroups {
  const groups = new Map<string, Group>();
  return {
    enter(request, cancel) {
      const name = request.group.toLowerCase();
      const group = groups.get(name) ?? { running: null, pending: [] };
      groups.set(name, group);
      const { member, turn } = newMember(cancel);
      admit(group, member, request);
      return {
        turn,
        leave() {
          leave(group, member);
          if (!group.running && group.pending.length === 0) groups.delete(name);
        },
      };
    },
  };
}

function newMember(cancel: (reason: string) => void) {
  let settle: (turn: Turn) => void = () => undefined;
  const turn = new Promise<Turn>((resolve) => {
    settle = resolve;
  });
  const member: Member = { settle: (value) => settle(value), cancel };
  return { member, turn };
}

function admit(group: Group, member: Member, request: ConcurrencyRequest): void {
  if (!group.running) {
    group.running = member;
    member.settle({ kind: 'granted' });
    return;
  }
  if (request.queue === 'max') {
    if (group.pending.length < MAX_PENDING) group.pending.push(member);
    else member.settle(cancelledFor(request.group, 'the queue is full'));
    return;
  }
  const why = `a higher priority waiting request exists`;
  for (const waiting of group.pending) waiting.settle(cancelledFor(request.group, why));
  group.pending = [member];
  if (request.cancelInProgress) group.running.cancel(cancelledFor(request.group, why).reason);
}

function cancelledFor(group: string, why: string) {
  return { kind: 'cancelled', reason: `Canceling since ${why} for ${group}` } as const;
}

function leave(group: Group, member: Member): void {
  group.pending = group.pending.filter((waiting) => waiting !== member);
  if (group.running !== member) return;
  const next = group.pending.shift() ?? null;
  group.running = next;
  next?.settle({ kind: 'granted' });
}
