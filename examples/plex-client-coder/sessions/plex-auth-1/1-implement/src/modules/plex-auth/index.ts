export { PlexAuth } from './PlexAuth.js';
export type { IPlexAuth, IPlexAuthOptions } from './interfaces.js';
