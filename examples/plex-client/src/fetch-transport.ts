import type { IHttpRequest, IHttpResponse, IHttpTransport } from './types/index.js';

/** A transport over `fetch`. It rejects when no answer arrives; any answer, also a 500, resolves. */
export function fetchTransport(fetchImplementation: typeof fetch = fetch): IHttpTransport {
  return {
    /** Sends one request, and gives up after the request's own time-out. */
    async send(request: IHttpRequest): Promise<IHttpResponse> {
      const response = await fetchImplementation(request.url, {
        method: request.method,
        headers: request.headers,
        signal: AbortSignal.timeout(request.timeoutMs),
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
    },
  };
}
