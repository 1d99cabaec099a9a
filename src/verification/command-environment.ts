/**
 * What a command may see of its parent's environment. Nothing of the runner's is here (`GITHUB_*`, `RUNNER_*`,
 * `ACTIONS_*`, `INPUT_*`): tokens and the files behind `GITHUB_OUTPUT` and `GITHUB_ENV` are named there. Proxies and
 * `NODE_AUTH_TOKEN` may hold credentials, so they are left out too; a command's own `env` can add what it needs.
 */
const ALLOWED = new Set([
  'CI',
  'DOTNET_ROOT',
  'GOROOT',
  'HOME',
  'JAVA_HOME',
  'LANG',
  'LANGUAGE',
  'LD_LIBRARY_PATH',
  'LOGNAME',
  'NODE_ENV',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'PATH',
  'SHELL',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'USER',
]);

/** Colours would only have to be taken out again. */
const PLAIN_OUTPUT = { NO_COLOR: '1', TERM: 'dumb' } as const;

/** The parent's allowed variables, then ours, then the command's own from the base's config. */
export function commandEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const allowed: Record<string, string> = {};
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && isAllowed(name)) allowed[name] = value;
  }
  return { ...allowed, ...PLAIN_OUTPUT, ...own };
}

function isAllowed(name: string): boolean {
  return ALLOWED.has(name) || name.startsWith('LC_');
}
