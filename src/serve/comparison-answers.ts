import { SnapshotError } from '../base/errors.js';
import type { DiffAnswer, NodeRow, Rows } from '../base/explorer-types.js';
import { compareText } from '../base/text-order.js';
import type { ClassDiff } from '../base/types.js';
import { RankedList } from '../explore/ranked-page.js';
import { clip } from '../report/inspection.js';
import type { Comparison } from './comparisons.js';
import { type EndpointOf, NotYet, pageOf, snapshotOf } from './endpoint.js';
import type { Explorer } from './explorer.js';
import type { Parameters } from './parameters.js';
import { Refusal } from './refusal.js';
import { nodeRow, rows } from './rows.js';

const SORTS = ['growth', 'name', 'new', 'deleted', 'delta', 'allocated', 'freed', 'size', 'retained'] as const;
const SIDES = ['new', 'deleted'] as const;
const LONGEST_TEXT = 200;
const LONGEST_KEY = 3000;

interface AskedPair {
  readonly base: number;
  readonly current: number;
}

function pairOf(explorer: Explorer, parameters: Parameters): AskedPair {
  const base = snapshotOf(explorer, parameters, 'base');
  const current = snapshotOf(explorer, parameters, 'snapshot');
  if (base === current) throw new Refusal('PARAMETER', 'found one snapshot as base and current, expected two');
  return { base, current };
}

function compared(explorer: Explorer, { base, current }: AskedPair): Comparison | NotYet {
  const found = explorer.comparisons.ask(base, current);
  if (found.state === 'working') return new NotYet(found);
  if (found.state === 'failed') throw SnapshotError.fromData(found.error);
  return found.comparison;
}

/** Classes that changed between two snapshots of one process (S13). */
export const diff: EndpointOf<DiffAnswer> = {
  answer: async (explorer, parameters) => {
    const pair = pairOf(explorer, parameters);
    const text = parameters.text('text', { most: LONGEST_TEXT, otherwise: '' }).toLowerCase();
    const sort = parameters.choice('sort', SORTS, 'growth');
    const page = pageOf(parameters);
    parameters.finish();
    const comparison = compared(explorer, pair);
    if (comparison instanceof NotYet) return comparison;
    const { totals, classes } = comparison;
    const found = classes.filter(({ name }) => text === '' || name.toLowerCase().includes(text));
    if (sort !== 'growth') found.sort(ORDERS[sort]);
    const items = found.slice(page.offset, page.offset + page.limit);
    return { totals, ...rows(found.length, page, items, (row) => ({ ...row, name: clip(row.name) })) };
  },
};

const byName = (a: ClassDiff, b: ClassDiff) => compareText(a.name, b.name) || compareText(a.key, b.key);
const largest = (figure: (diff: ClassDiff) => number) => (a: ClassDiff, b: ClassDiff) =>
  figure(b) - figure(a) || byName(a, b);
const ORDERS: Readonly<Record<Exclude<(typeof SORTS)[number], 'growth'>, (a: ClassDiff, b: ClassDiff) => number>> = {
  name: byName,
  new: largest(({ newCount }) => newCount),
  deleted: largest(({ deletedCount }) => deletedCount),
  delta: largest(({ countDelta }) => countDelta),
  allocated: largest(({ allocatedSize }) => allocatedSize),
  freed: largest(({ freedSize }) => freedSize),
  size: largest(({ sizeDelta }) => sizeDelta),
  retained: largest(({ retainedSizeDelta }) => retainedSizeDelta),
};

/** Objects of a class that are new or deleted, largest retained size first: new ones in the current snapshot, deleted ones in the base. */
export const changed: EndpointOf<Rows<NodeRow>> = {
  answer: async (explorer, parameters) => {
    const pair = pairOf(explorer, parameters);
    const key = parameters.text('class', { most: LONGEST_KEY });
    const side = parameters.choice('side', SIDES, 'new');
    const page = pageOf(parameters);
    parameters.finish();
    const comparison = compared(explorer, pair);
    if (comparison instanceof NotYet) return comparison;
    const number = side === 'new' ? pair.current : pair.base;
    const exploration = explorer.snapshots.ask(number);
    if (exploration === undefined) return new NotYet(explorer.statusOf(number));
    const { objects, placeOf } = comparison;
    const place = placeOf.get(key);
    if (place === undefined) throw new Refusal('NOT_FOUND', 'found no class with that key, expected one that changed');
    const { starts, nodes } = side === 'new' ? objects.created : objects.deleted;
    const own = nodes.subarray(starts[place], starts[place + 1]);
    const { retainedSize } = exploration.graph;
    const make = () =>
      new RankedList(
        Float64Array.from(own, (node) => retainedSize[node]),
        'descending',
        (at) => own[at],
      );
    const list = exploration.lists.get(`${side} ${pair.base} ${pair.current} ${key}`, make);
    return rows(list.length, page, list.page(page), (node) => nodeRow(exploration, node));
  },
};
