import type { HeapView } from '../analysis/heap-view.js';
import { PLACE_TEXTS, Places } from '../analysis/places.js';
import type { Ordinal } from '../base/types.js';
import { HOLDER_TEXTS, Holders } from '../paths/holder.js';
import { SCOPE_TEXTS } from '../paths/scopes.js';
import { Candidates, smallest } from './candidates.js';
import type { Detector, DetectorLimits, Scene } from './detector.js';
import { DETECT_TEXTS } from './known-names.js';

/** How nodes are reached, as `findPaths` finds it. */
export interface Paths {
  readonly parentOf: Uint32Array;
  /** `Scene.keyOf`. */
  readonly keyOf: (node: Ordinal) => bigint;
  readonly globals: readonly Ordinal[];
}

/** Everything that is going to be looked up in a view while these detectors run: asked for at once, it takes one pass over the strings. */
export function textsOf(detectors: readonly Detector[]): ReadonlySet<string> {
  const asked = detectors.flatMap(({ objects = [], closures = [], natives = [] }) => [
    ...objects,
    ...closures,
    ...natives,
  ]);
  return new Set([...PLACE_TEXTS, ...HOLDER_TEXTS, ...SCOPE_TEXTS, ...DETECT_TEXTS, ...asked]);
}

/** Looks up what no path decides, so that only what needs them is left when paths have been found. */
export function lookAhead({ view, places }: Scene, detectors: readonly Detector[]): void {
  places.prepare();
  for (const detector of detectors) detector.prepare?.(view);
}

/** `detectors`: those that are going to look at it, so that one pass finds what all of them want. */
export function sceneOf(
  view: HeapView,
  { parentOf, keyOf, globals }: Paths,
  detectors: readonly Detector[],
  limitsOf: (detector: Detector) => DetectorLimits = ({ limits }) => limits,
): Scene {
  view.indexesOf(textsOf(detectors));
  const places = new Places(view);
  const candidates = new Candidates(
    view,
    {
      objects: detectors.flatMap(({ objects = [] }) => objects),
      closures: detectors.flatMap(({ closures = [] }) => closures),
      natives: detectors.flatMap(({ natives = [] }) => natives),
    },
    smallest(detectors.map((detector) => detector.least?.(limitsOf(detector)) ?? {})),
  );
  return {
    view,
    places,
    holders: new Holders(view, places, parentOf, globals),
    parentOf,
    keyOf,
    globals: new Set(globals),
    candidates,
    objects: (name) => candidates.named('objects', name),
    closures: (name) => candidates.named('closures', name),
  };
}
