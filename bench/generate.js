// Writes a seeded snapshot of any size.
//   node bench/generate.js --nodes 900000 --edges 5000000 --seed 1 --out FILE
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSnapshot } from './generator/snapshot.js';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '900000' },
    edges: { type: 'string', default: '5000000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
if (!values.out) {
  console.error('usage: node bench/generate.js [--nodes N] [--edges N] [--seed N] --out FILE');
  process.exit(2);
}
mkdirSync(dirname(values.out), { recursive: true });
try {
  const [nodeCount, edgeCount, seed] = [values.nodes, values.edges, values.seed].map(Number);
  const bytes = writeSnapshot(values.out, { nodeCount, edgeCount, seed });
  console.log(`${values.out}: ${nodeCount} nodes, ${edgeCount} edges, ${(bytes / 1e6).toFixed(1)} MB`);
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  process.exit(2);
}
