import { describe, expect, it } from '@jest/globals';

import { sourceLinks, type SourceLinksView } from '../../../src/documents/source-links.ts';
import { DOCUMENT, REPOSITORY_URL, SESSION } from './views.ts';

const LINES = `${REPOSITORY_URL}/blob/${SESSION.baseSha}/spec-pack/artifact-2-shared-types.ts#`;

function links(types: readonly (readonly [string, ...(readonly [number, number])[]])[]) {
  const view: SourceLinksView = {
    ...DOCUMENT,
    types: types.map(([name, ...ranges]) => ({
      name,
      ranges: ranges.map(([start, end]) => ({ start, end })),
    })),
  };
  const { typesLocation, typesLines } = sourceLinks(view);
  return { stretches: typesLocation.split(', [').slice(1), typesLines };
}

describe('the lines of a module’s shared types', () => {
  it('are one stretch, under all names in it, where they touch or overlap', () => {
    expect(
      links([
        ['B', [5, 9]],
        ['A', [1, 4]],
        ['N', [10, 20]],
        ['N.C', [12, 14]],
      ]),
    ).toEqual({
      stretches: [`\`B\`, \`A\`, \`N\`, \`N.C\`](${LINES}L1-L20)`],
      typesLines: ' (lines 1-20)',
    });
  });

  it('are stretches of their own where they do not', () => {
    expect(
      links([
        ['B', [401, 410]],
        ['A', [262, 334], [405, 412]],
      ]),
    ).toEqual({
      stretches: [`\`A\`](${LINES}L262-L334)`, `\`B\`, \`A\`](${LINES}L401-L412)`],
      typesLines: ' (lines 262-334, 401-412)',
    });
  });

  it('are not spoken of where there are none', () => {
    expect(links([])).toEqual({ stretches: [], typesLines: '' });
  });
});
