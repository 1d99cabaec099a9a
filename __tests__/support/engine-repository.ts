import type { RepositorySeed } from '../../simulator/seed.ts';

export const OWNER = 'acme';
export const NAME = 'app';
export const REPO = { owner: OWNER, repo: NAME };

/** `core` rests on nothing, `auth` and `library` on it, `player` on both of these. */
export const MODULES = `modules:
  core: { name: Core, prompt: 1, types: [IEvent] }
  auth: { name: Auth, depends-on: [core], prompt: 2, types: [IToken] }
  library: { name: Library, depends-on: [core], prompt: 3 }
  player: { name: Player, depends-on: [auth, library], prompt: 4 }
`;

const PROTOCOL = `verification:
  - { id: typecheck, name: Type check, run: npx tsc --noEmit, failure: type-error }
  - { id: test, name: Tests, run: 'npm test -- --grep "{{module.className}}"', failure: test-failure }
deliverables:
  - { path: 'src/[module-name]/[ModuleName].ts', comment: Main class }
escalation:
  planning-agent: { labels: [needs-planning], assignees: [paula] }
  phase-1-review: { labels: [needs-review], assignees: [alice] }
`;

export const ONE_GATE = `gates:
  - { id: shared-types, name: Shared types compile, run: npx tsc --noEmit src/types.ts }
`;

/** A config of four modules; \`options\` stand at its top, and the gates are none unless given. */
export function configFile(
  options: { readonly top?: string; readonly gates?: string; readonly modules?: string } = {},
): string {
  const { top = '', gates = 'gates: []\n', modules = MODULES } = options;
  return `version: 1\n${top}${gates}${PROTOCOL}${modules}`;
}

export const PROMPTS = 'spec-pack/artifact-7-implementation-prompts.md';
export const TYPES = 'spec-pack/artifact-2-shared-types.ts';

export const SHARED_TYPES = `export interface IEvent {
  readonly name: string;
}

export interface IToken {
  readonly value: string;
}
`;

export const PROMPTS_TEXT = `# Prompts

## Prompt 1: Core

Emit every \`IEvent\` to whoever listens, and read its \`IPayload\`.

## Prompt 2: Auth

Keep an \`IToken\`.

## Prompt 3: Library

List what there is.

## Prompt 4: Player

Play it.
`;

export const SPEC_PACK: Readonly<Record<string, string>> = {
  [PROMPTS]: PROMPTS_TEXT,
  [TYPES]: SHARED_TYPES,
  ...Object.fromEntries(
    ['core', 'auth', 'library', 'player'].map((id) => [
      `spec-pack/context-handoff/${id}.md`,
      `# Context Handoff: ${id}\n\nNothing to know.\n`,
    ]),
  ),
};

/** Its labels are there; alice and paula write, tom triages, rita reads, adam administers; acme owns it. */
export const SEED: RepositorySeed = {
  owner: OWNER,
  name: NAME,
  files: {},
  labels: [
    'sessionwright',
    'sessionwright:in-progress',
    'sessionwright:review',
    'sessionwright:blocked',
    'sessionwright:complete',
    'needs-planning',
    'needs-review',
  ],
  collaborators: { adam: 'admin', alice: 'write', paula: 'write', tom: 'triage', rita: 'read' },
};
