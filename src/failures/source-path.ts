/** Where a command ran, so that what it prints can be told relative to the repository's root. */
export interface Place {
  /** The repository's root, absolute. */
  readonly root: string;
  /** The command's own folder, relative to the root; null where it ran in the root. */
  readonly workingDirectory: string | null;
}

const FILE_SCHEME = 'file://';

/** Relative to the root with forward slashes; a path outside the root is kept as the tool printed it. */
export function sourcePath(printed: string, place: Place): string {
  const path = slashed(decoded(printed.trim()));
  const root = slashed(place.root).replace(/\/$/, '');
  if (isAbsolute(path)) {
    const inside = path.toLowerCase().startsWith(`${root.toLowerCase()}/`);
    return inside ? path.slice(root.length + 1) : path;
  }
  const folder = slashed(place.workingDirectory ?? '');
  return collapsed(folder === '' ? path : `${folder}/${path}`);
}

/** A name with an extension and nothing that no tool prints in a path; URLs are none. */
export function looksLikePath(text: string): boolean {
  if (text === '' || text.length > 500 || text !== text.trim()) return false;
  if (text.includes('://') && !text.startsWith(FILE_SCHEME)) return false;
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  return (
    dot >= 0 && /^[A-Za-z][A-Za-z0-9]{0,9}$/.test(name.slice(dot + 1)) && !/[<>"'|]/.test(name)
  );
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

function decoded(path: string): string {
  if (!path.startsWith(FILE_SCHEME)) return path;
  const plain = path.slice(FILE_SCHEME.length).replace(/^\/(?=[A-Za-z]:)/, '');
  try {
    return decodeURI(plain);
  } catch {
    return plain;
  }
}

/** As `sourcePath` gives it: with forward slashes, on whatever system it was printed. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

function collapsed(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || part === '') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
