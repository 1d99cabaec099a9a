import { err, ok } from '../../result.js';
import type { EventListener, Result } from '../../types/index.js';

/** Calls a listener and turns what it throws into a failure. */
export function callListener<TPayload>(
  listener: EventListener<TPayload>,
  payload: TPayload,
): Result<void, unknown> {
  try {
    return ok(listener(payload));
  } catch (thrown) {
    return err(thrown);
  }
}
