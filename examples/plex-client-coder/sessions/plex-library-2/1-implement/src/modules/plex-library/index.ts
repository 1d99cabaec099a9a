export { PlexLibrary } from './PlexLibrary.js';
export type { IPlexLibrary, IPlexLibraryOptions } from './interfaces.js';
