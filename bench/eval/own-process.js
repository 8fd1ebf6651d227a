// heapsleuth's analysis of one series as a process of its own, to be measured beside MemLab's. In threads: those of child processes
// would not be counted.
//   node bench/eval/own-process.js FILE…
import { analyze } from '../../dist/index.js';

const { suspects } = await analyze(process.argv.slice(2), { isolation: 'thread' });
console.log(JSON.stringify(suspects));
