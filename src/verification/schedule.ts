import type { PlannedCommand } from '../domain/verification.ts';

/** Why a command is not run at all. */
export type NotRun =
  | { readonly kind: 'skipped'; readonly because: string }
  | { readonly kind: 'not-started'; readonly reason: string };

/** What runs one command, or records that it is not run; true stands for a pass. */
export interface Runner {
  run(command: PlannedCommand): Promise<boolean>;
  leaveOut(command: PlannedCommand, why: NotRun): void;
}

/**
 * Runs commands side by side, at most `width` at once, each after all it needs have passed. One that is not
 * `parallel` has the machine to itself, and nothing that stands after it overtakes it.
 */
export async function schedule(
  commands: readonly PlannedCommand[],
  width: number,
  runner: Runner,
): Promise<void> {
  const passed = new Map<string, boolean>();
  const running = new Map<string, Promise<void>>();
  let waiting = [...commands];
  let exclusive = false;

  function start(command: PlannedCommand): void {
    exclusive = !command.parallel;
    const done = runner.run(command).then((ok) => {
      passed.set(command.id, ok);
      running.delete(command.id);
      if (!command.parallel) exclusive = false;
    });
    running.set(command.id, done);
  }

  while (waiting.length > 0) {
    const failed = waiting.find((command) => failedNeed(command, passed) !== null);
    const ready = failed ?? waiting.find((command) => command.needs.every((id) => passed.get(id)));
    if (failed !== undefined) {
      passed.set(failed.id, false);
      runner.leaveOut(failed, { kind: 'skipped', because: failedNeed(failed, passed) ?? '' });
    } else if (ready !== undefined && hasRoom(ready)) {
      start(ready);
    } else if (running.size > 0) {
      await Promise.race(running.values());
      continue;
    } else {
      leaveOutAll(waiting, runner);
      return;
    }
    waiting = waiting.filter((command) => command !== ready);
  }
  await Promise.all(running.values());

  function hasRoom(command: PlannedCommand): boolean {
    if (exclusive) return false;
    return command.parallel ? running.size < Math.max(1, width) : running.size === 0;
  }
}

function failedNeed(command: PlannedCommand, passed: ReadonlyMap<string, boolean>): string | null {
  return command.needs.find((id) => passed.get(id) === false) ?? null;
}

/** What still waits when nothing runs needs itself or something that was never planned. */
function leaveOutAll(commands: readonly PlannedCommand[], runner: Runner): void {
  for (const command of commands) {
    const needs = command.needs.map((id) => `\`${id}\``).join(', ');
    runner.leaveOut(command, {
      kind: 'not-started',
      reason: `What it needs never runs: ${needs}.`,
    });
  }
}
