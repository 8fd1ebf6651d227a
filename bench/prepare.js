// Brings what a comparison needs, the first time it needs it.
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSnapshot } from './generator/snapshot.js';

const peersFolder = fileURLToPath(new URL('peers/', import.meta.url));

export const GENERATED_100_MB = {
  file: fileURLToPath(new URL('data/generated-100mb.heapsnapshot', import.meta.url)),
  parameters: { nodeCount: 900_000, edgeCount: 5_000_000, seed: 1 },
};

export const GENERATED_SMALL = {
  file: fileURLToPath(new URL('data/generated-small.heapsnapshot', import.meta.url)),
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

/** Writes a generated snapshot unless it is there; a run that was broken off leaves no half file under the name. */
export function prepareGenerated({ file, parameters }) {
  if (existsSync(file)) return file;
  console.error(`generating ${basename(file)} into bench/data …`);
  mkdirSync(dirname(file), { recursive: true });
  writeSnapshot(`${file}.partial`, parameters);
  renameSync(`${file}.partial`, file);
  return file;
}

/** Reads the file once, so that the first contender does not pay for the disk. */
export function warmPageCache(file) {
  const window = Buffer.allocUnsafe(4 << 20);
  const descriptor = openSync(file);
  while (readSync(descriptor, window) > 0);
  closeSync(descriptor);
}
