import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { HolderKind } from '../paths/holder-types.js';
import { forEachPair } from './containers.js';
import type { Detector, Evidence, Finding, Scene } from './detector.js';
import { largest } from './groups.js';
import { keeperOf } from './keeper.js';
import { Newest } from './newest.js';
import { pathWithin } from './reaching.js';
import { shareOfHolder, strengthOf } from './strength.js';

const LIMITS = {
  leastPairs: 50,
  /** Fewer pairs are looked at where their values have so many bytes. */
  leastBytes: 1 << 20,
  mostFindings: 100,
};
/** Values that are looked at for a way back to their key. */
const SEARCHED = 64;

/** What a key's holder says about how long it lives. Pairs are metadata by design as often as not. */
const STRENGTHS: Readonly<Record<HolderKind, number>> = {
  global: 0.4,
  module: 0.4,
  static: 0.4,
  field: 0.3,
  closure: 0.3,
  internal: 0.2,
};

/** D11: WeakMaps whose values stay because something that lives long keeps the keys. */
export const longLivedWeakmapKey: Detector<typeof LIMITS> = {
  id: 'D11',
  name: 'long-lived-weakmap-key',
  limits: LIMITS,
  objects: ['WeakMap'],
  detect(scene, limits) {
    const all = [...scene.objects('WeakMap')].map((weakMap) => readPairs(scene.view, weakMap));
    const large = all.filter(
      ({ pairs, bytes }) => pairs >= limits.leastPairs || (pairs > 0 && bytes >= limits.leastBytes),
    );
    // The values, not what the program would keep with the keys anyway, have to be what is large.
    const ruled = large.filter(({ bytes, bytesOfKeys }) => 2 * bytes >= bytesOfKeys);
    return largest(ruled, limits.mostFindings).map((pairs) => report(scene, pairs));
  },
};

interface Pairs {
  readonly weakMap: Ordinal;
  readonly pairs: number;
  readonly unpaired: number;
  readonly bytes: Bytes;
  readonly bytesOfKeys: Bytes;
  /** The pair with the newest key. */
  readonly newest: { readonly key: Ordinal; readonly value: Ordinal } | undefined;
  readonly newestValues: readonly Ordinal[];
}

/** Bytes of what two keys share as a value are nobody's: neither key alone retains it. */
function readPairs(view: HeapView, weakMap: Ordinal): Pairs {
  const keys = new Newest(view);
  const values = new Newest(view);
  let newest: Pairs['newest'];
  let [pairs, bytes, bytesOfKeys] = [0, 0, 0];
  const unpaired = forEachPair(view, weakMap, (key, value) => {
    pairs++;
    keys.addOwn(key);
    values.addOwn(value);
    if (keys.nodes[0] === key) newest = { key, value };
    if (view.dominator[value] !== key) return;
    bytes += view.retainedSize[value];
    bytesOfKeys += view.retainedSize[key];
  });
  return { weakMap, pairs, unpaired, bytes, bytesOfKeys, newest, newestValues: values.nodes };
}

function report(scene: Scene, { weakMap, pairs, unpaired, bytes, newest, newestValues }: Pairs): Finding {
  const { view, holders } = scene;
  const holder = holders.nameOf(weakMap);
  const keysIn = newest === undefined ? holder : holders.nameOf(keeperOf(scene, newest.key).container);
  const evidence: Evidence[] = [{ label: 'pairs', value: pairs }];
  if (newest !== undefined) evidence.push(...evidenceOfPair(view, newest.key, newest.value));
  evidence.push(
    { label: 'keys are held by', value: keysIn.expression },
    { label: 'bytes of the values', value: bytes },
  );
  if (unpaired > 0) evidence.push({ label: 'values without a known key (unpaired)', value: unpaired });
  return {
    anchor: weakMap,
    count: pairs,
    bytes,
    strength: strengthOf(STRENGTHS[keysIn.kind], shareOfHolder(holder), shareOfHolder(keysIn)),
    title: `${pairs} values in a WeakMap stay with their keys`,
    holder,
    evidence,
    repair: 'Key {holder} by the short-lived object that a value belongs to.',
    samples: newestValues,
  };
}

function evidenceOfPair(view: HeapView, key: Ordinal, value: Ordinal): Evidence[] {
  const evidence = [
    { label: 'newest key is a', value: view.className(key) },
    { label: 'its value is a', value: view.className(value) },
  ];
  if (pathWithin(view, value, key, SEARCHED) !== undefined)
    evidence.push({ label: 'values refer back to their keys', value: 'yes; that alone keeps neither' });
  return evidence;
}
