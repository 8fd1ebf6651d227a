// What the second thread of a task runs: the part of the analysis that needs no dominators, on memory the first one shares.

import { parentPort } from 'node:worker_threads';
import { type ClassLists, ClassRegistry } from '../analysis/class-registry.js';
import { type Beside, computeBeside } from '../analysis/index.js';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import { SnapshotError, type SnapshotErrorData } from '../base/errors.js';
import type { F64, Graph } from '../graph/graph.js';
import { StringTable, type StringTableData } from '../read/string-table.js';
import { Arena, type ArenaPart } from '../wasm/arena.js';

export interface BesideRequest {
  readonly part: ArenaPart;
  readonly graph: Omit<Graph, 'strings'>;
  readonly strings: StringTableData;
  readonly selfSize: F64;
}

/** `Beside` as plain data. */
export type BesideReply =
  | (Omit<Beside, 'classes'> & {
      readonly ok: true;
      readonly classes: ClassLists;
      readonly interfaces: readonly InterfaceDefinition[];
    })
  | { readonly ok: false; readonly error: SnapshotErrorData };

parentPort?.on('message', async (request: BesideRequest) => {
  parentPort?.postMessage(await answer(request));
});

async function answer({ part, graph, strings, selfSize }: BesideRequest): Promise<BesideReply> {
  try {
    const arena = await Arena.over(part);
    const beside = computeBeside(arena, { ...graph, strings: new StringTable(strings) }, selfSize);
    const { registry, interfaces } = beside.classes;
    return { ...beside, ok: true, classes: registry.lists, interfaces };
  } catch (error) {
    return { ok: false, error: SnapshotError.from(error).toData() };
  }
}

/** Rebuilds what the reply took apart. */
export function besideOf(reply: BesideReply): Beside {
  if (!reply.ok) throw SnapshotError.fromData(reply.error);
  const { distance, classOf, sums, classes, interfaces } = reply;
  return { distance, classOf, sums, classes: { registry: new ClassRegistry(classes), interfaces } };
}
