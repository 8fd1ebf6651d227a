import type { PlainAnalysis } from './analysis.js';
import { plainDisplayName } from './display-names.js';
import { edgesOf, type Ordinal } from './graph.js';

function internalTarget({ graph }: PlainAnalysis, node: Ordinal, name: string): Ordinal | undefined {
  for (const edge of edgesOf(graph, node)) {
    if (graph.edgeType[edge] === 'internal' && graph.edgeName[edge] === name) return graph.edgeTo[edge];
  }
  return undefined;
}

/** V8 shows a number as a node `int` or `bool` whose `value` is a string. */
function factOf(analysis: PlainAnalysis, node: Ordinal, name: string, kind: 'int' | 'bool'): string | undefined {
  const holder = internalTarget(analysis, node, name);
  if (holder === undefined || analysis.graph.type[holder] !== 'number' || analysis.name[holder] !== kind)
    return undefined;
  const value = internalTarget(analysis, holder, 'value');
  return value === undefined ? undefined : analysis.name[value];
}

function intOf(analysis: PlainAnalysis, node: Ordinal, name: string): number | undefined {
  const value = Number.parseInt(factOf(analysis, node, name, 'int') ?? '', 10);
  return Number.isNaN(value) ? undefined : value;
}

function isFlat(analysis: PlainAnalysis, node: Ordinal): boolean {
  const { graph, name } = analysis;
  if (graph.type[node] !== 'concatenated string') return false;
  return [...edgesOf(graph, node)].some((edge) => {
    const isHalf = graph.edgeName[edge] === 'first' || graph.edgeName[edge] === 'second';
    return graph.edgeType[edge] === 'internal' && isHalf && plainDisplayName(graph, name, graph.edgeTo[edge]) === '';
  });
}

/** Equal for texts that are the same. Truncated ones need equal length and hash, where unknown equals unknown. */
function identityOf(analysis: PlainAnalysis, node: Ordinal): string {
  const text = plainDisplayName(analysis.graph, analysis.name, node);
  if (factOf(analysis, node, 'truncated', 'bool') !== 'true') return JSON.stringify([text]);
  return JSON.stringify([text, intOf(analysis, node, 'length') ?? null, intOf(analysis, node, 'hash') ?? null]);
}

/** Strings whose text another string has too. Rule: devtools-semantics S12. */
export function plainDuplicateStrings(analysis: PlainAnalysis): Ordinal[] {
  const { type } = analysis.graph;
  const groups = new Map<string, Ordinal[]>();
  for (const [node, size] of analysis.selfSize.entries()) {
    const isString = type[node] === 'string' || type[node] === 'concatenated string';
    if (!isString || size === 0 || isFlat(analysis, node)) continue;
    const identity = identityOf(analysis, node);
    const group = groups.get(identity);
    if (group) group.push(node);
    else groups.set(identity, [node]);
  }
  const duplicates = [...groups.values()].filter((group) => group.length > 1).flat();
  return duplicates.sort((a, b) => a - b);
}
