import { openSnapshot } from 'heapsleuth';
import { expect } from 'vitest';
import { type DevtoolsAnalysis, devtoolsFromFile, isFailed } from '../oracle/devtools.js';

export async function devtoolsOf(file: string): Promise<DevtoolsAnalysis> {
  const devtools = await devtoolsFromFile(file);
  if (isFailed(devtools)) throw new Error(`${file}: found DevTools failing (${devtools.failed}), expected a result`);
  return devtools;
}

const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);

/** Opens the file through the library and compares all it says of single nodes and of classes. Returns the node count. */
export async function expectEqualsDevtools(file: string): Promise<number> {
  const devtools = await devtoolsOf(file);
  const snapshot = await openSnapshot(file);
  const { columns, nodeCount } = snapshot;
  expect({ file: snapshot.file, nodeCount, edgeCount: snapshot.edgeCount }).toEqual({
    file,
    nodeCount: devtools.nodeCount,
    edgeCount: devtools.edgeCount,
  });
  for (const column of ['id', 'selfSize', 'retainedSize', 'dominator', 'distance', 'detachedness'] as const) {
    expect(
      Buffer.from(columns[column].slice().buffer).equals(Buffer.from(devtools[column].slice().buffer)),
      column,
    ).toBe(true);
  }
  for (let node = 0; node < nodeCount; node++) {
    if (snapshot.nodeName(node) !== devtools.nodeName(node))
      expect(snapshot.nodeName(node), `node ${node}`).toBe(devtools.nodeName(node));
    if (snapshot.className(node) !== devtools.className(node))
      expect(snapshot.className(node), `node ${node}`).toBe(devtools.className(node));
  }
  expect(snapshot.classes().sort(byKey)).toEqual(devtools.aggregates);
  expect(snapshot.statistics()).toEqual(devtools.statistics);
  expect(snapshot.totalSize).toBe(devtools.statistics.total);
  snapshot.close();
  return nodeCount;
}
