import { edgesOf, type Ordinal, type PlainGraph } from './graph.js';
import { formatPropertyName, isPlainObject, propertyNames } from './property-names.js';

const ENOUGH_TEXT = 1024;
const MAX_OBJECT_NAME = 100;

/**
 * The two halves of a concatenated string. DevTools uses 0 for "not found": a missing half shows the name of the
 * node at ordinal 0, and a half that is that node may be replaced by a later edge of the same name.
 */
function halves(graph: PlainGraph, node: Ordinal): { first: Ordinal; second: Ordinal } {
  const found = { first: 0, second: 0 };
  for (const edge of edgesOf(graph, node)) {
    if (found.first && found.second) break;
    const name = graph.edgeName[edge];
    if (graph.edgeType[edge] === 'internal' && (name === 'first' || name === 'second'))
      found[name] = graph.edgeTo[edge];
  }
  return found;
}

/** Must not be called for cyclic strings of empty pieces: it would not end, just as DevTools does not. */
function concatenatedName(graph: PlainGraph, name: readonly string[], node: Ordinal): string {
  let text = '';
  const pending = [node];
  while (text.length < ENOUGH_TEXT) {
    const part = pending.pop();
    if (part === undefined) break;
    if (graph.type[part] === 'concatenated string') {
      const { first, second } = halves(graph, part);
      pending.push(second, first);
    } else {
      text += name[part];
    }
  }
  return text;
}

/** `{a, b, …, y, z}`: names are taken from the front and the back in turns while they fit. */
function objectName(properties: readonly string[]): string {
  const names = properties.map(formatPropertyName);
  let front = '{';
  let back = '}';
  for (let fromBack = false; names.length > 0; fromBack = !fromBack) {
    const next = fromBack ? names[names.length - 1] : names[0];
    if (front.length > 1 && front.length + back.length + next.length > MAX_OBJECT_NAME) break;
    if (fromBack) {
      back = `${next}${back.length > 1 ? ', ' : ''}${back}`;
      names.pop();
    } else {
      front += `${front.length > 1 ? ', ' : ''}${next}`;
      names.shift();
    }
  }
  return `${front}${names.length > 0 ? ', …' : ''}${back.length > 1 ? ', ' : ''}${back}`;
}

/** What a node is called on screen. `name` holds the names after S10. Rule: devtools-semantics S8. */
export function plainDisplayName(graph: PlainGraph, name: readonly string[], node: Ordinal): string {
  if (graph.type[node] === 'concatenated string') return concatenatedName(graph, name, node);
  if (isPlainObject(graph, node)) {
    return objectName(propertyNames(graph, node).filter((property) => property !== '__proto__'));
  }
  return name[node];
}
