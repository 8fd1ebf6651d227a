/**
 * Records the series in this folder: one process of server.cjs, the same number of requests between two snapshots.
 *
 *   node snapshots/record.js [FOLDER]
 *
 * FOLDER (default: this one) receives server-1.heapsnapshot.gz … server-8.heapsnapshot.gz.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

const SNAPSHOTS = 8;
const REQUESTS_PER_STEP = 50;
/** The gzip header's operating-system byte, so that a recording does not depend on where it was packed. */
const UNKNOWN_SYSTEM = 255;
/**
 * Compiled code and its feedback are most of a small server's heap and not what the series is about: interpret, and load less. Bytecode
 * stays, since the names in it say which functions add to what grows; a server under load runs them often enough to keep it.
 */
const SMALL_HEAP = [
  ...['--jitless', '--no-expose-wasm', '--no-use-ic', '--max-lazy', '--no-flush-bytecode'],
  ...['--no-experimental-fetch', '--no-experimental-global-webcrypto', '--no-experimental-global-customevent'],
];

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(process.argv[2] ?? here);

// A snapshot contains the paths and the environment of its process, so the server runs in a neutral folder with none.
const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'shop-'));
try {
  fs.copyFileSync(path.join(here, 'server.cjs'), path.join(stage, 'server.cjs'));
  await recordSeries();
  for (let step = 1; step <= SNAPSHOTS; step++) {
    const name = `server-${step}.heapsnapshot`;
    const packed = zlib.gzipSync(fs.readFileSync(path.join(stage, name)), { level: 9, memLevel: 9 });
    packed[9] = UNKNOWN_SYSTEM;
    fs.writeFileSync(path.join(target, `${name}.gz`), packed);
    console.log(`${name}.gz  ${packed.length} bytes`);
  }
} finally {
  fs.rmSync(stage, { recursive: true });
}

async function recordSeries() {
  const port = await freePort();
  const argv = ['--expose-gc', ...SMALL_HEAP, 'server.cjs', String(port)];
  const server = spawn(process.execPath, argv, { cwd: stage, env: {}, stdio: 'inherit' });
  const exited = once(server, 'exit');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const visit = (url) => get({ host: '127.0.0.1', port, agent, path: url });
  try {
    await untilListening(visit, exited);
    // Two rounds and a snapshot nobody keeps: caches fill, code is compiled, and writing a snapshot loads what it needs.
    await drive(visit, 2 * REQUESTS_PER_STEP);
    await visit('/debug/snapshot/trial');
    for (let step = 1; step <= SNAPSHOTS; step++) {
      await drive(visit, REQUESTS_PER_STEP);
      await visit(`/debug/snapshot/server-${step}`);
    }
  } finally {
    agent.destroy();
    server.kill();
    await exited;
  }
}

async function drive(visit, requests) {
  for (let n = 0; n < requests; n++) await visit(`/invoices/${1000 + n}`);
}

function get(options) {
  return new Promise((resolve, reject) => {
    const request = http.get(options, (response) => response.resume().on('end', resolve));
    request.on('error', reject);
  });
}

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

async function untilListening(visit, exited) {
  let stopped = false;
  exited.then(() => {
    stopped = true;
  });
  for (;;) {
    if (stopped) throw new Error('the server ended before it listened');
    const up = await visit('/health').then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((later) => setTimeout(later, 20));
  }
}
