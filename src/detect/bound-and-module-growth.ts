import { findBoundFunctions } from './bound-functions.js';
import type { Detector } from './detector.js';
import { findGlobalProperties, GLOBAL_OBJECTS } from './global-properties.js';
import { findRepeatedModules } from './repeated-modules.js';

const LIMITS = { leastBound: 50, leastCopies: 2, leastGlobals: 1, mostOfEach: 100 };

/** D17: functions bound again and again, modules loaded again and again, properties of the global object. */
export const boundAndModuleGrowth: Detector<typeof LIMITS> = {
  id: 'D17',
  name: 'bound-and-module-growth',
  limits: LIMITS,
  objects: ['Module', ...GLOBAL_OBJECTS],
  closures: ['native_bind'],
  detect(scene, { leastBound, leastCopies, leastGlobals, mostOfEach }) {
    return [
      ...findBoundFunctions(scene, leastBound).slice(0, mostOfEach),
      ...findRepeatedModules(scene, leastCopies).slice(0, mostOfEach),
      ...findGlobalProperties(scene, leastGlobals),
    ];
  },
};
