// Preloaded into a measured process (`node --require`): on exit it adds one line with its own CPU time, peak memory and page
// faults that waited for a disk to the file that HEAPSLEUTH_BENCH_USAGE names. Portable, and it needs no cooperation from the
// program. It loads nothing that Node has not loaded anyway: a module would have the whole module loader start with it.
const { appendFileSync, readFileSync } = require('node:fs');

const { env, pid } = process;
const usageFile = env.HEAPSLEUTH_BENCH_USAGE;

// Worker threads inherit the preload and what it notes here; their memory and time already count for the process.
if (usageFile && env.HEAPSLEUTH_BENCH_PROCESS !== String(pid)) {
  env.HEAPSLEUTH_BENCH_PROCESS = String(pid);
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
