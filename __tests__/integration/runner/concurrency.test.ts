import { describe, expect, it } from '@jest/globals';
import type { ConcurrencyRequest } from '../../../simulator/runner/concurrency.ts';
import { createConcurrencyGroups } from '../../../simulator/runner/concurrency.ts';

function setUp(request: Partial<ConcurrencyRequest> = {}) {
  const groups = createConcurrencyGroups();
  const events: string[] = [];
  const enter = (name: string, group = 'deploy') => {
    const asked = { group, cancelInProgress: false, queue: 'single', ...request } as const;
    const place = groups.enter(asked, () => events.push(`${name} is told to end`));
    void place.turn.then(({ kind }) => events.push(`${name} ${kind}`));
    return place;
  };
  const settled = async (): Promise<readonly string[]> => {
    await Promise.resolve();
    await Promise.resolve();
    return events.splice(0);
  };
  return { enter, settled };
}

describe('concurrency groups', () => {
  it('run one, keep one pending and replace the pending one', async () => {
    const { enter, settled } = setUp();
    const first = enter('first');
    enter('second');
    const third = enter('third');
    expect(await settled()).toEqual(['first granted', 'second cancelled']);
    first.leave();
    expect(await settled()).toEqual(['third granted']);
    third.leave();
    enter('fourth');
    expect(await settled()).toEqual(['fourth granted']);
  });

  it('tell the running one to end with cancel-in-progress, and wait until it has', async () => {
    const { enter, settled } = setUp({ cancelInProgress: true });
    const first = enter('first');
    enter('second');
    expect(await settled()).toEqual(['first is told to end', 'first granted']);
    first.leave();
    expect(await settled()).toEqual(['second granted']);
  });

  it('keep 100 pending in order with queue: max and cancel the next', async () => {
    const { enter, settled } = setUp({ queue: 'max' });
    const first = enter('0');
    for (let number = 1; number <= 101; number += 1) enter(String(number));
    expect(await settled()).toEqual(['0 granted', '101 cancelled']);
    first.leave();
    expect(await settled()).toEqual(['1 granted']);
  });

  it('take names without regard to case and keep groups apart', async () => {
    const { enter, settled } = setUp();
    enter('first', 'Prod');
    enter('second', 'prod');
    enter('third', 'other');
    expect(await settled()).toEqual(['first granted', 'third granted']);
  });

  it('let a pending one leave without a turn', async () => {
    const { enter, settled } = setUp({ queue: 'max' });
    const first = enter('first');
    enter('second').leave();
    enter('third');
    first.leave();
    expect(await settled()).toEqual(['first granted', 'third granted']);
  });
});
