// What snapshots are made of, side by side: tells whether the generator's are like real ones.
//   node bench/shares.js FILE…
import { basename } from 'node:path';
import { measureShares } from './shares/measure.js';
import { formatTable } from './table.js';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node bench/shares.js FILE…');
  process.exit(2);
}
const columns = [];
for (const file of files) columns.push([basename(file).replace(/\.heapsnapshot.*$/, ''), await measureShares(file)]);
const names = [...new Set(columns.flatMap(([, shares]) => [...shares.keys()]))];
const rows = names.map((name) => [name, ...columns.map(([, shares]) => shares.get(name) ?? '')]);
console.log(formatTable([['', ...columns.map(([file]) => file)], ...rows]));
