// The benchmarks that are programs of their own, for one table of all goals.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const OUTPUT_LIMIT = 1 << 24;

/** What `bench/NAME.js --json` prints; undefined where it cannot run. A goal that is missed makes it fail, and it prints all the same. */
export function runBenchmark(name) {
  const program = fileURLToPath(new URL(`../${name}.js`, import.meta.url));
  const { stdout } = spawnSync(process.execPath, [program, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: OUTPUT_LIMIT,
  });
  return stdout ? JSON.parse(stdout) : undefined;
}
