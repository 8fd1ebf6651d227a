import type { ClassRow, FilterTotals, FoundAnswer, NodeRow, OverviewAnswer, Rows } from '../base/explorer-types.js';
import { compareText } from '../base/text-order.js';
import { NODE_SORTS } from '../explore/class-members.js';
import type { FilteredClass } from '../explore/filter-classes.js';
import { FILTER_NAMES, FILTERS, type FilterName } from '../explore/filters.js';
import type { Page } from '../explore/ranked-page.js';
import { clip } from '../report/inspection.js';
import { type EndpointOf, ofSnapshot, pageOf } from './endpoint.js';
import type { Exploration } from './exploration.js';
import type { Parameters } from './parameters.js';
import { rest } from './recent-searches.js';
import { Refusal } from './refusal.js';
import { nodeRow, rows } from './rows.js';

const CLASS_SORTS = ['retained', 'self', 'count', 'distance', 'name'] as const;
type ClassSort = (typeof CLASS_SORTS)[number];
const NO_FILTER = 'none';
/** Of a search, in UTF-16 units. */
const LONGEST_TEXT = 200;
const LONGEST_KEY = 3000;

export const overview: EndpointOf<OverviewAnswer> = ofSnapshot(
  () => undefined,
  (exploration) => {
    const { snapshot, classes, graph } = exploration;
    const { file, nodeCount, edgeCount, totalSize } = snapshot;
    return {
      ...{ file, nodeCount, edgeCount, totalSize, statistics: snapshot.statistics(), classCount: classes.length },
      root: nodeRow(exploration, graph.root),
      filters: FILTER_NAMES.map((name) => totalsOf(exploration, name)),
    };
  },
);

function totalsOf({ index }: Exploration, filter: FilterName): FilterTotals {
  let [count, selfSize] = [0, 0];
  for (const row of index.filters[filter].classes) {
    count += row.count;
    selfSize += row.selfSize;
  }
  return { filter, title: FILTERS[filter].title, count, selfSize };
}

const askedFilter = (parameters: Parameters) => parameters.choice('filter', [NO_FILTER, ...FILTER_NAMES], NO_FILTER);

/** Classes whose names have a text, as DevTools' summary lists them: of all nodes, or of those that a filter keeps. */
export const classes: EndpointOf<Rows<ClassRow>> = ofSnapshot(
  (parameters) => ({
    filter: askedFilter(parameters),
    text: parameters.text('text', { most: LONGEST_TEXT, otherwise: '' }).toLowerCase(),
    sort: parameters.choice('sort', CLASS_SORTS, 'retained'),
    page: pageOf(parameters),
  }),
  (exploration, { filter, text, sort, page }) => {
    const all = filter === NO_FILTER ? exploration.classes : filteredClasses(exploration, filter);
    const found = all.filter(({ name }) => text === '' || name.toLowerCase().includes(text)).sort(ORDERS[sort]);
    const { offset, limit } = page;
    return rows(found.length, page, found.slice(offset, offset + limit), (row) => ({ ...row, name: clip(row.name) }));
  },
);

function filteredClasses({ index, classKeys, classNames }: Exploration, filter: FilterName): ClassRow[] {
  return index.filters[filter].classes.map(({ number, ...sums }: FilteredClass) => ({
    ...{ key: classKeys[number], name: classNames[number] },
    ...sums,
  }));
}

const byName = (a: ClassRow, b: ClassRow) => compareText(a.name, b.name) || compareText(a.key, b.key);
/** What nothing reaches comes last, as in lists of nodes. */
const farness = ({ distance }: ClassRow): number => (distance < 0 ? Number.MAX_SAFE_INTEGER : distance);
const ORDERS: Readonly<Record<ClassSort, (a: ClassRow, b: ClassRow) => number>> = {
  retained: (a, b) => b.retainedSize - a.retainedSize || byName(a, b),
  self: (a, b) => b.selfSize - a.selfSize || byName(a, b),
  count: (a, b) => b.count - a.count || byName(a, b),
  distance: (a, b) => farness(a) - farness(b) || byName(a, b),
  name: byName,
};

/** Members of a class, or of all where none is named, that a filter keeps where one is. */
export const members: EndpointOf<Rows<NodeRow>> = ofSnapshot(
  (parameters) => ({
    key: parameters.has('class') ? parameters.text('class', { most: LONGEST_KEY }) : undefined,
    filter: askedFilter(parameters),
    sort: parameters.choice('sort', NODE_SORTS, 'retained'),
    page: pageOf(parameters),
  }),
  (exploration, { key, filter, sort, page }) => {
    const { starts, sorted } = exploration.index.members;
    if (key === undefined && (filter === NO_FILTER || sort !== 'retained'))
      throw new Refusal('PARAMETER', 'found members of no class, expected a class, or a filter by retained size');
    const number = key === undefined ? undefined : numberOf(exploration, key);
    const nodes =
      number === undefined
        ? exploration.index.byRetained.order
        : sorted[sort].subarray(starts[number], starts[number + 1]);
    const found =
      filter === NO_FILTER ? pageOfAll(nodes, page) : pageOfKept(exploration, { nodes, number }, filter, page);
    return rows(found.total, page, found.items, (node) => nodeRow(exploration, node));
  },
);

function numberOf(exploration: Exploration, key: string): number {
  const number = exploration.classNumber(key);
  if (number === undefined) throw new Refusal('NOT_FOUND', 'found no class with that key, expected one of the classes');
  return number;
}

interface SomeNodes {
  readonly total: number;
  readonly items: Iterable<number>;
}

function pageOfAll(nodes: Uint32Array, { offset, limit }: Page): SomeNodes {
  return { total: nodes.length, items: nodes.subarray(offset, offset + limit) };
}

/** Cost: a walk over the nodes up to the page's end. */
function pageOfKept(
  { index }: Exploration,
  { nodes, number }: { readonly nodes: Uint32Array; readonly number: number | undefined },
  filter: FilterName,
  { offset, limit }: Page,
): SomeNodes {
  const { filtered } = index;
  const { bit, classes: kept } = index.filters[filter];
  const total = kept.reduce((sum, row) => sum + (number === undefined || row.number === number ? row.count : 0), 0);
  const items: number[] = [];
  const end = Math.min(offset + limit, total);
  for (let at = 0, met = 0; met < end; at++) {
    const node = nodes[at];
    if ((filtered[node] & bit) === 0) continue;
    if (met++ >= offset) items.push(node);
  }
  return { total, items };
}

/** Nodes whose names in the file have a text, largest retained size first. */
export const search: EndpointOf<FoundAnswer> = ofSnapshot(
  (parameters) => ({
    text: parameters.text('text', { least: 1, most: LONGEST_TEXT }),
    matchCase: parameters.choice('case', ['match', 'ignore'], 'ignore') === 'match',
    page: pageOf(parameters),
  }),
  async (exploration, { text, matchCase, page }) => {
    const { names, nodes } = await exploration.searches.find(text, matchCase);
    const items = await nodes.page(page, rest);
    return { names, ...rows(nodes.total, page, items, (node) => nodeRow(exploration, node)) };
  },
);
