import type { ClassSummary, Statistics } from '../base/types.js';
import { StringTable, type StringTableData } from '../read/string-table.js';
import { type ColumnMemory, columnsIn } from './column.js';
import type { F64, I32, U32 } from './graph.js';
import type { NamedGraph, Texts } from './names.js';

/** What an analysed snapshot consists of: plain data. */
export interface SnapshotLayout {
  readonly graph: Omit<NamedGraph, 'strings'>;
  readonly id: F64;
  readonly selfSize: F64;
  readonly rawSelfSize: F64;
  readonly retainedSize: F64;
  readonly dominator: U32;
  readonly distance: I32;
  readonly classOf: U32;
  readonly treeOrder: U32;
  readonly treeSize: U32;
  /** Ordinal → position in the dominator tree's preorder. */
  readonly treePosition: U32;
  readonly firstRetainer: U32;
  /** Edge indexes by the node they point to. */
  readonly retainers: U32;
  readonly statistics: Statistics;
}

/** What a worker hands over: shared memory and where the columns lie in it. Plain data; nothing is copied. */
export interface SnapshotHandover extends SnapshotLayout {
  readonly buffer: SharedArrayBuffer;
  readonly strings: StringTableData;
  readonly classNames: readonly string[];
  /** By class number, as names are: what tells classes with one name apart. */
  readonly classKeys: readonly string[];
  readonly classes: readonly ClassSummary[];
}

/** Where the content of an opened snapshot comes from. */
export interface SnapshotMemory extends ColumnMemory {
  readonly strings: Texts;
  readonly classNames: readonly string[];
  readonly classKeys: readonly string[];
  readonly classes: readonly ClassSummary[];
  /** The whole table of strings, for threads that share it. Cost where it comes from a cache: all of it is read. */
  wholeStrings(): StringTableData;
  /** Lets go of it; what has been taken from it stays. */
  close(): void;
}

/** What an opened snapshot consists of, and where it lies. */
export interface OpenedFile {
  readonly layout: SnapshotLayout;
  readonly memory: SnapshotMemory;
}

/** The content of a snapshot that was analysed just now. */
export function memoryOf({ buffer, strings, classNames, classKeys, classes }: SnapshotHandover): SnapshotMemory {
  const table = new StringTable(strings);
  return {
    ...columnsIn(buffer),
    strings: table,
    classNames,
    classKeys,
    classes,
    wholeStrings: () => strings,
    close() {},
  };
}
