import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { STATE_BRANCH } from '../../support/engine-git.ts';
import { configFile } from '../../support/engine-repository.ts';
import { dashboardOf } from '../../support/engine-story.ts';

const FILE = 'implementation-graph.svg';

/** A row of modules where each rests on the one before; only the first ones have prompts. */
function row(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const rest = index === 0 ? '' : `depends-on: [m-${String(index - 1)}], `;
    return `  m-${String(index)}: { name: M ${String(index)}, ${rest}prompt: ${String(index + 1)} }`;
  });
  return `modules:\n${lines.join('\n')}\n`;
}

describe('the picture of the graph', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('lies beside the state where the modules are too many for a diagram, and is linked', async () => {
    engine = await startEngine({
      config: configFile({ top: 'paused: true\n', modules: row(300) }),
    });
    await engine.openIssue('Build', ['session:m-0']);
    await engine.deliver();
    const picture = await engine.file(STATE_BRANCH, FILE);
    expect(picture?.match(/class="node pending/gu)).toHaveLength(300);
    expect(engine.issue(dashboardOf(engine)).body).toContain(`/blob/${STATE_BRANCH}/${FILE})`);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is not drawn where the dashboard’s diagram holds them all', async () => {
    engine = await startEngine({ config: configFile({ top: 'paused: true\n', modules: row(20) }) });
    await engine.openIssue('Build', ['session:m-0']);
    await engine.deliver();
    expect(await engine.file(STATE_BRANCH, FILE)).toBeNull();
    expect(engine.issue(dashboardOf(engine)).body).toContain(
      '**Critical path**, 20 modules: M 0 → M 1',
    );
  });
});
