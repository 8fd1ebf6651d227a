import { distanceText } from './distance-text.js';
import type { ClassMembers, EdgeLine, InspectedNode, Inspection, NodeLine, Step } from './inspection.js';
import { heading, type Screen } from './screen.js';
import type { Listed } from './selection.js';
import { type Cell, type Column, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';
import { formatBytes, formatCount, formatExactBytes } from './units.js';

/** How much of a name or a string's value the head of the view shows. */
const NAME_WIDTH = 400;
const DETACHEDNESS = ['unknown', 'attached', 'detached'];

/** One node for people. The one view that shows values of strings: its user asked for this very node. */
export function inspectText(inspection: Inspection, screen: Screen): string {
  const { node, path, dominators } = inspection;
  const unreached = node.distance < 0 && path.total === 0;
  const parts = [
    renderNode(inspection.file, node, screen),
    section(
      'Path to the root',
      'nearest holder first',
      path,
      HOLDERS,
      edgeCells,
      screen,
      unreached ? 'nothing reaches it' : '',
    ),
    section('Dominators', 'from the immediate one up to the root', dominators, NODES, nodeCells, screen),
    section('Retainers', 'nearest to the root first', inspection.retainers, HOLDERS, edgeCells, screen),
    section('Edges', 'by retained size of the target', inspection.edges, TARGETS, edgeCells, screen),
    section('Dominated nodes', 'by retained size', inspection.dominated, NODES, nodeCells, screen),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** The members of a class: where to go on from a class that grows. */
export function membersText({ file, className, members }: ClassMembers, screen: Screen): string {
  const { bold, dim } = screen.style;
  const title = `${bold(terminalText(className, screen.width - 20))} ${dim(`in ${terminalText(file)}`)}\n\n`;
  const next = dim(`Next: heapsleuth inspect ${terminalText(file)} --id ${members.items[0]?.id ?? 'N'}\n`);
  return `${title + section('Members', 'by retained size', members, NODES, nodeCells, screen)}\n${next}`;
}

function renderNode(file: string, node: InspectedNode, screen: Screen): string {
  const { bold, dim } = screen.style;
  const raw = node.rawSelfSize === node.selfSize ? '' : dim(` (the file says ${formatExactBytes(node.rawSelfSize)})`);
  const cut = node.nameLength > node.name.length ? dim(` ${formatCount(node.nameLength)} characters`) : '';
  const lines: readonly (readonly [string, string])[] = [
    ['id', String(node.id)],
    ['ordinal', String(node.ordinal)],
    ['type', terminalText(node.type)],
    ['name', terminalText(node.name, NAME_WIDTH) + cut],
    ['class', terminalText(node.className, NAME_WIDTH)],
    ['self size', formatExactBytes(node.selfSize) + raw],
    ['retained size', formatExactBytes(node.retainedSize)],
    ['distance', distanceText(node.distance)],
    ['detachedness', DETACHEDNESS[node.detachedness] ?? String(node.detachedness)],
  ];
  const title = `${bold(terminalText(node.className, screen.width - 20))} ${bold(`@${node.id}`)} ${dim(`in ${terminalText(file)}`)}`;
  return `${title}\n${lines.map(([label, value]) => `  ${dim(label.padEnd(14))}${value}\n`).join('')}`;
}

const SIZES: readonly Column[] = [
  { title: 'distance', align: 'right', dropOrder: 2 },
  { title: 'self', align: 'right', dropOrder: 1 },
  { title: 'retained', align: 'right' },
];
const HOLDERS: readonly Column[] = [
  { title: 'edge', shrinksTo: 16 },
  { title: 'of', shrinksTo: 18 },
  { title: 'id' },
  ...SIZES,
];
const TARGETS: readonly Column[] = [
  { title: 'edge', shrinksTo: 16 },
  { title: 'to', shrinksTo: 18 },
  { title: 'id' },
  ...SIZES,
];
const NODES: readonly Column[] = [{ title: 'node', shrinksTo: 18 }, { title: 'id' }, ...SIZES];

function nodeCells(node: NodeLine): Cell[] {
  const { distance, selfSize, retainedSize } = node;
  return [nodeLabel(node), `@${node.id}`, distanceText(distance), formatBytes(selfSize), formatBytes(retainedSize)];
}

function edgeCells(edge: EdgeLine): Cell[] {
  return [edgeLabel(edge), ...nodeCells(edge.node)];
}

/** `.name` and `[3]` as in code; other kinds of edges by their kind, since their names are V8's. */
function edgeLabel({ type, name }: EdgeLine): string {
  if (type === 'property') return `.${name}`;
  if (type === 'element') return `[${name}]`;
  return `${type} ${name}`;
}

function nodeLabel({ type, name, className }: NodeLine): string {
  if (type === 'string' || type === 'concatenated string' || type === 'sliced string') return `"${name}"`;
  if (name === className || name === '') return className;
  return type === 'object' || type === 'native' ? name : `${className} ${name}`;
}

function section<T>(
  title: string,
  order: string,
  list: Listed<T | Step<T>>,
  columns: readonly Column[],
  cells: (item: T) => Cell[],
  screen: Screen,
  whenEmpty = 'none',
): string {
  const listed = list.items.length;
  const share = listed < list.total ? `${formatCount(listed)} of ${formatCount(list.total)}` : formatCount(list.total);
  if (listed === 0) return heading(title, whenEmpty, screen);
  const table = renderTable(columns, list.items.map(cells), screen);
  return heading(title, `${share} · ${order}`, screen) + markGap(table, list.items, screen);
}

/** A long path lists its two ends; the line between says how much is missing. */
function markGap<T>(table: string, items: readonly (T | Step<T>)[], screen: Screen): string {
  const step = (place: number) => (items[place] as { step?: number }).step ?? place + 1;
  const after = items.findIndex((_, place) => place > 0 && step(place) !== step(place - 1) + 1);
  if (after === -1) return table;
  const lines = table.split('\n');
  const missing = step(after) - step(after - 1) - 1;
  lines.splice(after + 1, 0, screen.style.dim(`  … ${formatCount(missing)} more …`));
  return lines.join('\n');
}
