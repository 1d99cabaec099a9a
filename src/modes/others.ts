import type { StateStore } from '../act/ports.ts';
import type { Time } from '../domain/time.ts';

/** How long after it moved the state a run may still be about to make what it claimed there. */
const AT_WORK_MS = 60_000;

/** The first pause between two looks; each further one is twice as long. */
const PAUSE_MS = 1000;

/** Where the state branch stood when it was read. */
interface Tip {
  readonly revision: string | null;
  /** When it came there, as GitHub tells; null where there is none. */
  readonly movedAt: string | null;
}

/** Knows the tips that this run made itself from those that tell of another run. */
export function watchOthers(time: Time) {
  const own = new Set<string>();
  return {
    /** The store, with the tips that it makes taken down. */
    noting: (store: StateStore): StateStore => ({
      commit: async (change) => {
        const tip = await store.commit(change);
        own.add(tip);
        return tip;
      },
    }),
    /** Pauses while another run may be at work on that tip, and answers false once none can be. */
    waitSince: ({ revision, movedAt }: Tip): ((round: number) => Promise<boolean>) => {
      const isOfAnother = revision !== null && movedAt !== null && !own.has(revision);
      // Clocks differ: what was there when it was read is not of the future.
      const until = isOfAnother ? Math.min(Date.parse(movedAt), time.now()) + AT_WORK_MS : 0;
      return async (round) => {
        const left = until - time.now();
        if (left <= 0) return false;
        await time.sleep(Math.min(PAUSE_MS * 2 ** (round - 1), left));
        return true;
      };
    },
  };
}
