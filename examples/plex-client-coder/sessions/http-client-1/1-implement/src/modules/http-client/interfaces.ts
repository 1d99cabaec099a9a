import type { IClientIdentity, IClock, IHttpTransport, Result } from '../../types/index.js';
import type { QueryValue, ResponseParser } from './types.js';

export interface IHttpClientOptions {
  /** The server's address; a path in it is kept. */
  readonly baseUrl: string;
  readonly identity: IClientIdentity;
  readonly transport: IHttpTransport;
  readonly clock: IClock;
  /** Per try. */
  readonly timeoutMs?: number;
  /** Tries of a GET, the first one included. */
  readonly maxAttempts?: number;
}

export interface IRequestOptions {
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface IHttpClient {
  /** Reads; tried again where trying again may help. */
  get<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    options?: IRequestOptions,
  ): Promise<Result<TValue>>;

  /** Changes something; sent once, whatever happens. */
  post<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    options?: IRequestOptions,
  ): Promise<Result<TValue>>;
}
