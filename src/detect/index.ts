import { boundAndModuleGrowth } from './bound-and-module-growth.js';
import { bufferRetention } from './buffer-retention.js';
import { deadWeakrefs } from './dead-weakrefs.js';
import { detachedDom } from './detached-dom.js';
import type { Detector } from './detector.js';
import { finalizationRegistry } from './finalization-registry.js';
import { growingArray } from './growing-array.js';
import { longLivedWeakmapKey } from './long-lived-weakmap-key.js';
import { retainedErrors } from './retained-errors.js';
import { stringRetention } from './string-retention.js';
import { unboundedMap } from './unbounded-map.js';
import { unmountedFiber } from './unmounted-fiber.js';

/** Every detector, in the order of the catalogue. A new one is a file and a line here. */
export const DETECTORS: readonly Detector[] = [
  unboundedMap,
  growingArray,
  deadWeakrefs,
  finalizationRegistry,
  longLivedWeakmapKey,
  stringRetention,
  bufferRetention,
  detachedDom,
  unmountedFiber,
  boundAndModuleGrowth,
  retainedErrors,
];
