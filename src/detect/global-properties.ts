import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Finding, Scene } from './detector.js';
import { GLOBAL_NAMES } from './global-names.js';
import { newestOf } from './newest.js';
import { retainedTogether } from './topmost.js';

/** What versions of Node call their global object. Browsers' have a thousand names of their own, and no list here. */
export const GLOBAL_OBJECTS = ['global', 'global (global*)'];
/** A proxy and a prototype have the name, too, but few properties. */
const LEAST_PROPERTIES = 40;
const SHOWN = 5;
const SYMBOL = /^<symbol /;
const ACCESSOR = /^[gs]et /;

/** Properties of the global object that a program has added. One finding for all: nothing says which of them was meant. */
export function findGlobalProperties(scene: Scene, leastNames: number): Finding[] {
  return GLOBAL_OBJECTS.flatMap((name) => [...scene.objects(name)]).flatMap((global) => {
    const added = addedTo(scene.view, global);
    return added.length >= leastNames ? [findingOf(scene.view, global, added)] : [];
  });
}

interface Added {
  readonly name: string;
  readonly value: Ordinal;
}

function addedTo(view: HeapView, global: Ordinal): Added[] {
  const { firstEdge, edgeType, edgeTypes, edgeTo } = view;
  const added: Added[] = [];
  let properties = 0;
  for (let edge = firstEdge[global]; edge < firstEdge[global + 1]; edge++) {
    if (edgeType[edge] !== edgeTypes.property) continue;
    properties++;
    const name = String(view.names.edge(edge));
    // An accessor is listed under its own name besides.
    if (GLOBAL_NAMES.has(name) || name === '__proto__' || SYMBOL.test(name) || ACCESSOR.test(name)) continue;
    added.push({ name, value: edgeTo[edge] });
  }
  return properties < LEAST_PROPERTIES ? [] : added;
}

function findingOf(view: HeapView, global: Ordinal, added: readonly Added[]): Finding {
  const values = added.map(({ value }) => value);
  const largest = added.toSorted((a, b) => view.retainedSize[b.value] - view.retainedSize[a.value]).slice(0, SHOWN);
  return {
    anchor: global,
    key: 'global properties',
    count: added.length,
    bytes: retainedTogether(view, values),
    // Any program may have a few; only that they become more says something.
    strength: 0.15,
    title: `${added.length} ${added.length === 1 ? 'property' : 'properties'} that Node does not give the global object`,
    holder: { expression: 'global', kind: 'global', container: global, place: undefined },
    evidence: [
      { label: 'largest', value: largest.map(({ name }) => listed(name)).join(', ') },
      { label: 'retained by the largest', value: view.retainedSize[largest[0].value] },
    ],
    repair: 'Keep shared state in a module in place of {holder}, under names that are known beforehand.',
    samples: newestOf(view, values),
  };
}

/** What is no identifier stands in quotes, as everywhere: so a name in a list can be told from the words of a sentence, and hidden as one. */
function listed(name: string): string {
  const shown = name.slice(0, 60);
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(shown) ? shown : JSON.stringify(shown);
}
