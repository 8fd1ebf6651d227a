import type { Bytes, OpenOptions } from './types.js';

/**
 * What is replaced in a snapshot that is to be handed on. `basic`: values, that is texts, numbers and patterns. `names`: also names of
 * properties that are data by their look or their number. `full`: every text but those of V8 itself. `none`: nothing.
 */
export type RedactionLevel = 'none' | 'basic' | 'names' | 'full';

export interface RedactOptions extends Pick<OpenOptions, 'signal' | 'onProgress'> {
  /** Default `basic`. */
  readonly level?: RedactionLevel;
  /** Of the hashes that stand for texts; 16 bytes at least. With the same one, equal texts are equal in several files. Default: a random one. */
  readonly key?: Uint8Array;
}

export interface RedactReport {
  readonly file: string;
  readonly output: string;
  readonly level: RedactionLevel;
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Entries of the table of strings, as it was. */
  readonly strings: number;
  /** Of those: how many are replaced for all that they name. */
  readonly replaced: number;
  /** How many stay for what they name and have a replacement beside them for what they are a value of. */
  readonly split: number;
  /** What has been written, uncompressed. */
  readonly bytes: Bytes;
}

export interface ExtractOptions extends RedactOptions {
  /** Nodes below the one wanted that are taken at most, nearest first; default 10,000. */
  readonly limit?: number;
}

export interface ExtractReport {
  readonly file: string;
  readonly output: string;
  readonly level: RedactionLevel;
  readonly id: number;
  /** Nodes and edges of the excerpt, those of the path among them. */
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Nodes from the root down to the one wanted, both included; it alone where no path leads to it. */
  readonly pathNodes: number;
  /** What the node dominates, itself not included, and how much of that is there. */
  readonly dominated: number;
  readonly taken: number;
  /** Edges of the nodes from the wanted one on that lead out of the excerpt and so are not in it. */
  readonly edgesCut: number;
  /** Of the node wanted, in the whole snapshot. */
  readonly retainedSize: Bytes;
  /** Self sizes of the node and of what is there of those below. */
  readonly takenSize: Bytes;
  /** What has been written, uncompressed. */
  readonly bytes: Bytes;
}
