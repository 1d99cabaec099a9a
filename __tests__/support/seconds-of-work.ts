/** Processor time, so that a busy machine does not make a test fail. */
export function secondsOfWork(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

/**
 * Whether the work is done within so much processor time: the least of up to three measurements counts, since garbage
 * that others left may be collected in any one of them.
 */
export function isDoneWithin(seconds: number, work: () => unknown): boolean {
  return [1, 2, 3].some(() => secondsOfWork(work) < seconds);
}
