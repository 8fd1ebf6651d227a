// MemLab's `find-leaks`: what was made between the first snapshot and the second and is still there in the third. Prints the
// traces of its first clusters, as its report has them.
//   node bench/peers/memlab-leaks.js BASELINE TARGET FINAL WORK [--trace-all-objects]
import memlab from '@memlab/api';
import core from '@memlab/core';

const FIRST = 10;

const [baseline, target, final, workDir, option] = process.argv.slice(2);
if (option === '--trace-all-objects') {
  // What that option of its command line sets.
  core.config.oversizeObjectAsLeak = true;
  core.config.oversizeThreshold = 0;
}
const leaks = await memlab.findLeaksBySnapshotFilePaths(baseline, target, final, { workDir, consoleMode: 'SILENT' });
// Keys are the lines of a trace, values what else there is to unfold at a step.
const traces = leaks.slice(0, FIRST).map((leak) =>
  Object.keys(leak)
    .filter((line) => !line.startsWith('$'))
    .join('\n'),
);
console.log(JSON.stringify({ found: leaks.length, answers: traces }));
process.exit();
