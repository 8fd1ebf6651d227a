// Not an analysis: what it costs merely to have the file as a JavaScript value.
//   node bench/peers/json-parse.js FILE
import { readFileSync } from 'node:fs';

const snapshot = JSON.parse(readFileSync(process.argv[2], 'utf8'));

console.log(JSON.stringify({ nodeCount: snapshot.snapshot.node_count }));
