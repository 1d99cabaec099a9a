import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `handle` on 127.0.0.1; a handler that throws cuts the connection, as a broken network does. */
export async function listen(
  port: number,
  handle: (request: Request) => Promise<Response>,
): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing, handle);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://127.0.0.1:${String(bound)}`, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (request: Request) => Promise<Response>,
): Promise<void> {
  try {
    const response = await handle(await toRequest(incoming));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    const body: AsyncIterable<Uint8Array> | null = response.body;
    if (body !== null) for await (const part of body) await written(outgoing, part);
    outgoing.end();
  } catch {
    outgoing.destroy();
  }
}

/** What was written goes out even if the connection is cut right after. */
function written(outgoing: ServerResponse, part: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(part, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const content = await buffer(incoming);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const method = incoming.method ?? 'GET';
  const url = `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`;
  const body = method === 'GET' || method === 'HEAD' ? null : new Uint8Array(content);
  return new Request(url, { method, headers, body });
}
