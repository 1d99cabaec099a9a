import { Socket } from 'node:net';
import { setImmediate as afterReading, setTimeout as delay } from 'node:timers/promises';
import { createOutputStream } from './output-stream.ts';

/** Carries one output of a process to where it goes, no faster than it is taken. */
export interface OutputPump {
  /**
   * To be called when the process is gone: waits for what it left in the pipe. A process that is none of ours any more
   * may hold the pipe open, or fill it, for ever: neither is waited for.
   */
  finish(): Promise<void>;
}

/** All that is read at once; the same memory every time, so that a gigabyte of output leaves nothing to collect. */
const READ_BYTES = 64 * 1024;

/** Linux lets a pipe hold 1 MiB at most (pipe(7)): what comes after that was written after the end. */
const LEFT_IN_PIPE_BYTES = 1024 * 1024;

/** A pipe with anything in it gives it at once. */
const IDLE_MS = 500;

/** What comes in drops for longer than this comes from a process that is none of ours any more. */
const MAX_DROPS = 4;

/** `take` gets clean UTF-8, by whole lines where lines end, in memory that is used again once it has settled. */
export function pumpOutput(
  readEnd: number,
  secrets: readonly string[],
  take: (bytes: Uint8Array) => Promise<void>,
): OutputPump {
  const output = createOutputStream(secrets);
  let isTaking = false;
  let received = 0;
  let limit = Infinity;
  const buffer = Buffer.alloc(READ_BYTES);
  const onread = {
    buffer,
    callback: (length: number): boolean => onBytes(buffer.subarray(0, length)),
  };
  const options = { fd: readEnd, readable: true, writable: false, onread };
  const source = new Socket(options);
  const closed = new Promise((resolve) => source.once('close', resolve));
  // A pipe that breaks has ended.
  source.on('error', () => undefined).resume();
  const done = closed.then(() => take(output.end()));

  /** False stops the reading until what was read is taken. */
  function onBytes(bytes: Uint8Array): boolean {
    received += bytes.length;
    if (received > limit) {
      source.destroy();
      return false;
    }
    const clean = output.push(bytes);
    if (clean.length === 0) return true;
    isTaking = true;
    void take(clean).then(() => {
      isTaking = false;
      source.resume();
    });
    return false;
  }

  async function finish(): Promise<void> {
    limit = received + LEFT_IN_PIPE_BYTES;
    const stop = new AbortController();
    const whenDone = done.then(() => {
      stop.abort();
    });
    for (let drops = 0; !stop.signal.aborted;) {
      const before = received;
      await delay(IDLE_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      await afterReading();
      if (isTaking) continue;
      drops += 1;
      if (received === before || drops === MAX_DROPS) source.destroy();
    }
    await whenDone;
  }

  return { finish };
}
