import type { Ordinal, PlainGraph } from './graph.js';
import { matchInterfaces, type PlainInterface } from './interfaces.js';

/** `<div id="a">` is of the class `<div>`, `Detached <div id="a">` of `Detached <div>`. */
function withoutAttributes(name: string): string {
  const start = ['<', 'Detached <'].find((prefix) => name.startsWith(prefix));
  if (start === undefined) return name;
  const space = name.indexOf(' ', start.length);
  return space < 0 ? name : `${name.slice(0, space)}>`;
}

function classNameOf(type: string, name: string): string {
  switch (type) {
    case 'hidden':
      return '(system)';
    case 'code':
      return '(compiled code)';
    case 'closure':
      return 'Function';
    case 'regexp':
      return 'RegExp';
    case 'object':
    case 'native':
      return withoutAttributes(name);
    default:
      return `(${type})`;
  }
}

/** Class name of every node. `name` holds the names after S10. Rule: devtools-semantics S8. */
export function plainClassNames(
  graph: PlainGraph,
  name: readonly string[],
  interfaces: readonly PlainInterface[],
): string[] {
  const classNames = graph.type.map((type, node) => classNameOf(type, name[node]));
  for (const [node, className] of matchInterfaces(graph, interfaces)) classNames[node] = className;
  return classNames;
}

/** What nodes of one class share: an `object` with a location is kept apart from its namesakes. Rule: S8. */
export function plainClassKeys(graph: PlainGraph, classNames: readonly string[]): string[] {
  return classNames.map((className, node: Ordinal) => {
    const place = graph.type[node] === 'object' ? graph.locations.get(node) : undefined;
    return place ? `${place.scriptId},${place.line},${place.column},${className}` : `,${className}`;
  });
}
