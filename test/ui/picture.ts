import { basename } from 'node:path';
import { findWaste, type HeapSnapshot, openSnapshot } from 'heapsleuth';
import type { DominatorTree, SnapshotPicture } from '#src/base/report-types.js';

const NODES = 5000;
/** Nodes whose name is a value of the program's. */
const VALUES = new Set(['string', 'concatenated string', 'sliced string', 'number', 'bigint']);

/** What the report shows of one snapshot, by what the library has for everyone. */
export async function pictureOf(file: string): Promise<SnapshotPicture> {
  const snapshot = await openSnapshot(file);
  try {
    const waste = await findWaste(file);
    return { tree: treeOf(snapshot), waste: { ...waste, file: basename(file) } };
  } finally {
    snapshot.close();
  }
}

/** The nodes that retain most: whatever dominates one of them retains no less. */
function treeOf(snapshot: HeapSnapshot): DominatorTree {
  const { retainedSize, selfSize, id } = snapshot.columns;
  const ordered = Array.from(retainedSize, (_, ordinal) => ordinal).sort((a, b) => retainedSize[b] - retainedSize[a]);
  const leastSize = retainedSize[ordered[Math.min(NODES, ordered.length) - 1]];
  const places = new Map<string, number>();
  const placeOf = (text: string) => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  const rows: number[][] = [];
  const waiting = [{ ordinal: snapshot.root, depth: 0 }];
  for (let next = waiting.pop(); next && rows.length < NODES; next = waiting.pop()) {
    const { ordinal, depth } = next;
    const children = snapshot.dominated(ordinal);
    const isValue = VALUES.has(snapshot.nodeType(ordinal));
    const className = snapshot.className(ordinal);
    rows.push([
      depth,
      placeOf(isValue ? className : snapshot.nodeName(ordinal)),
      placeOf(className),
      ...[id[ordinal], selfSize[ordinal], retainedSize[ordinal], children.length],
    ]);
    const listed = [...children].filter((child) => retainedSize[child] > 0 && retainedSize[child] >= leastSize);
    listed.sort((a, b) => retainedSize[a] - retainedSize[b]);
    for (const child of listed) waiting.push({ ordinal: child, depth: depth + 1 });
  }
  const column = (at: number) => rows.map((row) => row[at]);
  return {
    ...{ file: basename(snapshot.file), nodeCount: snapshot.nodeCount, totalSize: snapshot.totalSize, leastSize },
    ...{ texts: [...places.keys()], depth: column(0), name: column(1), className: column(2), id: column(3) },
    ...{ selfSize: column(4), retainedSize: column(5), childCount: column(6) },
  };
}
