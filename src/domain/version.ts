import manifest from '../../package.json' with { type: 'json' };

/** The release, as documents name it. */
export const VERSION: string = manifest.version;
