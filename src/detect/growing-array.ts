import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { boundBeside } from './bounds.js';
import { type ContainerGroup, ContainerGroups } from './container-groups.js';
import { forEachEntry, isPlain } from './containers.js';
import { type Contents, contentsOf } from './contents.js';
import type { Detector, Evidence, Finding, Scene } from './detector.js';
import { largest } from './groups.js';
import { namesIn } from './known-names.js';
import { newestIn } from './newest.js';
import { shareOfHolder, strengthOf } from './strength.js';

const LIMITS = {
  leastItems: 50,
  /** For arrays of which a snapshot shows few items, since they are numbers. */
  leastHiddenCapacity: 1024,
  mostFindings: 100,
};
/** Items that are looked at for their class. */
const SAMPLED = 1000;

/** D2: arrays that have got long, and objects that are used as dictionaries. */
export const growingArray: Detector<typeof LIMITS> = {
  id: 'D2',
  name: 'growing-array',
  limits: LIMITS,
  least: ({ leastItems, leastHiddenCapacity }) => ({ edges: leastItems, slots: leastHiddenCapacity }),
  detect(scene, limits) {
    const found = new Map<Ordinal, Contents>();
    const gathered = new ContainerGroups(scene);
    for (const [owner, store] of candidatesIn(scene, limits)) {
      const contents = contentsOf(scene, owner, store);
      const isLong = contents.items >= limits.leastItems;
      const isHidden = contents.kind === 'array' && contents.capacity >= limits.leastHiddenCapacity;
      if (!isLong && !isHidden) continue;
      found.set(owner, contents);
      gathered.add(owner, contents.items, scene.view.retainedSize[owner]);
    }
    return largest(gathered.all(), limits.mostFindings).flatMap((group) => {
      const contents = found.get(group.anchor);
      return contents === undefined ? [] : report(scene, group, contents);
    });
  },
};

/** Owners with their store, -1 where it is not known yet; in the order of the file. */
function candidatesIn({ view, candidates, globals }: Scene, limits: typeof LIMITS): Map<Ordinal, Ordinal> {
  const { nodeTypes, nodeType, dominator } = view;
  const names = namesIn(view);
  const found = new Map<Ordinal, Ordinal>();
  const wide = candidates.wideObjects(limits.leastItems);
  const large = candidates.largeArrays(limits.leastHiddenCapacity);
  for (const node of [...wide, ...large].sort((a, b) => a - b)) {
    if (nodeType[node] === nodeTypes.object) {
      // Everything is a property of the global object; what is one of it is a finding of its own.
      if (!found.has(node) && !names.isContext(node) && !globals.has(node)) found.set(node, -1);
    } else if (names.isNamed(node, '(object elements)')) {
      const owner = dominator[node];
      if (nodeType[owner] === nodeTypes.object && names.internal(owner, 'elements') === node) found.set(owner, node);
    }
  }
  return found;
}

function report(scene: Scene, group: ContainerGroup, contents: Contents): Finding[] {
  const { view } = scene;
  const { anchor, bytes, containers, count } = group;
  const item = mainClass(view, anchor);
  const holder = scene.holders.nameOf(anchor);
  const bound = boundBeside(scene, anchor);
  return [
    {
      anchor,
      count,
      bytes,
      strength: strengthOf(strengthOfItems(contents, item), shareOfHolder(holder)),
      ...(bound?.share && { bounded: bound.share }),
      title: titleOf(contents, count, containers.length),
      holder,
      evidence: evidenceOf(contents, containers.length, item, bound?.name),
      repair:
        contents.kind === 'array'
          ? 'Bound or drain {holder}.'
          : 'Bound {holder}, or delete its entries when they are done with.',
      samples: newestIn(view, containers),
    },
  ];
}

interface MainClass {
  readonly name: string;
  readonly share: number;
  readonly isText: boolean;
}

/** What most items are. Cost: the first thousand. */
function mainClass(view: HeapView, anchor: Ordinal): MainClass | undefined {
  const counts = new Map<number, number>();
  let looked = 0;
  let best = -1;
  let some = -1;
  forEachEntry(view, anchor, (node) => {
    if (looked >= SAMPLED) return;
    looked++;
    const number = view.classOf[node];
    const count = (counts.get(number) ?? 0) + 1;
    counts.set(number, count);
    if (best >= 0 && count <= (counts.get(best) ?? 0)) return;
    best = number;
    some = node;
  });
  if (some < 0) return undefined;
  return { name: view.className(some), share: (counts.get(best) ?? 0) / looked, isText: isPlain(view, some) };
}

/** Objects of one class are what a program adds while it runs; mixtures, texts and numbers are as often tables that it began with. */
function strengthOfItems({ items }: Contents, item: MainClass | undefined): number {
  if (item === undefined || items === 0) return 0.2;
  if (item.isText) return 0.4;
  return item.share >= 0.5 ? 0.6 : 0.3;
}

function titleOf({ kind, capacity }: Contents, count: number, containers: number): string {
  const several = containers > 1;
  const where = {
    array: several ? `${containers} Arrays` : 'an Array',
    dictionary: several ? `${containers} objects used as dictionaries` : 'an object used as a dictionary',
    numbered: several ? `${containers} objects with numbered entries` : 'an object with numbered entries',
  }[kind];
  if (count < capacity / 8)
    return `${where} with ${several ? 'up to ' : ''}${capacity} slots, ${count || 'none'} of them with an item that is shown`;
  return `at least ${count} ${kind === 'array' ? 'items' : 'entries'} in ${where}`;
}

function evidenceOf(
  contents: Contents,
  containers: number,
  item: MainClass | undefined,
  bound: string | undefined,
): Evidence[] {
  const evidence: Evidence[] = [{ label: 'items shown', value: contents.items }];
  if (contents.capacity > 0) evidence.push({ label: 'capacity', value: contents.capacity });
  if (item !== undefined)
    evidence.push({ label: 'most items are', value: `${item.name} (${Math.round(100 * item.share)} %)` });
  if (containers > 1) evidence.push({ label: 'containers of this kind, the largest one described', value: containers });
  if (bound !== undefined) evidence.push({ label: 'possible bound beside it', value: bound });
  return evidence;
}
