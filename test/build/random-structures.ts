import { anyNode, type GraphDraft, namedNodes, nodesOf } from './graph-draft.js';
import type { Ordinal } from './plain-snapshot.js';

const SHAPES: readonly (readonly string[])[] = [
  ['a'],
  ['a', 'b'],
  ['b', 'a'],
  ['a', 'b', 'c'],
  ['a', 'b', '__proto__'],
  ['a', 'a'],
  ['', 'a'],
  ['x"y', '{z}', 'p,q', "it's"],
  ['x"y', '{z}'],
  ['n'.repeat(130), 'a'],
  ['n'.repeat(130), 'b'],
  ['name', 'm'.repeat(60), 'o'.repeat(54), 'a', 'b'],
  ['name', 'm'.repeat(60), 'o'.repeat(53), 'b', 'a'],
  ['p'.repeat(48), 'rst', 'q'.repeat(48)],
  ['p'.repeat(48), 'rs', 'q'.repeat(48)],
  ['toString', 'constructor', 'hasOwnProperty'],
  ['schön', '日本', '\u{1F600}'],
];

/** Plain objects with shapes that repeat, contain one another, or are too long for a name. */
export function linkShapes(draft: GraphDraft): void {
  const { random } = draft;
  const favourites = Array.from({ length: 1 + random.int(5) }, () => random.pick(SHAPES));
  for (const node of nodesOf(draft, 'object', 'Object')) {
    if (random.chance(0.2)) continue;
    for (const property of random.chance(0.7) ? random.pick(favourites) : random.pick(SHAPES)) {
      draft.link(node, 'property', property, anyNode(draft));
    }
    if (random.chance(0.2)) draft.link(node, 'property', random.pick(['extra', 'c', '__proto__']), anyNode(draft));
  }
}

function pairName(draft: GraphDraft, key: Ordinal, value: Ordinal, tableId: number): string {
  const { nodes, random } = draft;
  const name = (node: Ordinal) => `${nodes[node].name.slice(0, 20)} @${nodes[node].id}`;
  return `${1 + random.int(20)} / part of key (${name(key)}) -> value (${name(value)}) pair in WeakMap (table @${tableId})`;
}

/**
 * WeakMap entries: an edge from the key and one from the table. At times the table's id is wrong, one edge is missing,
 * there is a third edge, or the edges of one text lead to different values.
 */
export function linkWeakMaps(draft: GraphDraft, count: number): void {
  const { random } = draft;
  for (let pair = 0; pair < count; pair++) {
    const [key, table, value] = [anyNode(draft), anyNode(draft), anyNode(draft)];
    const tableId = draft.nodes[random.chance(0.8) ? table : anyNode(draft)].id;
    const holders = [
      key,
      table,
      ...Array.from({ length: random.chance(0.8) ? 0 : random.int(4) }, () => anyNode(draft)),
    ];
    for (const holder of random.shuffle(holders)) {
      const type = random.chance(0.95) ? 'internal' : random.pick(['weak', 'property', 'shortcut']);
      const target = random.chance(0.9) ? value : anyNode(draft);
      if (random.chance(0.95)) draft.link(holder, type, pairName(draft, key, value, tableId), target);
    }
  }
}

/** Arrays whose links at every third place do not count for distances. */
export function linkDescriptors(draft: GraphDraft): void {
  const { random } = draft;
  for (const node of namedNodes(draft, '(map descriptors)')) {
    for (let link = random.int(5); link > 0; link--) {
      const type = random.pick(['internal', 'element', 'hidden', 'weak', 'shortcut']);
      const name = type === 'internal' ? random.pick(['4', '7 / x', '-4', '04', '1', '5', 'map']) : random.int(12);
      draft.link(node, type, name, anyNode(draft));
    }
  }
}

export function linkNativeContexts(draft: GraphDraft): void {
  const { random } = draft;
  for (const node of namedNodes(draft, 'system / NativeContext')) {
    const type = random.pick(['internal', 'internal', 'property', 'weak']);
    draft.link(node, type, 'sloppy_function_map', anyNode(draft));
    if (random.chance(0.5)) draft.link(node, 'internal', 'map', anyNode(draft));
    const [object, map, metaMap] = [anyNode(draft), anyNode(draft), anyNode(draft)];
    draft.link(object, 'internal', 'map', map);
    draft.link(map, 'internal', 'map', metaMap);
    draft.link(metaMap, 'internal', 'native_context', node);
  }
}

/** Arrays with elements of their own, elements that two arrays share, and elements that are something else. */
export function linkArrays(draft: GraphDraft): void {
  const { random } = draft;
  const elements = nodesOf(draft, 'array');
  for (const node of nodesOf(draft, 'object', 'Array')) {
    const target = elements.length > 0 && random.chance(0.8) ? random.pick(elements) : anyNode(draft);
    if (random.chance(0.8)) draft.link(node, random.chance(0.9) ? 'internal' : 'property', 'elements', target);
  }
}

/**
 * Concatenated strings, whole ones and ones that lack a half. Halves stand behind the string that is made of them:
 * DevTools would never finish the name of a cyclic one.
 */
export function linkStrings(draft: GraphDraft): void {
  const { random, nodes } = draft;
  for (const node of nodesOf(draft, 'concatenated string')) {
    const behind = nodes.length - node - 1;
    if (behind === 0) continue;
    for (const half of ['first', 'second', 'first']) {
      const type = random.chance(0.9) ? 'internal' : 'property';
      if (random.chance(0.7)) draft.link(node, type, half, node + 1 + random.int(behind));
    }
  }
}

/** Numbers the way V8 shows them, and strings that say they are cut off. */
export function linkStringFacts(draft: GraphDraft): void {
  const { random } = draft;
  const strings = nodesOf(draft, 'string');
  const numbers = nodesOf(draft, 'number');
  if (strings.length === 0 || numbers.length === 0) return;
  for (const number of numbers) {
    const pattern = draft.nodes[number].name === 'bool' ? /^true$/ : /^\d+$/;
    const fitting = strings.filter((string) => pattern.test(draft.nodes[string].name));
    const isFitting = fitting.length > 0 && random.chance(0.8);
    draft.link(number, 'internal', 'value', random.pick(isFitting ? fitting : strings));
  }
  for (const string of [...strings, ...nodesOf(draft, 'concatenated string')]) {
    for (const fact of ['truncated', 'length', 'hash']) {
      if (random.chance(0.5)) draft.link(string, 'internal', fact, random.pick(numbers));
    }
  }
}

/** DOM nodes that reach one another over edges of every type. */
export function linkDom(draft: GraphDraft): void {
  const { random } = draft;
  const natives = nodesOf(draft, 'native');
  if (natives.length < 2) return;
  for (const node of natives) {
    const type = random.pick(['element', 'property', 'internal', 'hidden', 'weak', 'shortcut', 'invisible']);
    const name = type === 'element' || type === 'hidden' ? random.int(5) : 'child';
    draft.link(node, type, name, random.pick(natives));
  }
}

/** Holders DevTools has filters for: its own console, and listeners (edge `1` is the callback, `code` marks a function). */
export function linkFilteredHolders(draft: GraphDraft): void {
  const { random } = draft;
  for (const synthetic of nodesOf(draft, 'synthetic')) {
    const type = random.pick(['shortcut', 'property', 'weak']);
    const name = random.pick(['Window / DevTools console', '7 / DevTools console', 'Window / page']);
    if (synthetic > 0 && random.chance(0.3)) draft.link(synthetic, type, name, anyNode(draft));
  }
  for (const node of namedNodes(draft, 'V8EventListener')) {
    draft.link(node, random.pick(['element', 'hidden']), 1, anyNode(draft));
  }
  for (const closure of nodesOf(draft, 'closure')) {
    if (random.chance(0.7)) draft.link(closure, 'internal', 'code', anyNode(draft));
  }
}
