import type { SuspectHolder } from './suspect-types.js';
import type { Bytes, OpenOptions } from './types.js';

/** What memory is spent on for nothing. */
export type WasteName =
  /** Strings with one text of which one would do. */
  | 'duplicate-strings'
  /** The same where the file has only the beginnings of the texts: they may differ behind it. */
  | 'possibly-equal-strings'
  /** Long strings that nothing but slices of them keeps. */
  | 'sliced-strings'
  /** Maps and Sets with room for far more entries than they show. */
  | 'sparse-tables'
  /** Maps, Sets, arrays and plain objects without content, many in one place. */
  | 'empty-collections'
  /** Arrays with room for far more elements than they show. */
  | 'array-slack'
  /** Several hidden classes for objects with the same property names. */
  | 'duplicate-shapes'
  /** Variables of closures that no living function uses. */
  | 'dead-variables';

/** What is shown of a text in place of the text itself. */
export interface WasteText {
  /** In UTF-16 units, as far as the file tells. */
  readonly length: number;
  /** 8 hexadecimal digits of a hash with a key that the snapshot itself makes: equal texts of one snapshot have the same, in every report of it. */
  readonly fingerprint: string;
  /** Its first 60 units, where values are asked for. */
  readonly value?: string;
}

/** Waste of one kind with one text, or in one place. */
export interface WasteItem {
  /** Who holds it, or most of it; its `place` where that is known. */
  readonly holder: SuspectHolder;
  readonly className: string;
  readonly count: number;
  /** Self sizes of all that is counted, with the stores that belong to it; for variables what their values retain. */
  readonly bytes: Bytes;
  /** What would certainly be free without it. */
  readonly reclaimable: Bytes;
  /** An upper bound, where a file cannot tell how much it is. */
  readonly atMost?: Bytes;
  readonly note: string;
  /** Ids of three, to look at with `inspect`. */
  readonly sampleIds: readonly number[];
  readonly text?: WasteText;
}

/** All of one kind. No byte counts twice within a kind; two kinds may count the same one. */
export interface WasteKind {
  readonly kind: WasteName;
  readonly reclaimable: Bytes;
  readonly atMost?: Bytes;
  readonly count: number;
  /** What the figures leave out, or why there are none. */
  readonly note?: string;
  readonly itemCount: number;
  /** The largest ones: most reclaimable first, then by `atMost`. */
  readonly items: readonly WasteItem[];
}

/** Memory of one snapshot that is spent on nothing. */
export interface WasteReport {
  readonly file: string;
  readonly nodeCount: number;
  readonly totalSize: Bytes;
  /** Every kind, most reclaimable first. */
  readonly kinds: readonly WasteKind[];
}

export interface WasteOptions extends Omit<OpenOptions, 'cache'> {
  /** Items listed of each kind; 20 by default. */
  readonly top?: number;
  /** Shows the beginnings of texts. Without it no value of a string leaves the snapshot. */
  readonly showValues?: boolean;
}
