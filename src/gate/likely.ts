import { REPORTED } from '../base/confidence-levels.js';
import type { Suspect } from '../base/suspect-types.js';

/** From this confidence on a suspect is as likely a leak as not. */
const LIKELY = 0.5;

/** Whether a suspect counts at all: what is suppressed does not, nor does what nobody has seen growing. */
export function counts({ suppressed, verdict }: Suspect): boolean {
  return suppressed === undefined && verdict !== 'pattern';
}

export function isLikely(suspect: Suspect): boolean {
  return counts(suspect) && suspect.confidence >= LIKELY;
}

/** Whether it is reported as a leak. */
export function isSure(suspect: Suspect): boolean {
  return counts(suspect) && suspect.confidence >= REPORTED;
}
