import type { Bytes, ClassSummary, Ordinal } from '../base/types.js';
import { ExploredGraph } from '../explore/explored-graph.js';
import { ToldNames } from '../explore/hidden-values.js';
import type { SharedSnapshot } from '../explore/shared-columns.js';
import type { SnapshotIndex } from '../explore/snapshot-index.js';
import { HeapSnapshot } from '../graph/heap-snapshot.js';
import type { OpenedFile } from '../graph/snapshot-memory.js';
import { RecentLists } from './recent-lists.js';
import { RecentSearches } from './recent-searches.js';

/** An open snapshot with all that answers are made of. */
export class Exploration {
  readonly file: string;
  readonly snapshot: HeapSnapshot;
  readonly graph: ExploredGraph;
  readonly index: SnapshotIndex;
  readonly classes: readonly ClassSummary[];
  readonly classNames: readonly string[];
  readonly classKeys: readonly string[];
  /** Undefined where all is told. */
  readonly told: ToldNames | undefined;
  readonly searches: RecentSearches;
  readonly lists = new RecentLists();
  /** What it keeps in memory. */
  readonly bytes: Bytes;
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(file: string, opened: OpenedFile, shared: SharedSnapshot, index: SnapshotIndex, showValues: boolean) {
    const { memory } = opened;
    this.file = file;
    this.snapshot = new HeapSnapshot(file, opened.layout, memory);
    this.graph = new ExploredGraph(shared);
    this.index = index;
    this.classes = this.snapshot.classes();
    this.classNames = memory.classNames;
    this.classKeys = memory.classKeys;
    this.told = showValues ? undefined : new ToldNames(this.graph);
    this.searches = new RecentSearches(index);
    this.bytes = bytesOf(shared, index);
    this.#numbers = new Map(this.classKeys.map((key, number) => [key, number]));
  }

  /** Undefined for a key that no class has. */
  classNumber(key: string): number | undefined {
    return this.#numbers.get(key);
  }

  className(node: Ordinal): string {
    return this.classNames[this.graph.classOf[node]];
  }

  close(): void {
    this.snapshot.close();
  }
}

function bytesOf({ arrays, strings }: SharedSnapshot, { names, filtered }: SnapshotIndex): Bytes {
  const columns = [...arrays.values(), strings.ends].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const texts = strings.segments.reduce((sum, { byteLength }) => sum + byteLength, 0);
  // Five orders and a list of names, of 4 bytes a node each, and what filters say.
  return columns + texts + names.bytes.length + (4 * 7 + 1) * filtered.length;
}
