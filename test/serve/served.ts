import { type ClientRequest, type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach } from 'vitest';
import { type ServeOptions, serve } from '#src/serve/serve.js';

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server that runs in this process, and ends with the test. */
export interface Served {
  readonly address: string;
  readonly port: number;
  readonly token: string;
  /** Resolves when the first snapshot is open. */
  readonly ready: Promise<void>;
  /** Resolves or rejects as `serve` does. */
  readonly ended: Promise<void>;
  /** As it is sent, with the right host and nothing else. */
  send(target: string, sent?: Sent): Promise<Response>;
  /** With the token, until there is an answer. */
  ask<T>(name: string, question?: Readonly<Record<string, string | number>>): Promise<T>;
  stop(): Promise<void>;
}

const running = new Set<Served>();
afterEach(async () => {
  for (const served of running) await served.stop();
});

export async function startServer(
  files: readonly string[],
  options: Partial<Omit<ServeOptions, 'signal' | 'onListening' | 'onReady'>> = {},
): Promise<Served> {
  const abort = new AbortController();
  let onReady = () => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  let onListening: (address: string) => void = () => {};
  let onRefused: (reason: unknown) => void = () => {};
  const listening = new Promise<string>((resolve, reject) => {
    onListening = resolve;
    onRefused = reject;
  });
  const ended = serve(files, { ...options, signal: abort.signal, onListening, onReady });
  ended.catch(onRefused);
  const address = await listening;
  const { port } = new URL(address);
  const token = address.replace(/^.*#token=/, '');
  const send = (target: string, sent?: Sent) => sendTo(Number(port), target, sent);
  const served: Served = {
    ...{ address, port: Number(port), token, ready, ended, send },
    async ask<T>(name: string, question: Readonly<Record<string, string | number>> = {}): Promise<T> {
      const query = new URLSearchParams(Object.entries(question).map(([key, value]) => [key, String(value)]));
      for (;;) {
        const { status, text } = await send(`/api/${name}?${query}`, { headers: { Authorization: `Bearer ${token}` } });
        if (status === 200) return JSON.parse(text);
        if (status !== 202) throw new Error(`${status} ${text}`);
        // Asked again until it is there: how long that takes is no matter.
        await pause(20);
      }
    },
    async stop() {
      running.delete(served);
      abort.abort();
      await ended.catch(() => {});
    },
  };
  running.add(served);
  return served;
}

function sendTo(port: number, path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
