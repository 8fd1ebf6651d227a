import type { HeapView } from '../analysis/heap-view.js';
import { boundBeside } from './bounds.js';
import { type ContainerGroup, ContainerGroups } from './container-groups.js';
import { slotsOf } from './containers.js';
import type { Detector, Evidence, Finding, Scene } from './detector.js';
import { largest } from './groups.js';
import { type HashTable, hashTableOf, keysOf, visibleEntries } from './hash-tables.js';
import { type KeyKind, kindOfKeys } from './key-kinds.js';
import { namesIn } from './known-names.js';
import { newestIn } from './newest.js';
import { shareOfHolder, strengthOf } from './strength.js';

const LIMITS = {
  leastEntries: 50,
  /** For tables of which a snapshot shows no entry, since keys and values are numbers. */
  leastHiddenCapacity: 1024,
  mostFindings: 100,
};
/** The least number of slots an entry has: in a Set. */
const SLOTS_PER_ENTRY = 2.5;
/** Keys that are looked at for their kind. */
const SAMPLED_KEYS = 48;

/** Keys of what arrives say more than names that someone chose. */
const STRENGTHS: Readonly<Record<KeyKind, number>> = {
  ascending: 0.7,
  times: 0.7,
  ids: 0.7,
  objects: 0.6,
  texts: 0.5,
  numbers: 0.5,
  hidden: 0.4,
};

/** D1: Maps and Sets that have got large. */
export const unboundedMap: Detector<typeof LIMITS> = {
  id: 'D1',
  name: 'unbounded-map',
  limits: LIMITS,
  objects: ['Map', 'Set'],
  least: ({ leastEntries }) => ({ slots: SLOTS_PER_ENTRY * leastEntries }),
  detect(scene, limits) {
    const tables = tablesOf(scene, limits);
    const gathered = new ContainerGroups(scene);
    for (const { owner, count } of tables.values()) gathered.add(owner, count, scene.view.retainedSize[owner]);
    return largest(gathered.all(), limits.mostFindings).flatMap((group) => {
      const table = tables.get(group.anchor);
      return table === undefined ? [] : [report(scene, group, table)];
    });
  },
};

interface CountedTable extends HashTable {
  readonly visible: number;
  readonly holes: number;
  /** At least so many entries: those that are shown, and a quarter of the capacity, below which a table would have shrunk. */
  readonly count: number;
}

/** Large tables by owner. Cost: the edges of all Maps and Sets, and of large tables. */
function tablesOf(scene: Scene, limits: typeof LIMITS): Map<number, CountedTable> {
  const { view } = scene;
  const names = namesIn(view);
  const found = new Map<number, CountedTable>();
  const consider = (owner: number, array: number) => {
    const table = found.has(owner) ? undefined : hashTableOf(view, owner, array);
    const counted = table && countEntries(view, table, limits);
    if (counted) found.set(owner, counted);
  };
  for (const name of unboundedMap.objects ?? []) {
    for (const owner of scene.objects(name)) {
      const table = names.internal(owner, 'table');
      if (table >= 0 && mayBeLarge(view, table, limits)) consider(owner, table);
    }
  }
  // Classes that extend Map or Set have names of their own. A table that something else holds too, an iterator say, is passed over.
  const noName = names.of('');
  for (const array of scene.candidates.largeArrays(SLOTS_PER_ENTRY * limits.leastEntries)) {
    if (!noName.includes(view.nodeName[array])) continue;
    const owner = view.dominator[array];
    if (view.nodeType[owner] === view.nodeTypes.object && names.internal(owner, 'table') === array)
      consider(owner, array);
  }
  return found;
}

function mayBeLarge(view: HeapView, table: number, limits: typeof LIMITS): boolean {
  return slotsOf(view, table) >= SLOTS_PER_ENTRY * limits.leastEntries;
}

function countEntries(view: HeapView, table: HashTable, limits: typeof LIMITS): CountedTable | undefined {
  const entries = visibleEntries(view, table);
  const isHidden = entries.visible < limits.leastEntries;
  if (isHidden && table.capacity < limits.leastHiddenCapacity) return undefined;
  return { ...table, ...entries, count: Math.max(entries.visible, table.capacity / 4) };
}

function report(scene: Scene, group: ContainerGroup, table: CountedTable): Finding {
  const { view } = scene;
  const { anchor, bytes, containers, count } = group;
  const holder = scene.holders.nameOf(anchor);
  const keys = kindOfKeys(view, keysOf(view, table, SAMPLED_KEYS), table.visible > 0);
  const bound = boundBeside(scene, anchor);
  const kind = table.isMap ? 'Map' : 'Set';
  const where = containers.length === 1 ? `a ${kind}` : `${containers.length} ${kind}s`;
  return {
    anchor,
    count,
    bytes,
    strength: strengthOf(STRENGTHS[keys], shareOfHolder(holder)),
    ...(bound?.share && { bounded: bound.share }),
    title: `at least ${count} entries in ${where}`,
    holder,
    evidence: evidenceOf(table, containers.length, keys, bound?.name),
    repair:
      keys === 'objects'
        ? 'Delete entries of {holder} when they are done with, or use a WeakMap or WeakSet in its place.'
        : 'Cap {holder} (LRU or TTL), delete its entries on close, or key a WeakMap by the object.',
    samples: newestIn(view, containers),
  };
}

function evidenceOf(table: CountedTable, containers: number, keys: KeyKind, bound: string | undefined): Evidence[] {
  const evidence: Evidence[] = [
    { label: 'entries shown', value: table.visible },
    { label: 'capacity', value: table.capacity },
    { label: 'keys', value: keys },
  ];
  if (table.holes > 0) evidence.push({ label: 'deleted entries still shown', value: table.holes });
  if (containers > 1) evidence.push({ label: 'containers of this kind, the largest one described', value: containers });
  if (bound !== undefined) evidence.push({ label: 'possible bound beside it', value: bound });
  return evidence;
}
