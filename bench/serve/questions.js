import { Random } from '../generator/random.js';

/** Rows of an answer, as the page asks for them. */
const LIMIT = 50;
/** A question that nothing has to be looked up for. */
export const CONTROL = 'status, for comparison';
const FILTERS = ['detached-dom', 'event-handlers', 'contexts', 'console', 'duplicate-strings'];
const CLASS_SORTS = ['retained', 'self', 'count', 'distance', 'name'];
const NODE_SORTS = ['retained', 'self', 'distance'];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz /_';

/**
 * Every kind of question, with parameters drawn anew each time: [name, parameters]. `hub` is the node with the most of what is asked for,
 * among the largest of every class, and offsets go through all of its list.
 * @param {import('./explorer.js').Explorer} explorer
 * @returns {Promise<{first: Record<string, number>, kinds: {name: string, next: () => [string, object]}[]}>} `first`: milliseconds of lists
 *   that are kept when they have been asked for
 */
export async function questionsOf(explorer) {
  const { snapshot, nodeCount } = explorer;
  const random = new Random(1);
  const { items: classes } = await explorer.ask('classes', { snapshot, limit: 500 });
  const hubs = await findHubs(explorer, classes);
  const pick = (list) => list[random.below(list.length)];
  const anyNode = () => ({ snapshot, node: random.below(nodeCount) });
  const within = (total) => ({ offset: random.below(total), limit: LIMIT });
  const about = (name, ask) => ({ name, next: ask });
  const title = (what, { total }) => `${what} of the largest hub: ${total}`;
  const ofHub = (what, hub, sort) =>
    about(title(what, hub), () => [what, { snapshot, node: hub.node, ...sort, ...within(hub.total) }]);
  const kept = new Map();
  for (const filter of FILTERS) {
    const { items } = await explorer.ask('classes', { snapshot, filter, limit: 500 });
    if (items.length > 0) kept.set(filter, items);
  }
  const ids = [];
  for (let at = 0; at < 200; at++) ids.push((await explorer.ask('node', anyNode())).node.id);
  const { items: changes } = await explorer.ask('diff', { base: 0, snapshot, limit: 500 });
  const created = changes.filter(({ newCount }) => newCount > 0);
  const members = (sort) => {
    const { key, count } = pick(classes);
    return ['members', { snapshot, class: key, sort, ...within(count) }];
  };
  const first = {};
  for (const [what, sort] of [
    ['edges', { sort: 'retained' }],
    ['retainers', { sort: 'distance' }],
    ['dominated', {}],
  ]) {
    const taken = await explorer.time(what, { snapshot, node: hubs[what].node, ...sort, limit: LIMIT });
    first[`${title(what, hubs[what])}, the first time`] = taken;
  }
  const largest = classes.toSorted((a, b) => b.count - a.count)[0];
  const kinds = [
    // What the machine and the connection take by themselves.
    about(CONTROL, () => ['status', {}]),
    about('overview', () => ['overview', { snapshot }]),
    about('node by id', () => ['node', { snapshot, id: pick(ids) }]),
    about('node by position', () => ['node', anyNode()]),
    about('edges', () => ['edges', { ...anyNode(), sort: pick(['file', 'retained']), limit: LIMIT }]),
    ofHub('edges', hubs.edges, { sort: 'retained' }),
    about('retainers', () => ['retainers', { ...anyNode(), sort: pick(['distance', 'file']), limit: LIMIT }]),
    ofHub('retainers', hubs.retainers, { sort: 'distance' }),
    about('dominated', () => ['dominated', { ...anyNode(), limit: LIMIT }]),
    ofHub('dominated', hubs.dominated, {}),
    about('path to the root', () => ['path', anyNode()]),
    about('dominators', () => ['dominators', anyNode()]),
    about('classes', () => ['classes', { snapshot, sort: pick(CLASS_SORTS), limit: LIMIT }]),
    about('classes by name', () => ['classes', { snapshot, text: pick(LETTERS.split('')), limit: LIMIT }]),
    about('members', () => members(pick(NODE_SORTS))),
    about(`members of the largest class: ${largest.count}`, () => [
      'members',
      { snapshot, class: largest.key, sort: pick(NODE_SORTS), ...within(largest.count) },
    ]),
    about('classes under a filter', () => ['classes', { snapshot, filter: pick(FILTERS), limit: LIMIT }]),
    kept.size > 0 &&
      about('members under a filter', () => {
        const filter = pick([...kept.keys()]);
        const { key, count } = pick(kept.get(filter));
        return ['members', { snapshot, filter, class: key, ...within(count) }];
      }),
    kept.size > 0 &&
      about('all nodes under a filter', () => {
        const filter = pick([...kept.keys()]);
        const total = kept.get(filter).reduce((sum, { count }) => sum + count, 0);
        return ['members', { snapshot, filter, ...within(total) }];
      }),
    about('search, one letter', () => ['search', { snapshot, text: pick(LETTERS.split('')), ...within(1000) }]),
    about('search, two to five letters', () => {
      const text = Array.from({ length: 2 + random.below(4) }, () => pick(LETTERS.split(''))).join('');
      return ['search', { snapshot, text, case: pick(['ignore', 'match']), limit: LIMIT }];
    }),
    about('search, a name', () => ['search', { snapshot, text: pick(classes).name.slice(0, 200), limit: LIMIT }]),
    about('comparison, classes', () => [
      'diff',
      { base: 0, snapshot, sort: pick(['growth', 'new', 'size']), limit: LIMIT },
    ]),
    created.length > 0 &&
      about('comparison, new objects', () => {
        const { key, newCount } = pick(created);
        return ['changed', { base: 0, snapshot, class: key, side: 'new', ...within(newCount) }];
      }),
  ];
  // A file may have nothing that a filter keeps.
  return { first, kinds: kinds.filter(Boolean) };
}

/** The nodes with the most edges, retainers and dominated nodes among the largest members of each class. */
async function findHubs(explorer, classes) {
  const { snapshot } = explorer;
  const hubs = { edges: { total: 0 }, retainers: { total: 0 }, dominated: { total: 0 } };
  const better = (hub, node, total) => (total > hub.total ? { node, total } : hub);
  for (const { key } of classes) {
    for (const sort of ['retained', 'self']) {
      const { items } = await explorer.ask('members', { snapshot, class: key, sort, limit: 100 });
      for (const { ordinal, edgeCount, retainerCount } of items) {
        hubs.edges = better(hubs.edges, ordinal, edgeCount);
        hubs.retainers = better(hubs.retainers, ordinal, retainerCount);
      }
      for (const { ordinal } of items.slice(0, 5)) {
        const { dominatedCount } = await explorer.ask('node', { snapshot, node: ordinal });
        hubs.dominated = better(hubs.dominated, ordinal, dominatedCount);
      }
    }
  }
  return hubs;
}
