import { type ClassLists, ClassRegistry } from '../analysis/class-registry.js';
import type { SumSpan } from '../analysis/class-sums.js';
import type { TreeOrdering } from '../analysis/dominators.js';
import type { Beside } from '../analysis/index.js';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import { SnapshotError, type SnapshotErrorData } from '../base/errors.js';
import type { StageTiming } from '../base/types.js';
import type { Graph } from '../graph/graph.js';
import type { PathRequest, Paths } from '../paths/find-paths.js';
import type { TreePlan } from '../picture/tree-cut.js';
import type { StringTableData } from '../read/string-table.js';
import type { TailRequest } from '../read/tail.js';
import type { ArenaPart, ArenaSpan, SharedKernels } from '../wasm/arena.js';
import type { OpenTask } from '../wasm/open-task.js';
import type { WholeColumn } from '../wasm/region.js';

/** The part beside, for another thread: everything in shared memory but the header and the types. */
export interface BesideRequest {
  readonly kind: 'beside';
  readonly part: ArenaPart;
  readonly graph: Omit<Graph, 'strings'>;
  readonly strings: StringTableData;
  readonly selfSize: WholeColumn;
  readonly statistics?: OpenTask;
  /** Whether paths are going to be begun. */
  readonly beginsPaths: boolean;
  /** Whether the reply is to say how long each pass took. */
  readonly timings: boolean;
}

/** What paths need besides dominators, from what the part beside has computed last, and in its memory. */
export interface BeginPathsRequest {
  readonly kind: 'begin paths';
  /** Whether a tree is going to be cut, too. */
  readonly picture: boolean;
  readonly timings: boolean;
}

/** Memory to be touched ahead of the first thread. */
export interface TouchRequest {
  readonly kind: 'touch';
  readonly memory: SharedKernels['memory'];
  readonly span: ArenaSpan;
}

/** The dominator tree's preorder, for another thread if that comes to it first. */
export interface OrderRequest extends SharedKernels {
  readonly kind: 'order';
  readonly ordering: TreeOrdering;
  readonly task: OpenTask;
}

/** Half of the sums per class. */
export interface SumRequest extends SharedKernels {
  readonly kind: 'sum';
  readonly span: SumSpan;
}

/** A tree to be cut in the memory that paths were found in. */
export interface TreeRequest {
  readonly kind: 'tree';
  readonly strings: StringTableData;
  readonly plan: TreePlan;
}

/** The rest of the paths that were begun. */
export interface PathsRequest extends Omit<PathRequest, 'graph' | 'distance'> {
  readonly kind: 'paths';
  readonly timings: boolean;
}

export type PathsReply =
  | (Paths & { readonly ok: true; readonly timings: readonly StageTiming[] })
  | { readonly ok: false; readonly error: SnapshotErrorData };

/** Requests are answered one after the other; each answer has the number of its request. */
export interface Numbered<T> {
  readonly number: number;
  readonly content: T;
}

/** What a second thread can be asked. */
export type SecondThreadRequest =
  | TouchRequest
  | BesideRequest
  | OrderRequest
  | SumRequest
  | BeginPathsRequest
  | PathsRequest
  | TreeRequest
  | ({ readonly kind: 'tail'; readonly file: string } & TailRequest);

/** `Beside` as plain data. */
export type BesideReply =
  | (Omit<Beside, 'classes'> & {
      readonly ok: true;
      readonly classes: ClassLists;
      readonly interfaces: readonly InterfaceDefinition[];
      readonly timings: readonly StageTiming[];
    })
  | { readonly ok: false; readonly error: SnapshotErrorData };

/** Rebuilds what the reply took apart. */
export function besideOf(reply: BesideReply): Beside {
  if (!reply.ok) throw SnapshotError.fromData(reply.error);
  const { distance, classOf, sums, classes, interfaces } = reply;
  return { distance, classOf, sums, classes: { registry: new ClassRegistry(classes), interfaces } };
}
