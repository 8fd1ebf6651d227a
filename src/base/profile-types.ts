import type { Place } from './suspect-types.js';
import type { Bytes } from './types.js';

/** A function of a sampling heap profile, and what of its allocations is still in use. The place is where the function begins. */
export interface AllocationSite extends Place {
  readonly function: string;
  /**
   * Allocated by the function itself, callees left out, and not freed before the profile was taken: V8 takes a sample back with its object.
   * Scaled up by V8 from what it sampled.
   */
  readonly selfSize: Bytes;
  /** Samples listed for it, about: V8 lists them a moment after it has summed up sizes. Absent where the profile lists none. */
  readonly count?: number;
  /** Functions above it, the nearest first, as they stood where it allocated most. */
  readonly stack: readonly string[];
}

/** What a sampling heap profile says: its functions that allocate, the largest first. */
export interface HeapProfile {
  readonly sites: readonly AllocationSite[];
  readonly totalSize: Bytes;
  /** Undefined where the profile lists none. */
  readonly samples: number | undefined;
}

/** A function that has more in use in the last of some profiles than in the first. */
export interface GrowingSite extends Place {
  readonly function: string;
  /** Self size in every profile, 0 where the function is not in it. */
  readonly values: readonly Bytes[];
  /** The last value less the first. */
  readonly delta: Bytes;
  /** How many values are larger than the one before. */
  readonly rises: number;
  /** Samples of the last profile. */
  readonly count?: number;
  /** Of the last profile. */
  readonly stack: readonly string[];
}
