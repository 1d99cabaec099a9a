import assert from 'node:assert/strict';
import { fetchTransport } from '../fetch-transport.js';

const REQUEST = { method: 'GET', url: 'http://plex.test/', headers: {}, timeoutMs: 1_000 } as const;

describe('fetchTransport', () => {
  it('resolves to status, lower-case headers and text, also for an error status', async () => {
    const transport = fetchTransport(
      async () => new Response('busy', { status: 503, headers: { 'Retry-After': '2' } }),
    );
    const response = await transport.send(REQUEST);
    assert.equal(response.status, 503);
    assert.equal(response.headers['retry-after'], '2');
    assert.equal(response.body, 'busy');
  });

  it('rejects when no answer arrives', async () => {
    const transport = fetchTransport(() => Promise.reject(new TypeError('fetch failed')));
    await assert.rejects(transport.send(REQUEST), /fetch failed/);
  });
});
