import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { ModuleConfig } from '../../src/domain/config.ts';
import { parseConfig } from '../../src/domain/config.ts';
import { parsePrompts } from '../../src/domain/prompts.ts';
import { parseSharedTypes } from '../../src/domain/shared-types.ts';
import { judge } from '../../src/judge.ts';
import { commandResult, pullOf, resultOf, running, worldOf } from '../support/world.ts';
import type { WorldChange } from '../support/world.ts';
import { parsed, toolOutput } from './failures/tool-output.ts';

const EXAMPLE = '../../examples/plex-client';
const AMENDED = '../../examples/plex-client-coder/amendments/plex-library-1/files';

function text(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

/** The example's specification; the amended one has the type that the library's prompt refers to. */
function specified(root: string): Pick<WorldChange, 'modules' | 'specPack' | 'specTexts'> {
  const config = parseConfig(text(`${root}/.github/sessionwright.yml`), 'sessionwright.yml');
  if (!config.ok) throw new Error('The example has a config that cannot be read.');
  const modules = [...config.value.modules.values()];
  const pack = `${root}/spec-pack`;
  const { prompts } = parsePrompts(text(`${pack}/artifact-7-implementation-prompts.md`), 'p.md');
  const { types } = parseSharedTypes(text(`${pack}/artifact-2-shared-types.ts`), 't.ts');
  const handoffs = new Map(modules.map(({ id }) => [id, id]));
  const handoffOf = ({ id }: ModuleConfig) => text(`${EXAMPLE}/spec-pack/context-handoff/${id}.md`);
  const specTexts = new Map(modules.map((module) => [module.id, handoffOf(module)]));
  return { modules, specPack: { prompts, types, handoffs }, specTexts };
}

const ORIGINAL = specified(EXAMPLE);
const COMPLETE = specified(AMENDED);

function typesFound(module: string, output: string, specification: WorldChange): string[] {
  const command = commandResult({
    outcome: { kind: 'exited', exitCode: 2 },
    ...parsed(output),
  });
  const world = worldOf({
    ...specification,
    entries: { [module]: running() },
    pulls: new Map([[module, pullOf({ files: [] })]]),
  });
  const { world: told } = judge(world, resultOf({ module, commands: [command] }));
  const failures = told.judgement?.failures ?? [];
  return failures.filter(({ source }) => source === 'typecheck').map(({ type }) => type);
}

/** Each with its heading: the file and the import that was left out. */
const FORGOTTEN = toolOutput('tsc-missing-imports')
  .split(/^# /m)
  .filter(Boolean)
  .map((block) => {
    const [heading = '', ...lines] = block.split('\n');
    const module = /^src\/modules\/([^/]+)/.exec(heading)?.[1] ?? '';
    return { heading, module, output: lines.join('\n') };
  });

describe('the example’s code without one of its imports', () => {
  it('is there for every module', () => {
    expect(FORGOTTEN).toHaveLength(122);
    expect(new Set(FORGOTTEN.map(({ module }) => module)).size).toBe(6);
  });

  it.each(FORGOTTEN)('is the coder’s to mend: $heading', ({ module, output }) => {
    expect(typesFound(module, output, COMPLETE)).toEqual(['type-error']);
  });
});

describe('the type that the example’s specification lacks', () => {
  it('is missing for the session that refers to it, and for no other', () => {
    const output = toolOutput('tsc-missing-type');
    expect(typesFound('plex-library', output, ORIGINAL)).toEqual(['missing-type']);
    expect(typesFound('plex-auth', output, ORIGINAL)).toEqual(['type-error']);
    expect(typesFound('plex-library', output, COMPLETE)).toEqual(['type-error']);
  });
});
