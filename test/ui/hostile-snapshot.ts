import type { PlainEdge, PlainNode, PlainSnapshot } from '../build/plain-snapshot.js';
import { scriptPayloads } from './script-payloads.js';

/** 500 payloads as names of classes, strings and edges of all kinds, below one object, in a chain and as keys of pairs. */
export function hostileSnapshot(): { plain: PlainSnapshot; payloads: readonly string[] } {
  const payloads = scriptPayloads(500);
  const types = ['object', 'string', 'native', 'closure', 'code', 'unheard of'];
  const edgeTypes = ['property', 'internal', 'context', 'shortcut', 'weak'];
  const nodes: PlainNode[] = [{ type: 'synthetic', name: '', id: 1, selfSize: 0 }];
  const edges: PlainEdge[] = [];
  for (const [at, payload] of payloads.entries()) {
    nodes.push({ type: types[at % types.length], name: payload, id: 2 * at + 3, selfSize: 16 + at });
    edges.push({ from: 0, type: 'property', nameOrIndex: payload, to: at + 1 });
    const next = { from: at, type: edgeTypes[at % edgeTypes.length], nameOrIndex: payload, to: at + 1 };
    if (at > 0) edges.push(next);
  }
  return { plain: { nodes, edges }, payloads };
}
