import type { PlainEdge, PlainNode } from '../build/plain-snapshot.js';
import { createRandom, type Random } from '../build/random.js';
import { graphOfSnapshot, type PlainGraph } from '../oracle/plain/graph.js';

const NAMES = ['a', 'b', 'c', '7', '', '__proto__', 'x,y', '"quoted"', 'constructor', 'é', 'n'.repeat(30)];

function properties(random: Random): string[] {
  const count = random.pick([0, 1, 2, 3, 3, 5, 40, 70]);
  // Long lists of short names are what fills a shape to its last place.
  const names = random.chance(0.3) ? Array.from({ length: 60 }, (_, at) => at.toString(36)) : NAMES;
  return Array.from({ length: count }, () => random.pick(names));
}

/** Plain objects with few and many properties, most of them in several copies, among nodes that only look like it. */
export function randomObjects(seed: number): PlainGraph {
  const random = createRandom(seed);
  const nodes: PlainNode[] = [{ type: 'synthetic', name: '', id: 1, selfSize: 0 }];
  const edges: PlainEdge[] = [];
  const shapes = Array.from({ length: 1 + random.int(8) }, () => properties(random));
  for (let node = 1 + random.int(30); node > 0; node--) {
    const [type, name] = random.pick([
      ['object', 'Object'],
      ['object', 'Object'],
      ['object', 'Object'],
      ['closure', 'Object'],
      ['object', 'Widget'],
    ]);
    const from = nodes.push({ type, name, id: 2 * nodes.length + 1, selfSize: 16 }) - 1;
    for (const property of random.pick(shapes)) {
      edges.push({ from, type: 'property', nameOrIndex: property, to: random.int(nodes.length) });
      if (random.chance(0.2)) edges.push({ from, type: 'internal', nameOrIndex: 'map', to: 0 });
      if (random.chance(0.1)) edges.push({ from, type: 'element', nameOrIndex: random.int(100), to: 0 });
    }
  }
  const rootIndex = random.chance(0.1) ? nodes.length - 1 : undefined;
  return graphOfSnapshot({ nodes, edges, rootIndex });
}

/** Two plain objects with `count` properties whose names are empty, which take no room in a shape's text, and one behind them. */
export function unnamedProperties(count: number): PlainGraph {
  const nodes: PlainNode[] = [{ type: 'synthetic', name: '', id: 1, selfSize: 0 }];
  const edges: PlainEdge[] = [];
  for (const from of [1, 2]) {
    nodes.push({ type: 'object', name: 'Object', id: 2 * from + 1, selfSize: 16 });
    for (let edge = 0; edge < count; edge++) edges.push({ from, type: 'property', nameOrIndex: '', to: 0 });
    edges.push({ from, type: 'property', nameOrIndex: 'behind', to: 0 });
  }
  return graphOfSnapshot({ nodes, edges });
}
