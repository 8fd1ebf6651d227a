import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HeapProfile } from '#src/base/profile-types.js';
import { profileFrom } from '#src/profile/index.js';
import { BytesSource } from '#src/read/source.js';
import { writeIn } from '../promises/scratch-folder.js';

export interface PlainNode {
  callFrame: { functionName: string; scriptId: string; url: string; lineNumber: number; columnNumber: number };
  selfSize: number;
  id: number;
  children: PlainNode[];
}

export interface PlainProfile {
  head: PlainNode;
  samples?: { size: number; nodeId: number; ordinal: number }[];
}

let ids = 0;

export function node(functionName: string, selfSize: number, children: PlainNode[] = [], line = 0): PlainNode {
  const callFrame = { functionName, scriptId: '1', url: 'file:///app.js', lineNumber: line, columnNumber: 4 };
  return { callFrame, selfSize, id: ++ids, children };
}

export function textOf(...children: PlainNode[]): string {
  return JSON.stringify({ head: node('(root)', 0, children) });
}

export function readText(text: string | Uint8Array, pieces?: readonly number[]): Promise<HeapProfile> {
  return profileFrom(() => new BytesSource(Buffer.from(text), pieces));
}

interface PlainSite {
  selfSize: number;
  count: number;
  largest: number;
  stack: string[];
}

const isBefore = (stack: string[], other: string[]) => {
  const at = stack.findIndex((name, index) => name !== other[index]);
  return at < 0 ? stack.length < other.length : at < other.length && stack[at] < other[at];
};

/** The same from the whole text: one object a node, one key a function. */
export function plainProfile(text: string): HeapProfile {
  const profile: PlainProfile = JSON.parse(text);
  const sites = new Map<string, PlainSite>();
  const byNode = new Map<number, PlainSite>();
  const open: { node: PlainNode; above: string[] }[] = [{ node: profile.head, above: [] }];
  let totalSize = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { callFrame, selfSize, id, children } = next.node;
    const name = callFrame.functionName || '(anonymous)';
    const isRoot = next.node === profile.head;
    const above = isRoot ? [] : [name, ...next.above].slice(0, 8);
    for (const child of children) open.push({ node: child, above });
    if (selfSize === 0) continue;
    totalSize += selfSize;
    const key = JSON.stringify([name, callFrame.url, callFrame.lineNumber + 1, callFrame.columnNumber + 1]);
    const site = sites.get(key) ?? { selfSize: 0, count: 0, largest: 0, stack: [] };
    sites.set(key, site);
    byNode.set(id, site);
    site.selfSize += selfSize;
    if (selfSize > site.largest || (selfSize === site.largest && isBefore(next.above, site.stack))) {
      site.stack = next.above;
    }
    site.largest = Math.max(site.largest, selfSize);
  }
  for (const { nodeId } of profile.samples ?? []) {
    const site = byNode.get(nodeId);
    if (site) site.count++;
  }
  return { sites: sorted(sites, profile.samples !== undefined), totalSize, samples: profile.samples?.length };
}

function sorted(sites: ReadonlyMap<string, PlainSite>, hasSamples: boolean): HeapProfile['sites'] {
  const list = [...sites].map(([key, { selfSize, count, stack }]) => {
    const [name, script, line, column] = JSON.parse(key);
    return { function: name, script, line, column, selfSize, ...(hasSamples && { count }), stack };
  });
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return list.sort(
    (a, b) =>
      b.selfSize - a.selfSize ||
      order(a.function, b.function) ||
      order(a.script, b.script) ||
      a.line - b.line ||
      a.column - b.column,
  );
}

/** What Node writes for a program that ends by itself. */
export function profileOf(folder: string, name: string, program: string, ...args: string[]): string {
  const out = join(folder, `${name}-profiles`);
  mkdirSync(out);
  const file = writeIn(folder, `${name}.cjs`, program);
  const options = ['--heap-prof', '--heap-prof-interval=1024', `--heap-prof-dir=${out}`];
  execFileSync(process.execPath, [...options, file, ...args]);
  const [written] = readdirSync(out);
  return join(out, written);
}

/** A Zstandard frame that compresses nothing: the same on every Node. */
export function zstdOf(bytes: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  const parts: Uint8Array[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size];
  const BLOCK = 100_000;
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = bytes.subarray(at, at + BLOCK);
    const header = Buffer.alloc(4);
    header.writeUInt32LE((block.length << 3) | (at + BLOCK >= bytes.length ? 1 : 0));
    parts.push(header.subarray(0, 3), block);
  }
  return Buffer.concat(parts);
}
