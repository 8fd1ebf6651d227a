import type { Bytes, Ordinal } from '../base/types.js';
import { type ContainerGroup, ContainerGroups } from './container-groups.js';
import type { Detector, Evidence, Finding, Scene } from './detector.js';
import { largest } from './groups.js';
import { keeperOf } from './keeper.js';
import { namesIn } from './known-names.js';
import { shareOfHolder, strengthOf } from './strength.js';

const LIMITS = {
  /** Of all buffers that are held in the same way. */
  leastBytes: 64 << 10,
  /** From this number on buffers accumulate; fewer are a pattern only where they are large. */
  leastBuffers: 10,
  leastBytesOfFew: 1 << 20,
  mostFindings: 100,
};

const BUFFERS = ['ArrayBuffer', 'SharedArrayBuffer'];
const VIEWS = [
  'Buffer',
  'FastBuffer',
  'DataView',
  'Uint8Array',
  'Int8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
];
/** What Node cuts small Buffers from: 8 KiB, since 24 64 KiB, on Node 26 with room for alignment. */
const SLABS: ReadonlySet<Bytes> = new Set([8192, 65_536, 65_600]);

/** D13: memory outside of the heap that views keep, be they ever so small. */
export const bufferRetention: Detector<typeof LIMITS> = {
  id: 'D13',
  name: 'buffer-retention',
  limits: LIMITS,
  objects: [...BUFFERS, ...VIEWS],
  detect(scene, limits) {
    const stores = storesOf(scene);
    const gathered = new ContainerGroups(scene);
    const inContainer = new Map<Ordinal, Store[]>();
    for (const store of stores) {
      const { container, entry } = keeperOf(scene, store.holder);
      gathered.add(container, 1, store.bytes, entry);
      const known = inContainer.get(container);
      if (known) known.push(store);
      else inContainer.set(container, [store]);
    }
    const groups = gathered.all().filter(({ bytes, count }) => {
      return bytes >= limits.leastBytes && (count >= limits.leastBuffers || bytes >= limits.leastBytesOfFew);
    });
    return largest(groups, limits.mostFindings).map((group) => {
      const held = group.containers.flatMap((container) => inContainer.get(container) ?? []);
      return report(scene, group, held, limits);
    });
  },
};

/** One piece of memory. Buffers that share it count once. */
interface Store {
  readonly bytes: Bytes;
  /** The view through which it is held; the buffer itself where there is none. */
  readonly holder: Ordinal;
  /** So many views as are known by name: those of a program's own classes are not. */
  readonly views: number;
}

function storesOf(scene: Scene): Store[] {
  const { view, parentOf } = scene;
  const names = namesIn(view);
  const views = viewsByBuffer(scene);
  const seen = new Set<Ordinal>();
  const stores: Store[] = [];
  for (const name of BUFFERS) {
    for (const buffer of scene.objects(name)) {
      const backing = names.internal(buffer, 'backing_store');
      if (backing < 0 || seen.has(backing)) continue;
      seen.add(backing);
      const above = parentOf[buffer];
      const isView = above < view.nodeCount && names.internal(above, 'buffer') === buffer;
      const count = views.get(buffer) ?? 0;
      stores.push({ bytes: view.rawSelfSize(backing), holder: isView ? above : buffer, views: count });
    }
  }
  return stores;
}

function viewsByBuffer(scene: Scene): Map<Ordinal, number> {
  const names = namesIn(scene.view);
  const counts = new Map<Ordinal, number>();
  for (const name of VIEWS) {
    for (const view of scene.objects(name)) {
      const buffer = names.internal(view, 'buffer');
      if (buffer >= 0) counts.set(buffer, (counts.get(buffer) ?? 0) + 1);
    }
  }
  return counts;
}

function report(scene: Scene, group: ContainerGroup, stores: readonly Store[], limits: typeof LIMITS): Finding {
  const { anchor, bytes, count, samples } = group;
  const holder = scene.holders.nameOf(anchor);
  const slabs = stores.filter((store) => SLABS.has(store.bytes)).length;
  const isPooled = slabs * 2 > stores.length;
  const isMany = count >= limits.leastBuffers;
  return {
    anchor,
    count,
    bytes,
    // Slabs hold up to a few thousand Buffers at once: that they are kept says little about how much of them is used.
    strength: strengthOf(isMany ? (isPooled ? 0.4 : 0.5) : 0.2, shareOfHolder(holder)),
    title: `${count} ${count === 1 ? 'buffer' : 'buffers'} outside of the heap`,
    holder,
    evidence: evidenceOf(stores, bytes, slabs, isPooled),
    repair: isPooled
      ? 'Fill {holder} from `Buffer.allocUnsafeSlow`: a small Buffer keeps all of the slab that Node cut it from.'
      : 'Bound {holder}, and copy what is only a part with `Buffer.from(slice)`: a view keeps all of its buffer.',
    samples,
  };
}

function evidenceOf(stores: readonly Store[], bytes: Bytes, slabs: number, isPooled: boolean): Evidence[] {
  const views = stores.reduce((sum, store) => sum + store.views, 0);
  const evidence: Evidence[] = [
    { label: 'bytes outside of the heap', value: bytes },
    { label: 'views of them', value: views },
    { label: 'largest buffer', value: stores.reduce((most, store) => Math.max(most, store.bytes), 0) },
  ];
  if (slabs > 0) evidence.push({ label: "buffers of the size of the pool's slabs", value: slabs });
  if (isPooled) evidence.push({ label: 'waste', value: 'what no view covers; lengths of views are not known' });
  return evidence;
}
