import type { PlainAnalysis } from './analysis.js';
import { DETACHED } from './detachedness.js';
import { edgesOf, type Ordinal, type PlainGraph } from './graph.js';

const UNREACHED = -5;

/** Nodes that only edges which `enters` rejects keep within reach; those out of any reach are left out. */
function keptBy(analysis: PlainAnalysis, enters: (edge: number) => boolean): Ordinal[] {
  const { graph, distance } = analysis;
  const reached = new Set([graph.root]);
  for (const node of reached) {
    for (const edge of edgesOf(graph, node)) {
      if (graph.edgeType[edge] !== 'weak' && enters(edge)) reached.add(graph.edgeTo[edge]);
    }
  }
  const nodes = Array.from(distance, (_, node) => node);
  return nodes.filter((node) => !reached.has(node) && distance[node] !== UNREACHED);
}

/** A `shortcut` that begins with a number is shown as that number alone, and never counts as text. */
function edgeText(graph: PlainGraph, edge: number): string {
  const text = String(graph.edgeName[edge]);
  const number = Number.parseInt(text, 10);
  return graph.edgeType[edge] === 'shortcut' && !Number.isNaN(number) ? String(number) : text;
}

function firstTarget(graph: PlainGraph, node: Ordinal, text: string): Ordinal | undefined {
  for (const edge of edgesOf(graph, node)) {
    if (edgeText(graph, edge) === text) return graph.edgeTo[edge];
  }
  return undefined;
}

/** The function that a listener calls: its callback, else what the callback wraps. Edges of all types count. */
function handlerOf(graph: PlainGraph, listener: Ordinal): Ordinal | undefined {
  const callback = firstTarget(graph, listener, '1');
  if (callback === undefined) return undefined;
  const children = [...edgesOf(graph, callback)].map((edge) => graph.edgeTo[edge]);
  return [callback, ...children].find((node) => firstTarget(graph, node, 'code') !== undefined) ?? callback;
}

export function retainedByDetachedDom(analysis: PlainAnalysis): Ordinal[] {
  return keptBy(analysis, (edge) => analysis.detachedness[analysis.graph.edgeTo[edge]] !== DETACHED);
}

export function retainedByContexts(analysis: PlainAnalysis): Ordinal[] {
  const isContext = (name: string) => name === 'system / Context' || name.startsWith('system / Context / ');
  return keptBy(analysis, (edge) => !isContext(analysis.name[analysis.graph.edgeTo[edge]]));
}

export function retainedByConsole(analysis: PlainAnalysis): Ordinal[] {
  const { graph } = analysis;
  return keptBy(analysis, (edge) => {
    const isConsole = edgeText(graph, edge).endsWith(' / DevTools console');
    return !(graph.type[graph.edgeFrom[edge]] === 'synthetic' && isConsole);
  });
}

export function retainedByEventHandlers(analysis: PlainAnalysis): Ordinal[] {
  const { graph, name } = analysis;
  const listeners = Array.from(name.keys()).filter((node) => name[node] === 'V8EventListener');
  const handlers = new Set(listeners.map((node) => handlerOf(graph, node)));
  return keptBy(analysis, (edge) => !handlers.has(graph.edgeTo[edge]));
}
