import { fail, ok } from '../../result.js';
import type { HttpMethod, IHttpRequest, IHttpResponse, Result } from '../../types/index.js';
import { DEFAULT_MAX_ATTEMPTS, DEFAULT_TIMEOUT_MS, RETRYABLE_STATUSES } from './constants.js';
import { buildUrl, identityHeaders, readResponse, retryDelay } from './helpers.js';
import type { IHttpClient, IHttpClientOptions, IRequestOptions } from './interfaces.js';
import type { ResponseParser } from './types.js';

/** Talks JSON to one server, introduces itself on every request and tries reads again. */
export class HttpClient implements IHttpClient {
  private readonly _options: IHttpClientOptions;

  constructor(options: IHttpClientOptions) {
    this._options = options;
  }

  /** Reads; tried again after network errors and statuses that say "later". */
  async get<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    options: IRequestOptions = {},
  ): Promise<Result<TValue>> {
    const attempts = this._options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS;
    const response = await this._sendWithRetries(this._request('GET', path, options), attempts);
    return response.ok ? readResponse(`GET ${path}`, response.value, parse) : response;
  }

  /** Changes something; sent once, since a lost answer does not tell whether it took effect. */
  async post<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    options: IRequestOptions = {},
  ): Promise<Result<TValue>> {
    const response = await this.sendOnce(this._request('POST', path, options));
    return response.ok ? readResponse(`POST ${path}`, response.value, parse) : response;
  }

  private _request(method: HttpMethod, path: string, options: IRequestOptions): IHttpRequest {
    return {
      method,
      url: buildUrl(this._options.baseUrl, path, options.query),
      headers: { ...identityHeaders(this._options.identity), ...options.headers },
      timeoutMs: this._options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    };
  }

  private async _sendWithRetries(
    request: IHttpRequest,
    maxAttempts: number,
  ): Promise<Result<IHttpResponse>> {
    let response = await this.sendOnce(request);
    for (let made = 1; made < maxAttempts - 1; made += 1) {
      if (response.ok && !RETRYABLE_STATUSES.has(response.value.status)) return response;
      const retryAfter = response.ok ? response.value.headers['retry-after'] : undefined;
      await this._options.clock.sleep(retryDelay(made, retryAfter));
      response = await this.sendOnce(request);
    }
    return response;
  }

  private async sendOnce(request: IHttpRequest): Promise<Result<IHttpResponse>> {
    try {
      return ok(await this._options.transport.send(request));
    } catch (cause) {
      const { host } = new URL(request.url);
      return fail('network', `${request.method} got no answer from ${host}.`, { cause });
    }
  }
}
