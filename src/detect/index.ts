import { asyncStorePin } from './async-store-pin.js';
import { boundAndModuleGrowth } from './bound-and-module-growth.js';
import { bufferRetention } from './buffer-retention.js';
import { deadWeakrefs } from './dead-weakrefs.js';
import { detachedDom } from './detached-dom.js';
import type { Detector } from './detector.js';
import { emitterListeners } from './emitter-listeners.js';
import { eventTargetListeners } from './event-target-listeners.js';
import { finalizationRegistry } from './finalization-registry.js';
import { growingArray } from './growing-array.js';
import { liveTimers } from './live-timers.js';
import { longLivedWeakmapKey } from './long-lived-weakmap-key.js';
import { pendingPromise } from './pending-promise.js';
import { retainedErrors } from './retained-errors.js';
import { sharedContextPin } from './shared-context-pin.js';
import { streamBacklog } from './stream-backlog.js';
import { stringRetention } from './string-retention.js';
import { unboundedMap } from './unbounded-map.js';
import { unmountedFiber } from './unmounted-fiber.js';

/** Every detector, in the order of the catalogue. A new one is a file and a line here. */
export const DETECTORS: readonly Detector[] = [
  unboundedMap,
  growingArray,
  liveTimers,
  sharedContextPin,
  emitterListeners,
  eventTargetListeners,
  pendingPromise,
  streamBacklog,
  deadWeakrefs,
  finalizationRegistry,
  longLivedWeakmapKey,
  stringRetention,
  bufferRetention,
  detachedDom,
  unmountedFiber,
  asyncStorePin,
  boundAndModuleGrowth,
  retainedErrors,
];
