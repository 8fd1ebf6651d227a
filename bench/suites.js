// All suites on one file, figures of this machine: for working on a kernel, not for comparing machines.
//   node bench/suites.js [--file F] [--time MS]
import { parseArgs } from 'node:util';
import { Bench } from 'tinybench';
import { GENERATED_SMALL, prepareGenerated } from './prepare.js';
import { suites } from './suites/index.js';
import { formatTable } from './table.js';

const { values } = parseArgs({ options: { file: { type: 'string' }, time: { type: 'string', default: '1000' } } });
const file = values.file ?? prepareGenerated(GENERATED_SMALL);
const rows = [['', 'median ms', 'p99 ms', 'samples']];
for (const suite of suites) {
  const bench = new Bench({ time: Number(values.time), iterations: 5, throws: true });
  for (const { name, run } of await suite(file)) bench.add(name, run);
  for (const task of await bench.run()) {
    const { p50, p99, samplesCount } = task.result.latency;
    rows.push([task.name, p50.toFixed(2), p99.toFixed(2), String(samplesCount)]);
  }
}
console.log(formatTable(rows));
