// Brings what a comparison needs, the first time it needs it.
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSnapshot } from './generator/snapshot.js';
import { installedNode } from './nodes.js';
import { writeStar } from './serve/star.js';

const peersFolder = fileURLToPath(new URL('peers/', import.meta.url));

const dataFile = (name) => fileURLToPath(new URL(`data/${name}.heapsnapshot`, import.meta.url));

/** Raised with every change of what the generator writes, so that no file of an older one is taken for its own. */
const GENERATOR = 2;

export const GENERATED_100_MB = {
  file: dataFile(`generated-100mb-v${GENERATOR}`),
  parameters: { nodeCount: 900_000, edgeCount: 5_000_000, seed: 1 },
};

/** The largest: 8 GB. */
export const GENERATED_100_M = {
  file: dataFile(`generated-100m-v${GENERATOR}`),
  parameters: { nodeCount: 100_000_000, edgeCount: 320_000_000, seed: 1 },
};

/** A real heap of 0.95 million nodes and 5.8 million edges. */
export const SYNTAX_TREES = {
  file: dataFile('syntax-trees'),
  characters: 3_750_000,
};

export const GENERATED_SMALL = {
  file: dataFile(`generated-small-v${GENERATOR}`),
  parameters: { nodeCount: 60_000, edgeCount: 330_000, seed: 1 },
};

/**
 * Installs the peers from their lock file and bundles DevTools' engine. Without install scripts: MemLab's would download a
 * browser.
 */
export async function preparePeers() {
  if (!existsSync(`${peersFolder}node_modules/.package-lock.json`)) {
    console.error('installing the peers into bench/peers …');
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: peersFolder,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  }
  const { bundleDevtools } = await import('./peers/bundle.js');
  await bundleDevtools();
}

/** A snapshot of the generator. */
export function prepareGenerated({ file, parameters }) {
  return prepareOnce(file, (partial) => writeSnapshot(partial, parameters));
}

/** A heap of syntax trees, written by Node 24. Needs the peers. */
export function prepareSyntaxTrees({ file, characters }) {
  return prepareWritten(file, 'syntax-trees.js', characters);
}

/** A heap of user records, written by Node 24: about 11.3 nodes a record, and 6 kB of memory a record while writing. */
export function prepareRecords(count) {
  return prepareWritten(dataFile(`records-${count}`), 'records.js', count);
}

/** The heap of the running Node with nothing in it but Node itself: about 5 MB. */
export function preparePlainHeap() {
  const file = dataFile(`plain-node-${process.versions.node}`);
  return prepareOnce(file, (partial) =>
    execFileSync(process.execPath, ['-e', `v8.writeHeapSnapshot(${JSON.stringify(partial)})`]),
  );
}

/** A node with so many edges, in three million nodes for a million. */
export function prepareStar(edges) {
  return prepareOnce(dataFile(`star-${edges}`), (partial) => writeStar(partial, edges));
}

/** Has Node 24 run a program of this folder that fills its heap to a size and writes its own snapshot. */
function prepareWritten(file, program, size) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  return prepareOnce(file, (partial) =>
    execFileSync(fastWriter(), ['--expose-gc', path, String(size), partial], { stdio: ['ignore', 'ignore', 2] }),
  );
}

/** Writes a file unless it is there; a run that was broken off leaves no half file under the name. */
function prepareOnce(file, write) {
  if (existsSync(file)) return file;
  console.error(`writing ${basename(file)} into bench/data …`);
  mkdirSync(dirname(file), { recursive: true });
  write(`${file}.partial`);
  renameSync(`${file}.partial`, file);
  return file;
}

/** A Node whose heap snapshots are written in seconds: before version 22 large ones take many minutes. */
function fastWriter() {
  if (Number.parseInt(process.versions.node, 10) >= 22) return process.execPath;
  return installedNode('24');
}

/** Reads the file once, so that the first contender does not pay for the disk. */
export function warmPageCache(file) {
  const window = Buffer.allocUnsafe(4 << 20);
  const descriptor = openSync(file);
  while (readSync(descriptor, window) > 0);
  closeSync(descriptor);
}
