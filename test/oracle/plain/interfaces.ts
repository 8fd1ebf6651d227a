import type { Ordinal, PlainGraph } from './graph.js';
import { formatPropertyName, isPlainObject, propertyNames } from './property-names.js';

const MAX_NAME_LENGTH = 120;

/** A shape that several plain objects have in common. */
export interface PlainInterface {
  name: string;
  properties: string[];
  /** How many plain objects are the candidate itself; matching objects may be more. */
  count: number;
}

/** DevTools walks nodes from the root on: where the root is the last node, it sees no plain object at all. */
function plainObjects(graph: PlainGraph): Ordinal[] {
  const found: Ordinal[] = [];
  for (let node = graph.root; node < graph.nodeCount; node++) {
    if (isPlainObject(graph, node)) found.push(node);
  }
  return found;
}

/**
 * The separators count once they are in the text, but not for the name that is about to be added.
 * No separator follows names that are all empty: DevTools looks at the text, not at the list.
 */
function candidateOf(properties: readonly string[]): PlainInterface {
  let text = '{';
  const kept: string[] = [];
  for (const property of properties) {
    const formatted = formatPropertyName(property);
    if (text.length > 1 && text.length + formatted.length > MAX_NAME_LENGTH) break;
    text += text.length > 1 ? `, ${formatted}` : formatted;
    kept.push(property);
  }
  return { name: `${text}}`, properties: kept, count: 1 };
}

/** The shapes worth a class of their own, most frequent first. Rule: devtools-semantics S8. */
export function inferInterfaces(graph: PlainGraph): PlainInterface[] {
  const objects = plainObjects(graph);
  const candidates = new Map<string, PlainInterface>();
  for (const node of objects) {
    const candidate = candidateOf(propertyNames(graph, node).filter((name) => name !== '__proto__'));
    if (candidate.properties.length === 0) continue;
    const known = candidates.get(candidate.name);
    if (known) known.count++;
    else candidates.set(candidate.name, candidate);
  }
  const minimum = Math.max(2, objects.length / 1000);
  return [...candidates.values()].filter(({ count }) => count >= minimum).sort((a, b) => b.count - a.count);
}

/** Whether `names` holds every item of `wanted`, as often as it is wanted there. */
function holdsAll(names: readonly string[], wanted: readonly string[]): boolean {
  const left = [...names];
  return wanted.every((name) => {
    const index = left.indexOf(name);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

function bestMatch(names: readonly string[], interfaces: readonly PlainInterface[]): PlainInterface | undefined {
  let best: PlainInterface | undefined;
  for (const candidate of interfaces) {
    if (best && best.properties.length >= candidate.properties.length) continue;
    if (holdsAll(names, candidate.properties)) best = candidate;
  }
  return best;
}

/** Class name of every plain object that one of the interfaces describes; the others are missing. Rule: S8. */
export function matchInterfaces(graph: PlainGraph, interfaces: readonly PlainInterface[]): Map<Ordinal, string> {
  const names = new Map<Ordinal, string>();
  for (const node of plainObjects(graph)) {
    const match = bestMatch(propertyNames(graph, node), interfaces);
    if (match) names.set(node, match.name);
  }
  return names;
}
