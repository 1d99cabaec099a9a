/** A fetch that goes through the environment's proxy, or null where none is set: undici is large and rarely needed. */
export async function proxiedFetch(
  env: Readonly<Record<string, string | undefined>>,
): Promise<typeof globalThis.fetch | null> {
  const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
  if (!names.some((name) => (env[name] ?? '') !== '')) return null;
  const { EnvHttpProxyAgent, setGlobalDispatcher, fetch } = await import('undici');
  setGlobalDispatcher(new EnvHttpProxyAgent());
  return fetch as typeof globalThis.fetch;
}
