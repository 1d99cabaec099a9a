import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  parseSessionBranch,
  sessionBranch,
  sessionPaths,
  sessionTitle,
} from '../../../src/domain/session.ts';

const id = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,4}$/u);
const attempt = fc.integer({ min: 1, max: 999_999 });

describe('a session’s branch', () => {
  it('is named by module and attempt', () => {
    expect(sessionBranch('plex-auth', 2)).toBe('session/plex-auth-2');
  });

  it('tells its module and attempt again, whatever the module’s name', () => {
    fc.assert(
      fc.property(id, attempt, (module, number) => {
        expect(parseSessionBranch(sessionBranch(module, number))).toEqual({
          module,
          attempt: number,
        });
      }),
    );
  });

  it('is no other session’s', () => {
    fc.assert(
      fc.property(id, attempt, id, attempt, (one, first, other, second) => {
        fc.pre(one !== other || first !== second);
        expect(sessionBranch(one, first)).not.toBe(sessionBranch(other, second));
      }),
    );
  });

  it.each([
    'main',
    'session/plex-auth',
    'session/plex-auth-0',
    'session/plex-auth-01',
    'session/plex-auth-1/more',
    'session/Plex-1',
    'session/-1',
    'session/plex--auth-1',
    'feature/session/plex-auth-1',
    'session/plex-auth-1\n',
    'session/plex-auth-1234567',
    '',
  ])('is not %j', (branch) => {
    expect(parseSessionBranch(branch)).toBeNull();
  });
});

describe('a session’s files', () => {
  it('lie in the configured folder, each with module and attempt in its name', () => {
    expect(sessionPaths('plex-auth', 2, 'docs/sessions')).toEqual({
      branch: 'session/plex-auth-2',
      document: 'docs/sessions/session-plex-auth-2.md',
      report: 'docs/sessions/reports/plex-auth-2.md',
      escalationReport: 'docs/sessions/reports/plex-auth-2-escalation.md',
      claim: 'docs/sessions/claims/plex-auth-2.json',
    });
  });

  it('are never those of another session', () => {
    fc.assert(
      fc.property(id, attempt, id, attempt, (one, first, other, second) => {
        fc.pre(one !== other || first !== second);
        const others = Object.values(sessionPaths(other, second, 'd'));
        expect(
          Object.values(sessionPaths(one, first, 'd')).filter((path) => others.includes(path)),
        ).toEqual([]);
      }),
    );
  });
});

describe('a session’s title', () => {
  it('names the module and which attempt of how many it is', () => {
    expect(sessionTitle('Plex Authentication', 4, 6)).toBe(
      'Session: Plex Authentication (attempt 4 of 6)',
    );
  });
});
