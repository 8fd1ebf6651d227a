// A service under the collector, visited for a while.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startNode } from './children.js';
import { visit } from './load.js';

/**
 * Runs the shop, `leaking` or `fixed`, and writes what the collector sees into a folder.
 * @param {{ seconds: number, samples: number, snapshots: number }} settings so many samples and snapshots in that time
 * @returns {Promise<number>} visits that the service has had
 */
export async function watchService(program, folder, { seconds, samples, snapshots }) {
  const service = startNode(['--import', 'heapsleuth/collect', join('bench', 'watch', 'server.js'), program], {
    HEAPSLEUTH_FOLDER: folder,
    HEAPSLEUTH_INTERVAL: String(Math.round((1000 * seconds) / samples)),
    HEAPSLEUTH_SNAPSHOTS: String(snapshots),
    HEAPSLEUTH_DISTANCE: String(Math.round((1000 * seconds) / (snapshots + 0.5))),
    // Grown or not: the mended one is to have as much evidence against it.
    HEAPSLEUTH_GROWTH: '0',
  });
  const visits = await visit(await addressOf(service), seconds);
  service.child.kill();
  await service.closed;
  return visits;
}

async function addressOf({ child }) {
  for await (const port of createInterface(child.stdout)) return `http://127.0.0.1:${port}`;
  throw new Error('found a service that ended, expected one that says its port');
}
