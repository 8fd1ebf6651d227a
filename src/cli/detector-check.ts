import { DETECTORS } from '../detect/index.js';
import { UsageError } from './exit-codes.js';
import type { DetectorSettings } from './options.js';

/** Throws a `UsageError` for a detector, or a limit of one, that there is not: a setting that does nothing is worse than none. */
export function checkDetectors(settings: DetectorSettings): void {
  for (const [name, setting] of Object.entries(settings)) {
    const detector = DETECTORS.find((one) => one.name === name);
    if (detector === undefined) {
      throw new UsageError(`found no detector ${name}, expected one of ${DETECTORS.map((one) => one.name).join(', ')}`);
    }
    if (typeof setting === 'boolean') continue;
    const known = Object.keys(detector.limits);
    const unknown = Object.keys(setting).find((limit) => !known.includes(limit));
    if (unknown !== undefined) {
      throw new UsageError(`found no limit ${unknown} of ${name}, expected one of ${known.join(', ')}`);
    }
  }
}
