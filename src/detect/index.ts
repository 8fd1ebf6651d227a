import type { Detector } from './detector.js';

/** Every detector, in the order of the catalogue. A new one is a file and a line here. */
export const DETECTORS: readonly Detector[] = [];
