export { HttpClient } from './HttpClient.js';
export type { IHttpClient, IHttpClientOptions, IRequestOptions } from './interfaces.js';
export type { QueryValue, ResponseParser } from './types.js';
