/**
 * What a command may see of its parent's environment. Nothing of the runner's is here (`GITHUB_*`, `ACTIONS_*`,
 * `INPUT_*`): tokens and the files behind `GITHUB_OUTPUT` and `GITHUB_ENV` are named there. `NODE_AUTH_TOKEN` is a
 * credential, so it is left out too; a command's own `env` can add what it needs. By `RUNNER_TRACKING_ID` the
 * runner knows, and ends, what is still there when the job is over (https://github.com/actions/runner/issues/598).
 */
const ALLOWED = new Set([
  'CARGO_HOME',
  'CI',
  'DOTNET_ROOT',
  'GOPATH',
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
  'PNPM_HOME',
  'RUNNER_TRACKING_ID',
  'RUSTUP_HOME',
  'SHELL',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'USER',
]);

/** Without its proxy, a set-up on a self-hosted runner reaches nothing. */
const PROXIES = new Set(['ALL_PROXY', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY']);

/** Colours would only have to be taken out again. */
const PLAIN_OUTPUT = { NO_COLOR: '1', TERM: 'dumb' } as const;

/** The parent's allowed variables, then ours, then the command's own from the base's config. */
export function commandEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const allowed: Record<string, string> = {};
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && isAllowed(name, value)) allowed[name] = value;
  }
  return { ...allowed, ...PLAIN_OUTPUT, ...own };
}

/** A proxy's address with a user in it is a credential. */
function isAllowed(name: string, value: string): boolean {
  if (PROXIES.has(name.toUpperCase())) return !value.includes('@');
  return ALLOWED.has(name) || name.startsWith('LC_');
}
