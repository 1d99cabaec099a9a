const MODULE_MISSING = ["Cannot find module '", "Cannot find package '"] as const;

/** With one of these changed, what is installed is the session's own doing. */
const MANIFESTS = ['package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'];

/** Whether Node missed something that was to be installed, rather than something that the session's code imports. */
export function missingTool(lines: readonly string[], changedPaths: ReadonlySet<string>): boolean {
  return lines.some((line, index) => {
    const said = readMissing(line);
    if (said === null) return false;
    const stack = lines[index + 1]?.startsWith('Require stack:') === true ? lines[index + 2] : '';
    const importer = said.importer === '' ? slashed(stack ?? '') : said.importer;
    return importer === ''
      ? said.missing.includes('/node_modules/')
      : isForeign(importer, said.missing, [...changedPaths]);
  });
}

/** `Cannot find package 'got' imported from /r/src/a.js`; null for a relative path, which is the code's own. */
function readMissing(line: string): { readonly missing: string; readonly importer: string } | null {
  const start = MODULE_MISSING.find((text) => line.includes(text));
  if (start === undefined) return null;
  const from = line.indexOf(start) + start.length;
  const end = line.indexOf("'", from);
  const missing = slashed(line.slice(from, Math.max(end, from)));
  if (missing === '' || missing.startsWith('.')) return null;
  return { missing, importer: slashed(line.slice(end + 1).replace(' imported from ', '')) };
}

/**
 * A dependency asked, or Node itself (a preload is looked up from the working directory, `/r/`), or a file that the
 * session left alone asked for a package: that this is not installed is nothing the session did, unless it changed what
 * is to be installed.
 */
function isForeign(importer: string, missing: string, changed: readonly string[]): boolean {
  if (importer.endsWith('/') || importer.includes('internal/preload')) return true;
  if (importer.includes('/node_modules/') || missing.includes('/node_modules/')) return true;
  if (missing.startsWith('/') || /^[A-Za-z]:\//.test(missing)) return false;
  return !changed.some((path) => importer.endsWith(`/${path}`) || isManifest(path));
}

/** Whether a file says which scripts there are or what is installed. */
export function isManifest(path: string): boolean {
  return MANIFESTS.includes(path.slice(path.lastIndexOf('/') + 1));
}

function slashed(text: string): string {
  return text.trim().replaceAll('\\', '/');
}
