import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SnapshotError } from '../base/errors.js';
import { NotYet } from './endpoint.js';
import { ENDPOINTS } from './endpoints.js';
import type { Explorer } from './explorer.js';
import { type ExplorerPage, readExplorerPage } from './explorer-page.js';
import { Guard } from './guard.js';
import { Parameters } from './parameters.js';
import { Refusal } from './refusal.js';

/** Nobody else on the network can connect to this one. */
const ADDRESS = '127.0.0.1';
const MOST_CONNECTIONS = 64;
const LIMITS = {
  /** Bytes of all headers and the request line. */
  maxHeaderSize: 8 << 10,
  /** Milliseconds in which a request has to come, and for which a connection is kept. */
  headersTimeout: 5000,
  requestTimeout: 8000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const;
/** Milliseconds without a byte, either way. */
const IDLE_MS = 30_000;
const API = '/api/';
const REPORT = 'report';

const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;
/** Of what is no page. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

interface Answer {
  readonly status: number;
  readonly type: 'application/json' | 'text/html; charset=utf-8';
  readonly policy: string;
  readonly body: string | Buffer;
}

/** The explorer's page and what it asks for, over HTTP on this machine. It reads no file by a name from a request. */
export class WebServer {
  readonly #server: Server;
  readonly #explorer: Explorer;
  readonly #page: ExplorerPage = readExplorerPage();
  #guard: Guard | undefined;

  constructor(explorer: Explorer) {
    this.#explorer = explorer;
    this.#server = createServer(LIMITS, (request, response) => void this.#respond(request, response));
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.maxHeadersCount = 64;
    this.#server.timeout = IDLE_MS;
  }

  /** The port, which is a free one for 0. Rejects where it cannot be had. */
  async listen(port: number, token: string): Promise<number> {
    this.#server.listen(port, ADDRESS);
    await once(this.#server, 'listening');
    const { port: own } = this.#server.address() as AddressInfo;
    this.#guard = new Guard(own, token);
    return own;
  }

  /** Ends all connections, whatever they are at. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that has gone is no failure of ours.
    response.on('error', () => {});
    const { status, type, policy, body } = await this.#answer(request).catch(failure);
    response.writeHead(status, {
      ...HEADERS,
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
      'Content-Security-Policy': policy,
      ...(status === 405 && { Allow: 'GET' }),
      // What was refused may have a body behind it, which nobody reads.
      ...(status >= 400 && { Connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const guard = this.#guard;
    if (guard === undefined) throw new Error('found a request before the server listens, expected none');
    guard.check(request);
    const { pathname, searchParams } = targetOf(request.url ?? '');
    if (pathname === '/') {
      const { html, policy } = this.#page;
      return { status: 200, type: 'text/html; charset=utf-8', policy, body: html };
    }
    guard.checkToken(request);
    const name = pathname.startsWith(API) ? pathname.slice(API.length) : '';
    const parameters = new Parameters(searchParams);
    if (name === REPORT) return this.#report(parameters);
    if (!Object.hasOwn(ENDPOINTS, name))
      throw new Refusal(
        'NOT_FOUND',
        `found another address, expected ${API} and one of ${Object.keys(ENDPOINTS).join(', ')}`,
      );
    const answer = await ENDPOINTS[name].answer(this.#explorer, parameters);
    if (answer instanceof NotYet) return json(202, 'waiting', answer.status);
    return json(200, name, answer);
  }

  #report(parameters: Parameters): Answer {
    parameters.finish();
    const { text, status } = this.#explorer.report;
    if (text === undefined) return json(202, 'waiting', status);
    return { status: 200, type: 'application/json', policy: NO_PAGE, body: text };
  }
}

/** Of the target's form `/path?query` alone: another one, with a host of its own, is for proxies. */
function targetOf(target: string): URL {
  if (!target.startsWith('/')) throw new Refusal('NOT_FOUND', 'found no path, expected one');
  try {
    // Put together rather than resolved: `//` and `/\` would begin a host.
    return new URL(`http://${ADDRESS}${target}`);
  } catch {
    throw new Refusal('NOT_FOUND', 'found no address, expected one');
  }
}

function json(status: number, kind: string, content: object): Answer {
  const body = JSON.stringify({ schemaVersion: 1, kind, ...content });
  return { status, type: 'application/json', policy: NO_PAGE, body };
}

function failure(thrown: unknown): Answer {
  if (thrown instanceof Refusal)
    return json(thrown.status, 'error', { error: { code: thrown.code, message: thrown.message } });
  const error = SnapshotError.from(thrown).toData();
  return json(error.code === 'INTERNAL' ? 500 : 422, 'error', { error });
}
