import type { EdgeRow, NodeAnswer, NodeRow, Rows, WayRows } from '../base/explorer-types.js';
import type { Ordinal } from '../base/types.js';
import { nodeWithId } from '../explore/class-members.js';
import { FILTER_NAMES } from '../explore/filters.js';
import {
  countDominated,
  dominatorWay,
  EDGE_SORTS,
  edgeBetween,
  listDominated,
  listEdges,
  listRetainers,
  pathWay,
  RETAINER_SORTS,
  sourceOf,
} from '../explore/node-lists.js';
import { type EndpointOf, ofSnapshot, pageOf } from './endpoint.js';
import type { Exploration } from './exploration.js';
import type { Parameters } from './parameters.js';
import { Refusal } from './refusal.js';
import { edgeRow, nodeRow, rows } from './rows.js';

/** Steps of paths and chains that are shown: they can have millions. */
const STEPS = 60;

/** One of the two: `id` as V8 has it, or the `node`'s position. */
function askedNode(parameters: Parameters): (exploration: Exploration) => Ordinal {
  if (!parameters.has('id')) {
    const node = parameters.whole('node', { most: Number.MAX_SAFE_INTEGER });
    return ({ graph }) => {
      if (node < graph.nodeCount) return node;
      throw new Refusal('NOT_FOUND', `found no node ${node}, expected one below ${graph.nodeCount}`);
    };
  }
  const id = parameters.whole('id', { most: Number.MAX_SAFE_INTEGER });
  return ({ graph, index }) => {
    const node = nodeWithId(graph, index.byId, id);
    if (node < 0) throw new Refusal('NOT_FOUND', `found no node with the id ${id} among the ${graph.nodeCount}`);
    return node;
  };
}

/** Figures of one node. */
export const node: EndpointOf<NodeAnswer> = ofSnapshot(
  (parameters) => askedNode(parameters),
  (exploration, find) => {
    const { graph, index, classKeys } = exploration;
    const asked = find(exploration);
    return {
      node: nodeRow(exploration, asked),
      rawSelfSize: exploration.snapshot.figure('rawSelfSize', asked),
      detachedness: graph.detachedness[asked],
      classKey: classKeys[graph.classOf[asked]],
      dominatedCount: countDominated(graph, asked),
      keptBy: FILTER_NAMES.filter((name) => (index.filtered[asked] & index.filters[name].bit) !== 0),
    };
  },
);

export const edges: EndpointOf<Rows<EdgeRow>> = ofSnapshot(
  (parameters) => ({
    find: askedNode(parameters),
    sort: parameters.choice('sort', EDGE_SORTS, 'file'),
    page: pageOf(parameters),
  }),
  (exploration, { find, sort, page }) => {
    const { graph, lists } = exploration;
    const asked = find(exploration);
    const list = lists.get(`edges ${asked} ${sort}`, () => listEdges(graph, asked, sort));
    return rows(list.length, page, list.page(page), (edge) =>
      edgeRow(exploration, { edge, from: asked }, graph.edgeTo[edge]),
    );
  },
);

export const retainers: EndpointOf<Rows<EdgeRow>> = ofSnapshot(
  (parameters) => ({
    find: askedNode(parameters),
    sort: parameters.choice('sort', RETAINER_SORTS, 'distance'),
    page: pageOf(parameters),
  }),
  (exploration, { find, sort, page }) => {
    const { graph, lists } = exploration;
    const asked = find(exploration);
    const list = lists.get(`retainers ${asked} ${sort}`, () => listRetainers(graph, asked, sort));
    const row = (edge: number, from: Ordinal) => edgeRow(exploration, { edge, from }, from);
    return rows(list.length, page, list.page(page), (edge) => row(edge, sourceOf(graph, edge)));
  },
);

/** What a node immediately dominates, largest retained size first. */
export const dominated: EndpointOf<Rows<NodeRow>> = ofSnapshot(
  (parameters) => ({ find: askedNode(parameters), page: pageOf(parameters) }),
  (exploration, { find, page }) => {
    const { graph, lists } = exploration;
    const asked = find(exploration);
    const list = lists.get(`dominated ${asked}`, () => listDominated(graph, asked));
    return rows(list.length, page, list.page(page), (child) => nodeRow(exploration, child));
  },
);

/** The shortest path to the root: each step the edge and the node it comes from. */
export const path: EndpointOf<WayRows<EdgeRow>> = ofSnapshot(
  (parameters) => askedNode(parameters),
  (exploration, find) => {
    const { graph, index } = exploration;
    const { total, steps } = pathWay(index.parents, find(exploration), STEPS);
    const step = (from: Ordinal, to: Ordinal) =>
      edgeRow(exploration, { edge: edgeBetween(graph, from, to), from }, from);
    return { total, steps: steps.map(({ step: at, from, to }) => ({ step: at, ...step(from, to) })) };
  },
);

/** Immediate dominator, its immediate dominator and so on. */
export const dominators: EndpointOf<WayRows<NodeRow>> = ofSnapshot(
  (parameters) => askedNode(parameters),
  (exploration, find) => {
    const { total, steps } = dominatorWay(exploration.graph, find(exploration), STEPS);
    return { total, steps: steps.map(({ step, from }) => ({ step, ...nodeRow(exploration, from) })) };
  },
);
