import { boundAndModuleGrowth } from './bound-and-module-growth.js';
import { detachedDom } from './detached-dom.js';
import type { Detector } from './detector.js';
import { retainedErrors } from './retained-errors.js';
import { unmountedFiber } from './unmounted-fiber.js';

/** Every detector, in the order of the catalogue. A new one is a file and a line here. */
export const DETECTORS: readonly Detector[] = [detachedDom, unmountedFiber, boundAndModuleGrowth, retainedErrors];
