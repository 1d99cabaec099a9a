type Handle = (request: Request) => Promise<Response>;

/** https://fetch.spec.whatwg.org/#http-redirect-fetch: more are a network error. */
const MOST_REDIRECTS = 20;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** `fetch` over a handler, which goes where redirects lead unless the request says otherwise. */
export function following(handle: Handle): typeof globalThis.fetch {
  return async (input, init) => {
    let request = new Request(input, init);
    for (let followed = 0; followed <= MOST_REDIRECTS; followed += 1) {
      const { method, headers, url, redirect } = request;
      const body = request.body === null ? null : await request.clone().arrayBuffer();
      const response = await handle(request);
      const location = response.headers.get('location');
      if (!REDIRECTS.has(response.status) || location === null) return response;
      if (redirect === 'manual') return response;
      if (redirect === 'error') throw new TypeError('fetch failed');
      const next = nextRequest(response.status, method, body);
      request = new Request(new URL(location, url), { ...next, headers });
    }
    throw new TypeError('fetch failed');
  };
}

/** A POST that is led on by 301 or 302 becomes a GET, as everything but HEAD does by 303. */
function nextRequest(
  status: number,
  method: string,
  body: ArrayBuffer | null,
): Pick<RequestInit, 'method' | 'body'> {
  const turned = status === 303 && method !== 'HEAD';
  return turned || (method === 'POST' && (status === 301 || status === 302))
    ? { method: 'GET' }
    : { method, body };
}
