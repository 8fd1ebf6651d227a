import { expect } from 'vitest';
import { type DevtoolsAnalysis, devtoolsFromFile, isFailed } from '../oracle/devtools.js';

/** What DevTools says of a file; a failure fails the test. */
export async function opened(file: string | Uint8Array): Promise<DevtoolsAnalysis> {
  const outcome = await devtoolsFromFile(file);
  if (isFailed(outcome)) throw new Error(`found that DevTools fails (${outcome.failed}), expected it to open the file`);
  return outcome;
}

/** Everything that DevTools computes and that needs no text. */
export function expectSameGraph(found: DevtoolsAnalysis, expected: DevtoolsAnalysis, label: string): void {
  expect(found.nodeCount, label).toBe(expected.nodeCount);
  expect(found.edgeCount, label).toBe(expected.edgeCount);
  for (const column of ['id', 'selfSize', 'retainedSize', 'dominator', 'distance', 'detachedness'] as const) {
    expect(bytesOf(found[column]).equals(bytesOf(expected[column])), `${label}: ${column}`).toBe(true);
  }
  expect(found.statistics, label).toEqual(expected.statistics);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** The same, and classes under the same names. */
export function expectSameClasses(found: DevtoolsAnalysis, expected: DevtoolsAnalysis, label: string): void {
  expectSameGraph(found, expected, label);
  expect(found.aggregates, label).toEqual(expected.aggregates);
  for (let node = 0; node < expected.nodeCount; node++) {
    if (found.className(node) !== expected.className(node))
      expect(found.className(node), `${label}: class of node ${node}`).toBe(expected.className(node));
  }
}
