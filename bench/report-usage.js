// Preloaded into a measured process (`node --import`): on exit it adds one line with its own CPU time, peak memory and
// page faults that waited for a disk to the file that HEAPSLEUTH_BENCH_USAGE names. Portable, and it needs no cooperation from the program.
import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const usageFile = process.env.HEAPSLEUTH_BENCH_USAGE;

// Worker threads inherit the preload; their memory and time already count for the process.
if (isMainThread && usageFile) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS, majorPageFault } = process.resourceUsage();
    const usage = {
      cpuMs: (userCPUTime + systemCPUTime) / 1000,
      peakBytes: peakOfThisImage() ?? maxRSS * 1024,
      majorFaults: majorPageFault,
    };
    appendFileSync(usageFile, `${JSON.stringify(usage)}\n`);
  });
}

/** Linux carries maxRSS over from the parent when a process starts; the high-water mark in /proc starts anew. */
function peakOfThisImage() {
  if (process.platform !== 'linux') return undefined;
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return line ? Number(line[1]) * 1024 : undefined;
}
