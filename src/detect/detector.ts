import type { HeapView } from '../analysis/heap-view.js';
import type { Places } from '../analysis/places.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { Holders } from '../paths/holder.js';
import type { Holder } from '../paths/holder-types.js';
import type { Candidates, Least } from './candidates.js';

/** What all detectors look at: one analysed snapshot, and who holds what in it. */
export interface Scene {
  readonly view: HeapView;
  readonly places: Places;
  readonly holders: Holders;
  /** The node before each on its path from the root; `NO_PARENT` where there is none. */
  readonly parentOf: Uint32Array;
  /** Stands for the way in which the root reaches a node: the same for the members of a list. */
  keyOf(node: Ordinal): bigint;
  /** Objects whose properties are global variables. */
  readonly globals: ReadonlySet<Ordinal>;
  /** What detectors have said that they look at, made once for all of them. */
  readonly candidates: Candidates;
  /** Nodes of type `object` with this name in the file, ascending: `candidates.named`. */
  objects(name: string): readonly Ordinal[];
  /** The same for nodes of type `closure`. */
  closures(name: string): readonly Ordinal[];
}

/** One thing that a reader of a report is told beside the figures. */
export interface Evidence {
  readonly label: string;
  readonly value: string | number;
}

/** A pattern that a detector has found once. It becomes a leak only where it grows. */
export interface Finding {
  /** What a suspect is recognised by: the container, the list's head, the function's closure. */
  readonly anchor: Ordinal;
  /**
   * What tells this pattern from others of its detector in every snapshot of a program, without ids, sizes, line numbers and absolute
   * paths. Absent: the anchor's path does.
   */
  readonly key?: string;
  /** Entries, listeners, timers …: what would grow. */
  readonly count: number;
  /** What goes when the pattern does; where that is an upper bound, the evidence says so. */
  readonly bytes: Bytes;
  /** How sure the pattern alone makes it, 0 … 1: M of the confidence. */
  readonly strength: number;
  /** What is left of the suspicion where something beside it reads like a bound; absent: all. */
  readonly bounded?: number;
  /** One line without the holder: `642 entries in a Map`. */
  readonly title: string;
  /** Absent: `holders.nameOf(anchor)`. */
  readonly holder?: Holder;
  readonly evidence: readonly Evidence[];
  /** What to change, as a sentence that begins with a verb; `{holder}` stands for the holder's expression. */
  readonly repair: string;
  /** Of what has accumulated, the newest first, three at most. */
  readonly samples: readonly Ordinal[];
}

/** Options of a detector: limits, by name. */
export type DetectorLimits = Readonly<Record<string, number>>;

export interface Detector<Limits extends DetectorLimits = DetectorLimits> {
  /** As in the catalogue: D1 … D18. */
  readonly id: string;
  readonly name: string;
  /** What a user may change, and what applies otherwise. */
  readonly limits: Limits;
  /** Names of objects, closures and natives that it asks the scene for. */
  readonly objects?: readonly string[];
  readonly closures?: readonly string[];
  readonly natives?: readonly string[];
  /** How large other candidates of it have to be. */
  least?(limits: Limits): Least;
  /** Looks up what no path decides, and keeps it: that can be done while paths are being found. */
  prepare?(view: HeapView): void;
  /** In any order; the caller keeps the largest. Never throws for what a file contains: what is not understood is passed over. */
  detect(scene: Scene, limits: Limits): Finding[];
}
