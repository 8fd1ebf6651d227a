import { SYSTEM_DISTANCE } from '../base/types.js';
import { formatCount } from './units.js';

/** Edges from the root; `-` for what nothing reaches, `system` for what only the system does (S7). */
export function distanceText(distance: number): string {
  if (distance < 0) return '-';
  // Where there are user roots, the root itself stands at this number and counting starts at them.
  if (distance === SYSTEM_DISTANCE) return 'root';
  return distance > SYSTEM_DISTANCE ? 'system' : formatCount(distance);
}
