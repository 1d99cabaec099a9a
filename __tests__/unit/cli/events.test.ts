import { describe, expect, it } from '@jest/globals';
import picocolors from 'picocolors';
import { foreseeableEvents, parseEvent, readEvent, withEvent } from '../../../src/cli/events.ts';
import { foresee, foresightText } from '../../../src/cli/foresight.ts';
import { moduleOf, SESSION_ID, worldOf } from '../../support/world.ts';

const options = { on: 7, base: 'main' };

describe('parseEvent', () => {
  it.each([
    ['schedule', { kind: 'schedule' }],
    ['push', { kind: 'push', branch: 'main', requested: [] }],
    ['request:plex-auth', { kind: 'dispatch', module: 'plex-auth' }],
    ['label:plex-auth', { kind: 'label', label: 'session:plex-auth', number: 7 }],
    [
      'comment:/session start plex-auth',
      { kind: 'comment', body: '/session start plex-auth', number: 7 },
    ],
  ])('reads %s', (name, trigger) => {
    expect(parseEvent(name, options)).toMatchObject({ name, trigger });
  });

  it.each(['', 'moon', 'label', 'label:', 'schedule:x'])('refuses "%s"', (name) => {
    expect(() => parseEvent(name, options)).toThrow(`There is no event "${name}".`);
  });

  it('refuses a payload that is not JSON', () => {
    expect(() => readEvent('push', '{')).toThrow('The payload is not JSON.');
  });
});

describe('foresee', () => {
  const modules = [moduleOf('a'), moduleOf('b', { dependsOn: ['a'] })];

  it.each(['label:a', 'request:a', 'comment:/session start a'])(
    'starts a module for %s',
    (name) => {
      const event = parseEvent(name, options);
      const world = withEvent(worldOf({ modules }), event.trigger);
      expect(foresee(world, event, () => SESSION_ID)).toMatchObject({ starts: ['a'], waiting: [] });
    },
  );

  it('tells what a module would wait for', () => {
    const event = parseEvent('request:b', options);
    const world = withEvent(worldOf({ modules }), event.trigger);
    expect(foresee(world, event, () => SESSION_ID)).toMatchObject({
      starts: [],
      waiting: [{ module: 'b', unmet: [{ gate: 'dependency:a' }] }],
    });
  });

  it('lets nothing that the config says steer the terminal', () => {
    const run = 'echo \u{1b}[2J';
    const event = parseEvent('label:a', options);
    const gates = worldOf().config.verification.map((command) => ({ ...command, run }));
    const world = withEvent(worldOf({ modules, config: { gates } }), event.trigger);
    const text = foresightText(
      foresee(world, event, () => SESSION_ID),
      { colours: picocolors.createColors(false) },
    );
    expect(text).toContain('$ echo [U+001B][2J');
  });

  it('finds nothing due where nothing is', () => {
    for (const event of foreseeableEvents('main', [])) {
      const { decision } = foresee(
        withEvent(worldOf({ modules }), event.trigger),
        event,
        () => SESSION_ID,
      );
      expect(decision).toEqual([]);
    }
  });
});
