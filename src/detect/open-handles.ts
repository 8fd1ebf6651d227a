import type { Ordinal } from '../base/types.js';
import type { Evidence, Finding, Scene } from './detector.js';
import { namesIn } from './known-names.js';
import { newestOf } from './newest.js';
import { strengthBetween } from './strength.js';
import { retainedTogether } from './topmost.js';

/** How an object of a class shows that it is open: it leads to its native part, or to another object. */
interface HandleClass {
  readonly name: string;
  readonly by: 'native' | '<symbol kHandle>' | 'socket';
  readonly end: string;
}

/** TCP is not among them: each Socket has one. */
const CLASSES: readonly HandleClass[] = [
  { name: 'Socket', by: '<symbol kHandle>', end: 'Call destroy() or end() on each of {holder} when it is done with.' },
  { name: 'Worker', by: '<symbol kHandle>', end: 'Call terminate() on each of {holder} when it is done with.' },
  { name: 'MessagePort', by: 'native', end: 'Call close() on each of {holder} when it is done with.' },
  // Those that Node keeps for the next connections have no socket.
  { name: 'HTTPParser', by: 'socket', end: 'End the connections that {holder} belong to.' },
];

/** One finding a class: how many are open says little in one snapshot, but much in a row of them. */
export function findingsOfHandles(scene: Scene, least: number): Finding[] {
  return CLASSES.flatMap((handles) => {
    const open = openOnes(scene, handles);
    return open.length < Math.max(least, 1) ? [] : [findingOf(scene, handles, open)];
  });
}

/** Prototypes have the class's name too, but nothing native. */
function openOnes({ view, objects }: Scene, { name, by }: HandleClass): Ordinal[] {
  const names = namesIn(view);
  const { object } = view.nodeTypes;
  const open: Ordinal[] = [];
  for (const node of objects(name)) {
    if (by === 'native') {
      if (names.internal(node, 'javascript_to_native') >= 0) open.push(node);
      continue;
    }
    const handle = names.property(node, by);
    if (handle >= 0 && view.nodeType[handle] === object) open.push(node);
  }
  return open;
}

function findingOf(scene: Scene, { name, end }: HandleClass, open: readonly Ordinal[]): Finding {
  const { view } = scene;
  const newest = newestOf(view, open);
  return {
    anchor: open[0],
    key: `open ${name} objects`,
    count: open.length,
    bytes: retainedTogether(view, open),
    strength: strengthBetween(open.length, [16, 0.05], [2000, 0.3]),
    title: `${open.length} open handles`,
    holder: { expression: `open ${name} objects`, kind: 'internal', container: open[0], place: undefined },
    evidence: [{ label: 'class', value: name }, ...heldBy(scene, newest[0])],
    repair: end,
    samples: newest,
  };
}

/** Left out where only Node's own objects lead to it. */
function heldBy({ holders }: Scene, handle: Ordinal): Evidence[] {
  const { kind, expression } = holders.holderOf(handle);
  return kind === 'internal' ? [] : [{ label: 'newest held by', value: expression }];
}
