// Processes that are started, and none of which stays behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../measure.js';

/** Where children run: `heapsleuth/collect` is resolved from here, as from any project that has the package. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const running = new Map();

/** Runs the same Node with other arguments; its stdout is to be read, its stderr is this one's. */
export function startNode(args, variables = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...plainEnvironment(), ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code;
  });
  running.set(child, closed);
  return { child, closed };
}

/** Resolves when all have gone. They end at the first signal: a service has no handler, and a scan takes its own children with it. */
export async function endAll() {
  for (const child of running.keys()) child.kill();
  await Promise.allSettled(running.values());
}
