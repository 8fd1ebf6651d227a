import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { toJson } from '../build/snapshot-builder.js';

export { scratchFolder } from '../promises/scratch-folder.js';

export function writeSnapshot(folder: string, name: string, plain: PlainSnapshot): string {
  const file = join(folder, `${name}.heapsnapshot`);
  writeFileSync(file, toJson(plain));
  return file;
}

export function corpusFile(name: string): string {
  return fileURLToPath(new URL(`../corpus/${name}.heapsnapshot.gz`, import.meta.url));
}

/** What a process of the running Node holds while it writes: something of every kind that the rules tell apart. */
const PROGRAM = `
  'use strict';
  const v8 = require('node:v8');
  class Order { constructor(id) { this.id = id; this.lines = [id, { by: 'user-' + id }]; } }
  globalThis.orders = Array.from({ length: 300 }, (_, id) => new Order(id));
  globalThis.points = Array.from({ length: 50 }, (_, x) => ({ x: 'at ' + x, y: { deep: x } }));
  globalThis.weak = new WeakMap(orders.map((order) => [order, { seen: order.id }]));
  globalThis.bytes = [new Uint8Array(100_000), Buffer.alloc(5000), new Float64Array(10)];
  globalThis.text = ['a'.repeat(50) + process.pid, '\\ud800 odd \\u{1F600}', 'x'.repeat(3000)];
  globalThis.listen = (() => { const table = new Map(orders.map((o) => [o.id, o])); return (id) => table.get(id); })();
  const files = JSON.parse(process.argv[1]);
  for (const [step, [file, options]] of files.entries()) {
    for (let i = 0; i < step * 20; i++) orders.push(new Order(1000 * step + i));
    if (step > 0) points.splice(0, 10);
    v8.writeHeapSnapshot(file, options);
  }
`;

/** Snapshots of one process of the running Node, a few allocations and releases apart. */
export function writeWithNode(folder: string, name: string, steps: number, options: object = {}): string[] {
  const files = Array.from({ length: steps }, (_, step) => join(folder, `${name}-${step}.heapsnapshot`));
  const argument = JSON.stringify(files.map((file) => [file, options]));
  execFileSync(process.execPath, ['-e', PROGRAM, argument], { stdio: ['ignore', 'ignore', 'inherit'] });
  return files;
}
