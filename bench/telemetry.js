// Time and memory of reading telemetry: as many lines as asked, as the collector writes them, of a heap that is collected again and again.
//   node bench/telemetry.js [--lines 10000000] [--keep]

import { closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { HeapWatch } from '../dist/scan/heap-watch.js';
import { trendsOf } from '../dist/scan/trend-layer.js';
import { readTelemetry } from '../dist/telemetry/index.js';

/** Of ten million lines. */
const GOALS = { seconds: 60, megabytes: 300 };
const LINES_OF_GOAL = 10_000_000;
const PIECE = 1 << 20;

const { values } = parseArgs({
  options: { lines: { type: 'string', default: String(LINES_OF_GOAL) }, keep: { type: 'boolean' } },
});
const lines = Number(values.lines);
const data = fileURLToPath(new URL('data/', import.meta.url));
const file = `${data}telemetry-${lines}.v8.jsonl`;

/** A sample every ten milliseconds; what collections leave grows by 10 bytes each. */
function write() {
  mkdirSync(data, { recursive: true });
  const descriptor = openSync(file, 'w');
  let text = '';
  let used = 50e6;
  let seed = 1;
  for (let at = 0; at < lines; at++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    used += seed % 1_000_000;
    if (used > 80e6 + 10 * at) used = 50e6 + 10 * at;
    text += `${lineOf(at, used)}\n`;
    if (text.length < PIECE) continue;
    writeSync(descriptor, text);
    text = '';
  }
  writeSync(descriptor, text);
  closeSync(descriptor);
}

function lineOf(at, used) {
  const memoryUsage = {
    rss: 120e6,
    heapTotal: 90e6 + 10 * at,
    heapUsed: used,
    external: 1_792_518,
    arrayBuffers: 10_691,
  };
  const heapStatistics = {
    ...{
      total_heap_size: 90e6,
      total_heap_size_executable: 262_144,
      total_physical_size: 80e6,
      total_available_size: 4e9,
    },
    ...{
      used_heap_size: used,
      heap_size_limit: 4_345_298_944,
      malloced_memory: 262_312,
      peak_malloced_memory: 474_264,
    },
    ...{ does_zap_garbage: 0, number_of_native_contexts: 1, number_of_detached_contexts: 0 },
    ...{ total_global_handles_size: 8192, used_global_handles_size: 3296, external_memory: 1_792_558 },
  };
  return JSON.stringify({ ts: 1_795_410_000_000 + 10 * at, pid: 4711, uptime: at / 100, memoryUsage, heapStatistics });
}

write();
const watch = new HeapWatch();
const began = performance.now();
const telemetry = await readTelemetry(file, { observe: watch.observe });
const [trend] = trendsOf({ source: 'telemetry', telemetry, watch });
const seconds = (performance.now() - began) / 1000;
const megabytes = process.resourceUsage().maxRSS / 1024;
const bytes = statSync(file).size;
if (!values.keep) rmSync(file);
if (telemetry.used !== lines || !trend.isRising) {
  console.error(
    `found ${telemetry.used} lines used, a heap that ${trend.isRising ? 'rises' : 'does not rise'}, expected ${lines} and one that rises`,
  );
  process.exitCode = 1;
}
console.log(`${lines.toLocaleString('en-US')} lines, ${(bytes / 1e9).toFixed(1)} GB`);
console.log(
  `${seconds.toFixed(1)} s, ${((1e6 * seconds) / lines).toFixed(2)} µs a line, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s`,
);
console.log(`${megabytes.toFixed(0)} MB of the whole process, its own part of writing the file included`);
if (lines === LINES_OF_GOAL) {
  const isMet = seconds <= GOALS.seconds && megabytes <= GOALS.megabytes;
  console.log(`goal: ${GOALS.seconds} s and ${GOALS.megabytes} MB: ${isMet ? 'met' : 'missed'}`);
}
