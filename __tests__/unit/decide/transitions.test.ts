import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { endOf, move } from '../../../src/decide/move.ts';
import { EDGES, type EdgeId } from '../../../src/decide/transitions.ts';
import { entryOf, STATUSES } from '../../../src/domain/implementation-state.ts';
import { applyTransition } from '../../../src/decide/situation.ts';
import { renderProtocolPage } from '../../support/protocol-page.ts';
import { completed, NOW, requested, running, stateOf } from '../../support/world.ts';

const PAGE = path.resolve(import.meta.dirname, '../../../docs/protocol.md');
const EDGE_IDS = Object.keys(EDGES) as readonly EdgeId[];

describe('the transition table', () => {
  it('leads somewhere from each of its starts, and from nowhere else', () => {
    for (const edge of EDGE_IDS) {
      const starts: readonly string[] = EDGES[edge].from;
      for (const status of STATUSES) {
        expect({ edge, status, leads: endOf(edge, status) !== null }).toEqual({
          edge,
          status,
          leads: starts.includes(status),
        });
      }
    }
  });

  it('reaches every status, and leaves none but by somebody’s will or evidence', () => {
    const reached = new Set(
      EDGE_IDS.flatMap((edge) => EDGES[edge].from.map((from) => endOf(edge, from))),
    );
    expect([...reached].sort()).toEqual([...STATUSES].sort());
    for (const edge of EDGE_IDS) expect(Object.keys(EDGES[edge].by)).not.toEqual([]);
  });

  it('lets a complete module go only by a person’s reason, and a blocked one only by its escalation, or where it left the config', () => {
    const from = (status: string) =>
      EDGE_IDS.filter((edge) => (EDGES[edge].from as readonly string[]).includes(status));
    expect(from('complete')).toEqual(['reopen']);
    expect(from('blocked')).toEqual(['resolve', 'rearm', 'let-go']);
  });
});

describe('move', () => {
  const state = stateOf({ waits: requested(), runs: running(), done: completed() });
  const session = { request: null };

  it('takes a module along an edge, in one commit that says so', () => {
    const transition = move(state, {
      edge: 'cancel',
      module: 'runs',
      recorded: { completedAt: null, session: { ...session, history: [] } },
      tail: '(attempt 1 cancelled)',
      command: '9001.1',
    });
    expect(transition).toMatchObject({
      edge: 'cancel',
      message: 'runs: in-progress → pending (attempt 1 cancelled)',
    });
    expect(entryOf(applyTransition(state, transition), 'runs')).toMatchObject({
      status: 'pending',
      session: { request: null, commands: [{ id: '9001.1', attempt: 1 }] },
    });
  });

  it('keeps a status where the edge changes none', () => {
    const withdrawn = {
      edge: 'withdraw',
      module: 'waits',
      recorded: { session },
      tail: '',
    } as const;
    const transition = move(state, withdrawn);
    expect(transition.message).toBe('waits: withdrawn');
    expect(entryOf(applyTransition(state, transition), 'waits').status).toBe('pending');
  });

  it('refuses to leave from where the table has no edge', () => {
    expect(() =>
      move(state, {
        edge: 'adopt',
        module: 'done',
        recorded: {
          completedAt: NOW,
          session: { ...session, ruling: { kind: 'completed', by: 'x', reason: 'y', at: NOW } },
        },
        tail: '',
      }),
    ).toThrow('No edge adopt leads from complete, where done is.');
  });

  it('remembers the last commands and forgets those before them', () => {
    let now = state;
    for (let id = 1; id <= 12; id += 1) {
      const recorded = { session: { request: null } };
      const command = `${id}.1`;
      now = applyTransition(
        now,
        move(now, { edge: 'request', module: 'waits', recorded, tail: '', command }),
      );
    }
    const remembered = entryOf(now, 'waits').session.commands?.map(({ id }) => id);
    expect(remembered).toEqual([
      '3.1',
      '4.1',
      '5.1',
      '6.1',
      '7.1',
      '8.1',
      '9.1',
      '10.1',
      '11.1',
      '12.1',
    ]);
  });
});

describe('docs/protocol.md', () => {
  it('is what the table says; UPDATE_DOCS=1 npm test -- __tests__/unit/decide/transitions.test.ts makes it so', async () => {
    const page = await readFile(PAGE, 'utf8');
    const options = { ...(await resolveConfig(PAGE)), parser: 'markdown' };
    const made = await format(renderProtocolPage(page), options);
    if (process.env['UPDATE_DOCS'] === '1') await writeFile(PAGE, made);
    else expect(page).toBe(made);
  });
});
