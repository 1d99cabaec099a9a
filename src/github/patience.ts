import { AnswerLostError, RateLimitedError } from '../domain/errors.ts';
import type { Time } from '../domain/time.ts';
import { judgeFailure, judgeSuccess, type Verdict } from './answers.ts';

/** A request, as far as trying again goes by it. */
export interface Asked {
  /** As a person would name it, such as `POST /repos/{owner}/{repo}/issues`. */
  readonly what: string;
  readonly isRead: boolean;
}

interface Answer {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/**
 * How long a run may take before it leaves what is left to the next one: a limit may last an hour, and a run that
 * slept through it would keep every later one of the repository waiting.
 */
export const RUN_BUDGET_MS = 20 * 60_000;

/**
 * Where GitHub tells no time, wait a minute, and twice as long each time after
 * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately).
 */
const UNTOLD_LIMIT_MS = 60_000;

/** The first pause before a request is sent again; each further one is twice as long. */
const PAUSE_MS = 1000;
const READ_RETRIES = 4;

/** How often a write is sent again whose object is not there: events come before every server knows what they tell of. */
const WRITE_RETRIES = 3;

export interface Patience {
  /** Sends a request until its answer stands. A write whose answer was lost is never sent again. */
  send<T extends Answer>(asked: Asked, ask: () => Promise<T>): Promise<T>;
}

/**
 * The policy of one run's requests: writes one after the other without a fixed delay, limits honoured by all of them,
 * reads repeated, and what a write is about given a little time to be there.
 */
export function createPatience(time: Time): Patience {
  const deadline = time.now() + RUN_BUDGET_MS;
  let heldUntil = 0;
  let untold = 0;
  let writing: Promise<unknown> = Promise.resolve();

  const free = async (): Promise<void> => {
    // A request that was under way may be told of a longer limit meanwhile.
    for (let wait = heldUntil - time.now(); wait > 0; wait = heldUntil - time.now()) {
      if (heldUntil > deadline) throw new RateLimitedError(new Date(heldUntil).toISOString());
      await time.sleep(wait);
    }
  };

  const hold = (until: number | null): void => {
    const end = until ?? time.now() + UNTOLD_LIMIT_MS * 2 ** untold;
    if (until === null) untold += 1;
    heldUntil = Math.max(heldUntil, end);
  };

  const sendNow = async <T extends Answer>(asked: Asked, ask: () => Promise<T>): Promise<T> => {
    for (let tried = 1; ;) {
      await free();
      const got = await settle(ask, time);
      if (got.verdict.kind === 'limited') {
        hold(got.verdict.until);
        continue;
      }
      if (!mayRetry(got.verdict.kind, asked, tried)) return conclude(asked, got);
      await time.sleep(PAUSE_MS * 2 ** (tried - 1));
      tried += 1;
    }
  };

  return {
    send: (asked, ask) => {
      if (asked.isRead) return sendNow(asked, ask);
      const sent = writing.then(() => sendNow(asked, ask));
      writing = sent.catch(() => undefined);
      return sent;
    },
  };
}

function mayRetry(kind: Verdict['kind'], { isRead }: Asked, tried: number): boolean {
  if (kind === 'lost') return isRead && tried <= READ_RETRIES;
  return kind === 'not-there' && !isRead && tried <= WRITE_RETRIES;
}

type Settled<T> =
  | { readonly ok: true; readonly answer: T; readonly verdict: Verdict }
  | { readonly ok: false; readonly error: unknown; readonly verdict: Verdict };

async function settle<T extends Answer>(ask: () => Promise<T>, time: Time): Promise<Settled<T>> {
  try {
    const answer = await ask();
    return { ok: true, answer, verdict: judgeSuccess(answer, time.now()) };
  } catch (error) {
    return { ok: false, error, verdict: judgeFailure(error, time.now()) };
  }
}

function conclude<T>(asked: Asked, got: Settled<T>): T {
  if (got.ok) return got.answer;
  const { error, verdict } = got;
  if (verdict.kind === 'lost' && !asked.isRead) {
    throw new AnswerLostError(asked.what, { cause: error });
  }
  throw error;
}
