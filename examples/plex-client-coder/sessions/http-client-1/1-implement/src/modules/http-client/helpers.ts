import { fail, ok } from '../../result.js';
import type { IClientIdentity, IHttpResponse, Result } from '../../types/index.js';
import { BASE_DELAY_MS, MAX_DELAY_MS } from './constants.js';
import type { QueryValue, ResponseParser } from './types.js';

/** Joins base, path and query; the base's own path stays in front. */
export function buildUrl(
  baseUrl: string,
  path: string,
  query: Readonly<Record<string, QueryValue>> = {},
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  const address = `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  return parameters.size === 0 ? address : `${address}?${parameters.toString()}`;
}

/** The headers by which a client introduces itself to Plex. */
export function identityHeaders(identity: IClientIdentity): Record<string, string> {
  return {
    Accept: 'application/json',
    'X-Plex-Client-Identifier': identity.clientIdentifier,
    'X-Plex-Product': identity.product,
    'X-Plex-Version': identity.version,
  };
}

/** The wait after so many tries: what the server asks for, else doubling; never above the cap. */
export function retryDelay(attemptsMade: number, retryAfter: string | undefined): number {
  const asked = Number(retryAfter?.trim() || Number.NaN) * 1_000;
  const own = BASE_DELAY_MS * 2 ** (attemptsMade - 1);
  return Math.min(Number.isFinite(asked) && asked >= 0 ? asked : own, MAX_DELAY_MS);
}

/** Turns an answer into the parser's value, or into the error its status stands for. */
export function readResponse<TValue>(
  label: string,
  response: IHttpResponse,
  parse: ResponseParser<TValue>,
): Result<TValue> {
  const { status } = response;
  if (status === 401 || status === 403) {
    return fail('unauthorized', `${label} was refused with ${status}.`, { status });
  }
  if (status === 404) return fail('not-found', `${label} found nothing.`, { status });
  if (status < 200 || status > 299) {
    return fail('http-status', `${label} was answered with ${status}.`, { status });
  }
  const body = parseJson(label, response);
  return body.ok ? parse(body.value) : body;
}

function parseJson(label: string, response: IHttpResponse): Result<unknown> {
  if (response.body.trim() === '') return ok(null);
  try {
    return ok(JSON.parse(response.body));
  } catch (cause) {
    const { status } = response;
    return fail('invalid-response', `${label} was answered with broken JSON.`, { status, cause });
  }
}
