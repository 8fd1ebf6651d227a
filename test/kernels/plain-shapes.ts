import type { PlainGraph } from '../oracle/plain/graph.js';
import { formatPropertyName, isPlainObject, propertyNames } from '../oracle/plain/property-names.js';

const MAX_TEXT = 120;

export interface PlainShape {
  /** The leading properties that fit an interface's text. */
  readonly properties: readonly string[];
  /** Whether the object has more. */
  readonly more: boolean;
}

/** Shape of a plain object; undefined where it has no property. Rule: devtools-semantics S8. */
export function plainShape(graph: PlainGraph, node: number): PlainShape | undefined {
  const names = propertyNames(graph, node).filter((name) => name !== '__proto__');
  let text = '{';
  const kept: string[] = [];
  for (const name of names) {
    const formatted = formatPropertyName(name);
    if (text.length > 1 && text.length + formatted.length > MAX_TEXT) break;
    text += text.length > 1 ? `, ${formatted}` : formatted;
    kept.push(name);
  }
  return kept.length === 0 ? undefined : { properties: kept, more: kept.length < names.length };
}

/** Plain objects from the root on: the only ones DevTools looks at. */
export function plainObjects(graph: PlainGraph): number[] {
  return Array.from(graph.type, (_, node) => node).filter((node) => node >= graph.root && isPlainObject(graph, node));
}
