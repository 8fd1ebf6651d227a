// MemLab: loads a snapshot with dominators and retained sizes, then sums up its nodes by type and name.
//   node bench/peers/memlab.js FILE
import heapAnalysis from '@memlab/heap-analysis';

const snapshot = await heapAnalysis.getFullHeapFromFile(process.argv[2]);

const classes = new Map();
let totalSize = 0;
let rootRetainedSize = 0;
snapshot.nodes.forEach((node) => {
  if (node.id === 1) rootRetainedSize = node.retainedSize;
  totalSize += node.self_size;
  const key = node.type === 'object' || node.type === 'native' ? node.name : `(${node.type})`;
  const sum = classes.get(key) ?? { count: 0, selfSize: 0, retainedSize: 0 };
  sum.count++;
  sum.selfSize += node.self_size;
  sum.retainedSize += node.retainedSize;
  classes.set(key, sum);
});

console.log(
  JSON.stringify({ nodeCount: snapshot.nodes.length, totalSize, rootRetainedSize, classCount: classes.size }),
);
process.exit();
