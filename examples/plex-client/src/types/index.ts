/** The shared types of the spec pack: `src/` imports them from here and from nowhere else. */
export type * from '../../spec-pack/artifact-2-shared-types.js';
