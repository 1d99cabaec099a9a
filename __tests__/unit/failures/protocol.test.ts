import { describe, expect, it } from '@jest/globals';
import { describeFailure, failureTable } from '../../../src/domain/failure.ts';
import { matchesPattern } from '../../../src/failures/path-pattern.ts';
import { missingDeliverables, protocolViolations } from '../../../src/failures/protocol.ts';
import type { ChangedPath, ProtocolRules } from '../../../src/failures/protocol.ts';

const RULES: ProtocolRules = {
  module: 'plex-auth',
  specPackPaths: ['spec-pack/artifact-2-shared-types.ts', 'spec-pack/context-handoff'],
  protectedPaths: ['config/**', '*.lock'],
  statePath: 'implementation-state.json',
  foreignEntries: [],
  ownClaim: 'orchestration-docs/claims/plex-auth-2.json',
  ownReports: [
    'orchestration-docs/reports/plex-auth-2.md',
    'orchestration-docs/reports/plex-auth-2-escalation.md',
  ],
  ownDocument: 'orchestration-docs/session-plex-auth-2.md',
};

function broken(file: ChangedPath): string[] {
  return protocolViolations([file], RULES).map(({ source }) => source);
}

describe('protocolViolations', () => {
  it.each([
    ['code', 'src/plex-auth.ts', 'modified'],
    ['its own claim', RULES.ownClaim, 'added'],
    ['its own report', 'orchestration-docs/reports/plex-auth-2.md', 'modified'],
    ['its own escalation report', 'orchestration-docs/reports/plex-auth-2-escalation.md', 'added'],
    ['its own document as we committed it', RULES.ownDocument, 'added'],
    ['a folder whose name only begins alike', 'spec-pack/context-handoff-notes.md', 'added'],
    ['a lock file deeper down', 'sub/yarn.lock', 'added'],
  ] as const)('lets a session change %s', (_case, path, status) => {
    expect(broken({ path, status })).toEqual([]);
  });

  it.each([
    ['a shared type', 'spec-pack/artifact-2-shared-types.ts', 'modified', 'spec-pack'],
    ['a handoff', 'spec-pack/context-handoff/plex-auth.md', 'removed', 'spec-pack'],
    ['a workflow', '.github/workflows/ci.yml', 'added', 'github'],
    ['a workflow in capitals', '.GitHub/workflows/ci.yml', 'added', 'github'],
    ['its own document', RULES.ownDocument, 'modified', 'orchestration-docs'],
    [
      "another session's document",
      'orchestration-docs/session-a-1.md',
      'modified',
      'orchestration-docs',
    ],
    [
      "another session's claim",
      'orchestration-docs/claims/a-1.json',
      'added',
      'orchestration-docs',
    ],
    [
      "another session's report",
      'orchestration-docs/reports/a-1.md',
      'removed',
      'orchestration-docs',
    ],
    ['the state', 'implementation-state.json', 'modified', 'state'],
    ['a protected folder', 'config/deep/a.json', 'added', 'protected-paths'],
    ['a protected file', 'yarn.lock', 'modified', 'protected-paths'],
  ] as const)('names a change of %s', (_case, path, status, source) => {
    expect(broken({ path, status })).toEqual([source]);
  });

  it('sees that a protected file was moved away', () => {
    const previousPath = 'spec-pack/artifact-2-shared-types.ts';
    expect(broken({ path: 'src/types.ts', status: 'renamed', previousPath })).toEqual([
      'spec-pack',
    ]);
    const claimed = { path: RULES.ownClaim, status: 'renamed', previousPath } as const;
    expect(broken(claimed)).toEqual(['spec-pack', 'orchestration-docs']);
  });

  it.each([
    ['orchestration-docs/session-plex-auth-1.md', 'added', []],
    ['orchestration-docs/claims/plex-auth-1.json', 'added', []],
    ['orchestration-docs/reports/plex-auth-1-escalation.md', 'added', []],
    ['orchestration-docs/session-plex-auth-1.md', 'modified', ['orchestration-docs']],
    ['orchestration-docs/session-plex-auth-3.md', 'added', ['orchestration-docs']],
    ['orchestration-docs/session-plex-auth-1-1.md', 'added', ['orchestration-docs']],
  ] as const)('judges %s of another attempt, %s', (path, status, expected) => {
    expect(broken({ path, status })).toEqual(expected);
  });

  it('tells all paths of one kind in one failure', () => {
    const [failure, ...others] = protocolViolations(
      [
        { path: '.github/b.yml', status: 'added' },
        { path: '.github/a`.yml', status: 'added' },
      ],
      RULES,
    );
    expect(others).toEqual([]);
    expect(failure?.message).toContain("`.github/a'.yml`, `.github/b.yml`");
    expect(failure?.diagnostics.map(({ file }) => file)).toEqual([
      '.github/a`.yml',
      '.github/b.yml',
    ]);
  });

  it('names the modules whose entries in the state file were changed', () => {
    const file = { path: RULES.statePath, status: 'modified' } as const;
    const [failure] = protocolViolations([file], { ...RULES, foreignEntries: ['core', 'storage'] });
    expect(failure?.message).toContain('what it says of `core`, `storage` is no business of this');
  });
});

describe('missingDeliverables', () => {
  it('is content where every required file is there', () => {
    expect(missingDeliverables('plex-auth', ['src/a.ts'], new Set(['src/a.ts', 'b']))).toBeNull();
  });

  it('names each file that is not, and asks for it to be made', () => {
    const failure = missingDeliverables('plex-auth', ['src/a.ts', 'src/b.ts'], new Set());
    expect(failure).toMatchObject({
      type: 'protocol-violation',
      source: 'deliverables',
      message: 'Required files are missing: `src/a.ts`, `src/b.ts`.',
    });
    if (failure === null) throw new Error('a failure was expected');
    expect(describeFailure(failure, failureTable([])).instruction).toBe('Create the missing files');
  });
});

describe('matchesPattern', () => {
  it.each([
    ['src/a.ts', 'src', true],
    ['src/a.ts', 'src/', true],
    ['src/a.ts', './src/a.ts', true],
    ['src/a.ts', 'src/*.ts', true],
    ['src/b/a.ts', 'src/*.ts', false],
    ['src/b/a.ts', '**/*.ts', true],
    ['a.ts', '**/*.ts', true],
    ['src/b/c/a.ts', 'src/**/a.ts', true],
    ['src/a.ts', 'src/**', true],
    ['src', 'src/**', true],
    ['jest.config.js', 'jest.config.*', true],
    ['jest.configjs', 'jest.config.*', false],
    ['aXb', 'a*b*b', false],
    ['anything', '', false],
  ])('%s under %s: %s', (path, pattern, expected) => {
    expect(matchesPattern(path, pattern)).toBe(expected);
  });
});
