import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { type ContainerGroup, ContainerGroups } from './container-groups.js';
import type { Detector, Finding, Scene } from './detector.js';
import { largest } from './groups.js';
import { keeperOf } from './keeper.js';
import { namesIn } from './known-names.js';
import { shareOfHolder, strengthOf } from './strength.js';

const LIMITS = { leastDead: 10, leastPercentDead: 50, mostFindings: 100 };

/** D9: WeakRefs whose target is gone while the slot that they lie in is kept. */
export const deadWeakrefs: Detector<typeof LIMITS> = {
  id: 'D9',
  name: 'dead-weakrefs',
  limits: LIMITS,
  objects: ['WeakRef'],
  detect(scene, limits) {
    const refs = scene.objects('WeakRef');
    if (refs.length < limits.leastDead) return [];
    const { dead, alive } = sortByTarget(scene.view, refs);
    if (dead.length < limits.leastDead) return [];
    const gathered = new ContainerGroups(scene);
    for (const ref of dead) {
      const { container, entry } = keeperOf(scene, ref);
      gathered.add(container, 1, scene.view.retainedSize[entry], entry);
    }
    const aliveIn = countByKeeper(scene, alive);
    const groups = gathered.all().filter(({ count }) => count >= limits.leastDead);
    return largest(groups, limits.mostFindings).flatMap((group) => report(scene, group, aliveIn, limits));
  },
};

/** The prototype of the class has its name too, and no target. */
function sortByTarget(view: HeapView, refs: readonly Ordinal[]): { dead: Ordinal[]; alive: Ordinal[] } {
  const names = namesIn(view);
  const { property, weak } = view.edgeTypes;
  const dead: Ordinal[] = [];
  const alive: Ordinal[] = [];
  for (const ref of refs) {
    if (view.edgeNamed(ref, weak, names.of('target')) >= 0) alive.push(ref);
    else if (view.edgeNamed(ref, property, names.of('constructor')) < 0) dead.push(ref);
  }
  return { dead, alive };
}

function countByKeeper(scene: Scene, refs: readonly Ordinal[]): Map<Ordinal, number> {
  const counts = new Map<Ordinal, number>();
  for (const ref of refs) {
    const { container } = keeperOf(scene, ref);
    counts.set(container, (counts.get(container) ?? 0) + 1);
  }
  return counts;
}

function report(
  scene: Scene,
  { anchor, bytes, containers, count, samples }: ContainerGroup,
  aliveIn: ReadonlyMap<Ordinal, number>,
  limits: typeof LIMITS,
): Finding[] {
  const total = count + containers.reduce((sum, container) => sum + (aliveIn.get(container) ?? 0), 0);
  const percent = Math.round((100 * count) / total);
  if (percent < limits.leastPercentDead) return [];
  const holder = scene.holders.nameOf(anchor);
  return [
    {
      anchor,
      count,
      bytes,
      strength: strengthOf(0.7, percent / 100, shareOfHolder(holder)),
      title: `${count} of ${total} WeakRefs have lost their target`,
      holder,
      evidence: [
        { label: 'dead', value: count },
        { label: 'all', value: total },
        { label: 'bytes of the entries that hold dead ones', value: bytes },
        { label: 'bytes of the holder', value: scene.view.retainedSize[anchor] },
        { label: 'holders of this kind', value: containers.length },
      ],
      repair: 'Prune dead entries of {holder}: the slot and its record stay when the target goes.',
      samples,
    },
  ];
}
