/** Processor time, so that a busy machine does not make a test fail. */
export function secondsOfWork(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}
