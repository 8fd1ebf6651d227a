import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Detector, Finding, Scene } from './detector.js';
import { type DomRetainers, findDomRetainers } from './dom-retainers.js';
import { type HeldGroup, heldGroups } from './held-groups.js';
import { NodeMarks, positionIn } from './node-marks.js';
import { eachSubtree } from './topmost.js';

const LIMITS = { leastNodes: 1, mostFindings: 100 };

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
    const dom = domAmong(view, scene.candidates.detached());
    if (dom.length === 0 || dom.length < leastNodes) return [];
    const retainers = findDomRetainers(scene, dom);
    const { parentOf, held } = retainers;
    const sizes = subtreesOf(view, held, dom);
    const grouping = {
      parentOf,
      holders: scene.holders.along(parentOf),
      weightOf: (node: Ordinal) => sizes[positionIn(held, node)],
    };
    return heldGroups(scene, held, grouping)
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

/** Elements, texts and the like. Each name is looked at once. */
function domAmong(view: HeapView, detached: readonly Ordinal[]): Ordinal[] {
  const names = new Map<number, boolean>();
  return detached.filter((node) => {
    const index = view.nodeName[node];
    const isDom = names.get(index) ?? DOM_NAME.test(plainName(view, node));
    names.set(index, isDom);
    return isDom;
  });
}

/** Older versions write the state into the name. */
function plainName(view: HeapView, node: Ordinal): string {
  return view.name(node).replace(PREFIX, '');
}

/** For each held node those of the DOM below it in the dominator tree, itself among them; none for one that lies below another held one. */
function subtreesOf(view: HeapView, held: readonly Ordinal[], dom: readonly Ordinal[]): Uint32Array {
  const sizes = new Uint32Array(held.length);
  const isDom = new NodeMarks(view, dom);
  eachSubtree(view, new NodeMarks(view, held), (node, from, end) => {
    let size = 0;
    for (let position = from; position < end; position++) size += isDom.of(view.treeOrder[position]);
    sizes[positionIn(held, node)] = size;
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
