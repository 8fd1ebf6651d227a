import type { HeapView } from '../analysis/heap-view.js';
import type { Bytes, Ordinal } from '../base/types.js';
import { NO_PARENT } from '../paths/holder-types.js';
import { type ContainerGroup, ContainerGroups } from './container-groups.js';
import type { Detector, Finding, Scene } from './detector.js';
import { largest } from './groups.js';
import { keeperOf } from './keeper.js';
import { namesIn } from './known-names.js';
import { shareOfHolder, strengthOf } from './strength.js';

const LIMITS = {
  /** Of a string of which slices are held. */
  leastParentBytes: 1024,
  /** Of all such strings together. */
  leastBytes: 16 << 10,
  leastParts: 100,
  mostFindings: 100,
};

/** D12: strings that stay for a slice of them, and strings that are kept in pieces. */
export const stringRetention: Detector<typeof LIMITS> = {
  id: 'D12',
  name: 'string-retention',
  limits: LIMITS,
  least: ({ leastBytes }) => ({ ropeBytes: leastBytes }),
  detect(scene, limits) {
    return [
      ...reportSlices(scene, slicesIn(scene, limits), limits),
      ...reportRopes(scene, ropesIn(scene, limits), limits),
    ];
  },
};

interface Slice {
  readonly slice: Ordinal;
  readonly parent: Ordinal;
}

function slicesIn({ view, candidates }: Scene, limits: typeof LIMITS): Slice[] {
  const names = namesIn(view);
  const slices: Slice[] = [];
  for (const slice of candidates.slices()) {
    const parent = names.internal(slice, 'parent');
    if (parent >= 0 && view.rawSelfSize(parent) >= limits.leastParentBytes) slices.push({ slice, parent });
  }
  return slices;
}

/** A part of a larger one is no rope of its own. */
function ropesIn({ view, parentOf, candidates }: Scene, limits: typeof LIMITS): readonly Ordinal[] {
  return candidates.ropes(limits.leastBytes).filter((node) => {
    const above = parentOf[node];
    return above === NO_PARENT || !isRope(view, above);
  });
}

interface SlicesOfGroup {
  /** Parents that are only reached through a slice. */
  readonly parents: Set<Ordinal>;
}

function reportSlices(scene: Scene, slices: readonly Slice[], limits: typeof LIMITS): Finding[] {
  const { view, parentOf } = scene;
  const counted = new Set<Ordinal>();
  const parentsIn = new Map<Ordinal, SlicesOfGroup>();
  const gathered = new ContainerGroups(scene);
  for (const { slice, parent } of slices) {
    // Held elsewhere, and by a path that is no longer: the slice costs nothing.
    if (view.nodeType[parentOf[parent]] !== view.nodeTypes['sliced string']) continue;
    const { container } = keeperOf(scene, slice);
    const bytes: Bytes = counted.has(parent) ? 0 : view.rawSelfSize(parent);
    counted.add(parent);
    gathered.add(container, 1, bytes, slice);
    const known = parentsIn.get(container) ?? { parents: new Set() };
    known.parents.add(parent);
    parentsIn.set(container, known);
  }
  const groups = gathered.all().filter(({ bytes }) => bytes >= limits.leastBytes);
  return largest(groups, limits.mostFindings).map((group) => {
    const parents = new Set(group.containers.flatMap((container) => [...(parentsIn.get(container)?.parents ?? [])]));
    return reportGroup(scene, group, [...parents]);
  });
}

function reportGroup(scene: Scene, group: ContainerGroup, parents: readonly Ordinal[]): Finding {
  const { view } = scene;
  const { anchor, bytes, count, samples } = group;
  const holder = scene.holders.nameOf(anchor);
  const sole = parents.filter((parent) => view.nodeType[view.dominator[parent]] === view.nodeTypes['sliced string']);
  const largestParent = parents.reduce((most, parent) => Math.max(most, view.rawSelfSize(parent)), 0);
  return {
    anchor,
    count,
    bytes,
    // One slice of many strings each is what a cache of identifiers does; many slices of one are a text that is worked on.
    strength: strengthOf(parents.length * 2 >= count ? 0.6 : 0.3, shareOfHolder(holder)),
    title: `${count} slices keep ${parents.length} ${parents.length === 1 ? 'string' : 'strings'} alive`,
    holder,
    evidence: [
      { label: 'slices', value: count },
      { label: 'strings that they are slices of', value: parents.length },
      { label: 'of which nothing but one slice keeps', value: sole.length },
      { label: 'bytes of those strings (at most so much is waste)', value: bytes },
      { label: 'bytes of the largest', value: largestParent },
    ],
    repair: 'Copy what goes into {holder}, e.g. through a Buffer: a slice keeps all of the string that it is from.',
    samples,
  };
}

function reportRopes(scene: Scene, ropes: readonly Ordinal[], limits: typeof LIMITS): Finding[] {
  const { view } = scene;
  const gathered = new ContainerGroups(scene);
  const partsOf = new Map<Ordinal, number>();
  for (const rope of ropes) {
    const parts = depthOf(view, rope) + 1;
    if (parts < limits.leastParts) continue;
    const { container } = keeperOf(scene, rope);
    partsOf.set(container, Math.max(parts, partsOf.get(container) ?? 0));
    gathered.add(container, parts, view.retainedSize[rope], rope);
  }
  return largest(gathered.all(), limits.mostFindings).map(({ anchor, bytes, count, samples }) => {
    const holder = scene.holders.nameOf(anchor);
    return {
      anchor,
      count,
      bytes,
      strength: strengthOf(0.3, shareOfHolder(holder)),
      title: `${count} parts of strings that are kept in pieces`,
      holder,
      evidence: [
        { label: 'parts', value: count },
        { label: 'parts of the largest', value: partsOf.get(anchor) ?? 0 },
      ],
      repair: 'Bound {holder}; collect parts in an array and join them, or write them out.',
      samples,
    };
  });
}

/** Joined strings below one another, along the larger part of each. A file may have cycles: no more steps than nodes. */
function depthOf(view: HeapView, rope: Ordinal): number {
  const names = namesIn(view);
  const joined = view.nodeTypes['concatenated string'];
  let depth = 0;
  let at = rope;
  while (depth < view.nodeCount && view.nodeType[at] === joined) {
    depth++;
    const first = names.internal(at, 'first');
    const second = names.internal(at, 'second');
    if (first < 0 && second < 0) break;
    at =
      isRope(view, second) && (!isRope(view, first) || view.retainedSize[second] > view.retainedSize[first])
        ? second
        : first;
    if (at < 0) break;
  }
  return depth;
}

function isRope(view: HeapView, node: Ordinal): boolean {
  return node >= 0 && view.nodeType[node] === view.nodeTypes['concatenated string'];
}
