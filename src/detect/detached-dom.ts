import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Detector, Finding, Scene } from './detector.js';
import { type DomRetainers, findDomRetainers } from './dom-retainers.js';
import { type HeldGroup, heldGroups } from './held-groups.js';
import { eachTopmost, flagsOfNodes } from './subtrees.js';

const LIMITS = { leastNodes: 1, mostFindings: 100 };

const DETACHED = 2;
const PREFIX = /^Detached /;
/** Tags, and names of interfaces, which a page's address may follow. Not the browser's own objects, nor `Node / …` of Node's bindings. */
const DOM_NAME =
  /^(?:<[^>]|(?:(?:HTML|SVG|MathML)[A-Za-z]*Element|(?:HTML|XML|SVG)?Document(?:Fragment|Type)?|Text|Comment|CDATASection|ProcessingInstruction|ShadowRoot|Attr)(?: \/|$))/;
const TAG = /^<([^\s>]+)/;
const SHOWN_TAGS = 3;

/** D14: nodes of the DOM that are in no document, by what holds them from outside. */
export const detachedDom: Detector<typeof LIMITS> = {
  id: 'D14',
  name: 'detached-dom',
  limits: LIMITS,
  detect(scene, { leastNodes, mostFindings }) {
    const { view } = scene;
    const { isDom, isInside, count } = findDetached(view);
    if (count < leastNodes) return [];
    const retainers = findDomRetainers(view, scene.parentOf, isDom, isInside);
    const { parentOf } = retainers;
    const sizes = subtreesOf(view, retainers.held, isDom);
    const grouping = {
      parentOf,
      holders: scene.holders.along(parentOf),
      weightOf: (node: Ordinal) => sizes[node],
    };
    return heldGroups(scene, retainers.held, grouping)
      .filter((group) => group.count >= leastNodes)
      .slice(0, mostFindings)
      .map((group) => findingOf(scene, retainers, group));
  },
};

function findingOf(
  { view, holders }: Scene,
  retainers: DomRetainers,
  { holder, key, count, bytes, newest, members }: HeldGroup,
): Finding {
  const isConsoleOnly = members.every((node) => retainers.isConsoleOnly(node));
  return {
    anchor: holder.container,
    key,
    count,
    bytes,
    strength: isConsoleOnly ? 0.05 : holder.kind === 'internal' ? 0.35 : 0.7,
    title: `${count} detached DOM nodes in ${members.length} trees`,
    holder,
    evidence: [
      { label: 'elements held', value: members.length },
      { label: 'nodes below them', value: count },
      { label: 'tags', value: commonTags(view, members) },
      { label: 'held by', value: holders.className(retainers.parentOf[members[0]]) },
      ...(isConsoleOnly ? [{ label: 'note', value: 'only the console of DevTools refers to them' }] : []),
    ],
    repair: 'Drop the reference from {holder} when the elements are removed.',
    samples: newest,
  };
}

interface Detached {
  /** Elements, texts and the like. */
  readonly isDom: Uint8Array;
  /** These and what else of the browser's is detached with them. */
  readonly isInside: Uint8Array;
  readonly count: number;
}

/** Cost: one pass over the nodes; each name is looked at once. */
function findDetached(view: HeapView): Detached {
  const { nodeCount, nodeType, nodeTypes, nodeName, detachedness } = view;
  const isDom = new Uint8Array(nodeCount);
  const isInside = new Uint8Array(nodeCount);
  const names = new Map<number, boolean>();
  let count = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (detachedness[node] !== DETACHED || nodeType[node] !== nodeTypes.native) continue;
    isInside[node] = 1;
    const index = nodeName[node];
    if (!names.has(index)) names.set(index, DOM_NAME.test(plainName(view, node)));
    if (names.get(index)) {
      isDom[node] = 1;
      count++;
    }
  }
  return { isDom, isInside, count };
}

/** Older versions write the state into the name. */
function plainName(view: HeapView, node: Ordinal): string {
  return view.name(node).replace(PREFIX, '');
}

/** Nodes of the DOM below each held one in the dominator tree, itself among them; none for one that lies below another held one. */
function subtreesOf(view: HeapView, held: readonly Ordinal[], isDom: Uint8Array): Uint32Array {
  const sizes = new Uint32Array(view.nodeCount);
  eachTopmost(view, flagsOfNodes(view, held), (node, from, end) => {
    for (let position = from; position < end; position++) sizes[node] += isDom[view.treeOrder[position]];
  });
  return sizes;
}

function commonTags(view: HeapView, nodes: readonly Ordinal[]): string {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const name = plainName(view, node);
    const tag = TAG.exec(name)?.[1] ?? name.split(' /')[0];
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, SHOWN_TAGS);
  return common.map(([tag, count]) => `${count} ${tag}`).join(', ');
}
