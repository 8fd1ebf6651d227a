import type { Bytes } from '../base/types.js';
import { comfortOf } from '../external/modes.js';
import { bytesNeeded } from './estimate.js';
import type { Job } from './place.js';

/** Bytes to allot: where edges are in files all that makes it faster, as far as there is so much. */
export function neededFor({ demand, choice }: Job, threads: 1 | 2, free: Bytes): Bytes {
  if (choice === undefined || choice.mode === 'memory' || demand.counts === undefined)
    return bytesNeeded(demand, threads);
  if (choice.mode === 'shallow') return choice.memory;
  return Math.max(choice.memory, Math.min(comfortOf(demand.counts), free));
}
