import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PlannedCommand } from '../../../src/domain/verification.ts';
import { schedule } from '../../../src/verification/schedule.ts';

function command(id: string, patch: Partial<PlannedCommand> = {}): PlannedCommand {
  return {
    id,
    name: id,
    run: 'true',
    failure: 'test-failure',
    env: {},
    shell: null,
    workingDirectory: null,
    timeoutSeconds: 1,
    needs: [],
    parallel: true,
    report: null,
    allowEmpty: false,
    ...patch,
  };
}

/** Runs a plan in which each command takes two turns, and writes down what happened. */
async function trace(
  commands: readonly PlannedCommand[],
  width: number,
  failing: readonly string[],
) {
  const events: string[] = [];
  const running = new Set<string>();
  let widest = 0;
  await schedule(commands, width, {
    async run({ id }) {
      running.add(id);
      widest = Math.max(widest, running.size);
      events.push(`+${id}`);
      await Promise.resolve();
      await Promise.resolve();
      running.delete(id);
      events.push(`-${id}`);
      return !failing.includes(id);
    },
    leaveOut({ id }, why) {
      events.push(why.kind === 'skipped' ? `${id} for ${why.because}` : `${id} never`);
    },
  });
  return { events, widest };
}

describe('schedule', () => {
  it('runs as many side by side as it may', async () => {
    const commands = ['a', 'b', 'c', 'd'].map((id) => command(id));
    expect((await trace(commands, 2, [])).widest).toBe(2);
    expect((await trace(commands, 9, [])).widest).toBe(4);
    expect((await trace(commands, 0, [])).widest).toBe(1);
  });

  it('waits for what a command needs', async () => {
    const { events } = await trace([command('b', { needs: ['a'] }), command('a')], 2, []);
    expect(events).toEqual(['+a', '-a', '+b', '-b']);
  });

  it('skips what needs a failed command, and what needs that', async () => {
    const commands = [
      command('a'),
      command('b', { needs: ['a'] }),
      command('c', { needs: ['b'] }),
      command('d'),
    ];
    const { events } = await trace(commands, 1, ['a']);
    expect(events).toEqual(['+a', '-a', 'b for a', 'c for b', '+d', '-d']);
  });

  it('gives a command that is not parallel the machine to itself, in its turn', async () => {
    const commands = [command('a'), command('b', { parallel: false }), command('c')];
    const { events } = await trace(commands, 3, []);
    expect(events).toEqual(['+a', '-a', '+b', '-b', '+c', '-c']);
  });

  it('tells of a circle and of a need that nobody planned', async () => {
    const commands = [
      command('a', { needs: ['b'] }),
      command('b', { needs: ['a'] }),
      command('c', { needs: ['gone'] }),
      command('d'),
    ];
    const { events } = await trace(commands, 2, []);
    expect(events).toEqual(['+d', '-d', 'a never', 'b never', 'c never']);
  });

  it('accounts for every command once, whatever the needs', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const plan = fc.tuple(
      ...ids.map((id) =>
        fc
          .record({ needs: fc.subarray([...ids, 'x']), parallel: fc.boolean() })
          .map((patch) => command(id, patch)),
      ),
    );
    await fc.assert(
      fc.asyncProperty(plan, fc.integer({ min: 1, max: 4 }), fc.subarray(ids), async (...args) => {
        const { events } = await trace(...args);
        const accounted = events.filter((event) => !event.startsWith('-'));
        expect(accounted.map((event) => event.replace('+', '').charAt(0)).sort()).toEqual(ids);
      }),
    );
  });
});
