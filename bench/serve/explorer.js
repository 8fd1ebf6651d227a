import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/bin/heapsleuth.js', import.meta.url));
/** Milliseconds between two looks at what takes seconds. */
const LOOK_MS = 5;

/** The command `heapsleuth serve`, and how long it takes to answer. */
export class Explorer {
  nodeCount = 0;
  edgeCount = 0;
  /** The snapshot that is asked about: the last one of the folder. */
  snapshot = 0;
  #child;
  #port;
  #token;
  #startedAt;
  #listening;
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  static async start(folder, options) {
    const explorer = new Explorer();
    explorer.#startedAt = performance.now();
    explorer.#child = spawn(process.execPath, [MAIN, 'serve', folder, ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [address] = await once(explorer.#child.stdout, 'data');
    explorer.#listening = performance.now() - explorer.#startedAt;
    const { port, hash } = new URL(String(address).trim());
    explorer.#port = port;
    explorer.#token = hash.replace('#token=', '');
    return explorer;
  }

  /** What has to be waited for, once: milliseconds. */
  async firstTimes() {
    const { snapshots, first } = await this.ask('status');
    this.snapshot = first;
    const { nodeCount, edgeCount } = await this.ask('overview', { snapshot: first });
    const ready = performance.now() - this.#startedAt;
    Object.assign(this, { nodeCount, edgeCount });
    await this.ask('report');
    const report = performance.now() - this.#startedAt;
    const comparedAt = performance.now();
    const others = snapshots.length > 1;
    if (others) await this.ask('diff', { base: 0, snapshot: first });
    return {
      'from the start to where the page answers': this.#listening,
      'from the start to where the snapshot and its index are there': ready,
      'from the start to where the report of all snapshots is there': report,
      ...(others && { 'a comparison, from when it is asked for': performance.now() - comparedAt }),
    };
  }

  /** The answer, waited for. */
  async ask(name, question = {}) {
    for (;;) {
      const { status, text } = await this.#send(name, question);
      if (status === 200) return JSON.parse(text);
      if (status !== 202) throw new Error(`${name}: ${status} ${text}`);
      await pause(LOOK_MS);
    }
  }

  /** Milliseconds from the request to the last byte of the answer. */
  async time(name, question) {
    const from = performance.now();
    const { status, text } = await this.#send(name, question);
    const ms = performance.now() - from;
    if (status !== 200) throw new Error(`${name} ${JSON.stringify(question)}: ${status} ${text}`);
    return ms;
  }

  /** Of its memory, as Linux tells it; 0 elsewhere. */
  peakBytes() {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      return 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    } catch {
      return 0;
    }
  }

  async stop() {
    this.#agent.destroy();
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }

  #send(name, question) {
    const path = `/api/${name}?${new URLSearchParams(question)}`;
    const headers = { Authorization: `Bearer ${this.#token}` };
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.#port, path, headers, agent: this.#agent }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(parts).toString() }));
      });
      sent.on('error', reject);
      sent.end();
    });
  }
}
