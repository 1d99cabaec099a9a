/** `plex-auth` → `PlexAuth`. */
export function pascalCase(id: string): string {
  return id.split('-').map(capitalise).join('');
}

/** `plex-auth` → `Plex Auth`, for a module without a name. */
export function titleCase(id: string): string {
  return id.split('-').map(capitalise).join(' ');
}

/** `plex-auth` → `Plex auth`, for anything else without one. */
export function sentenceCase(id: string): string {
  return capitalise(id.replaceAll('-', ' '));
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
