import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Detector, Finding, Scene } from './detector.js';
import { largest } from './groups.js';
import { namesIn } from './known-names.js';
import { Newest } from './newest.js';
import { NodeMarks } from './node-marks.js';
import { pathWithin, stepsOf } from './reaching.js';
import { shareOfHolder, strengthOf } from './strength.js';
import { retainedTogether } from './topmost.js';

const LIMITS = {
  /** Of registrations whose holdings reach their target. */
  leastDefects: 1,
  /** Of registrations with nothing wrong about them. */
  leastCells: 100,
  /** Registrations of one registry that are looked at one by one. */
  mostCells: 5000,
  mostFindings: 100,
};
/** Nodes that are looked at on the way from holdings to a target. */
const SEARCHED = 64;

/** D10: registrations that keep their own target alive, and registries that have got large. */
export const finalizationRegistry: Detector<typeof LIMITS> = {
  id: 'D10',
  name: 'finalization-registry',
  limits: LIMITS,
  objects: ['FinalizationRegistry'],
  detect(scene, limits) {
    const seen = new NodeMarks(scene.view);
    const findings = [...scene.objects('FinalizationRegistry')].flatMap((registry) => {
      const cells = cellsOf(scene.view, registry, seen);
      return report(scene, registry, cells, limits);
    });
    return largest(findings, limits.mostFindings);
  },
};

/**
 * Cells are in a list, and in lists by the token's hash. Every edge to a cell is followed; where a field is absent the numbers of the
 * hidden edges shift.
 */
function cellsOf(view: HeapView, registry: Ordinal, seen: NodeMarks): Ordinal[] {
  const cellName = namesIn(view).of('system / WeakCell');
  const cells: Ordinal[] = [];
  for (let next = -1; next < cells.length; next++) {
    const from = next < 0 ? registry : cells[next];
    for (let edge = view.firstEdge[from]; edge < view.firstEdge[from + 1]; edge++) {
      const to = view.edgeTo[edge];
      if (view.edgeType[edge] !== view.edgeTypes.hidden || !cellName.includes(view.nodeName[to]) || seen.of(to) !== 0)
        continue;
      seen.set(to, 1);
      cells.push(to);
    }
  }
  return cells;
}

interface Cell {
  /** -1 where it is gone, and the callback still to come. */
  readonly target: Ordinal;
  /** -1 where they are a small integer or nothing. */
  readonly holdings: Ordinal;
}

function readCell(view: HeapView, cell: Ordinal): Cell {
  const names = namesIn(view);
  const { edgeTypes, edgeType, edgeTo } = view;
  let holdings = -1;
  for (let edge = view.firstEdge[cell]; edge < view.firstEdge[cell + 1]; edge++) {
    const to = edgeTo[edge];
    const name = view.nodeName[to];
    if (edgeType[edge] !== edgeTypes.hidden || names.isEmpty(to) || names.of('system / WeakCell').includes(name))
      continue;
    // A registry as holdings of another one would be passed over: nobody does that.
    if (!names.of('FinalizationRegistry').includes(name)) holdings = to;
  }
  return { target: view.targetNamed(cell, edgeTypes.weak, names.of('target')), holdings };
}

interface Defects {
  readonly count: number;
  readonly bytes: number;
  /** Those of which nothing but the holdings keeps the target. */
  readonly sole: number;
  readonly waiting: number;
  readonly path: string;
  readonly newest: Newest;
}

function defectsAmong(scene: Scene, cells: readonly Ordinal[]): Defects {
  const { view } = scene;
  const newest = new Newest(view);
  let [count, waiting] = [0, 0];
  const alone: Ordinal[] = [];
  let path = '';
  for (const cell of cells) {
    const { target, holdings } = readCell(view, cell);
    if (target < 0) waiting++;
    if (target < 0 || holdings < 0) continue;
    const steps = pathWithin(view, holdings, target, SEARCHED);
    if (steps === undefined) continue;
    count++;
    newest.addOwn(target);
    if (path === '') path = `holdings${stepsOf(scene, steps)}`;
    if (!isBelow(view, target, cell)) continue;
    alone.push(cell);
  }
  // Cells are a list: each of them retains those behind it.
  return { count, bytes: retainedTogether(view, alone), sole: alone.length, waiting, path, newest };
}

function isBelow({ dominator }: HeapView, node: Ordinal, above: Ordinal): boolean {
  let at = node;
  for (let step = 0; step < SEARCHED && at !== above && dominator[at] !== at; step++) at = dominator[at];
  return at === above;
}

function report(scene: Scene, registry: Ordinal, cells: readonly Ordinal[], limits: typeof LIMITS): Finding[] {
  const looked = cells.slice(0, limits.mostCells);
  const defects = defectsAmong(scene, looked);
  const isDefect = defects.count >= limits.leastDefects;
  if (!isDefect && cells.length < limits.leastCells) return [];
  const { view } = scene;
  const holder = scene.holders.nameOf(registry);
  const newest = new Newest(view);
  for (const cell of looked) newest.addOwn(cell);
  const evidence = [
    { label: 'registrations', value: cells.length },
    { label: 'of which looked at', value: looked.length },
    { label: 'of which have lost their target', value: defects.waiting },
  ];
  if (!isDefect) {
    return [
      {
        anchor: registry,
        count: cells.length,
        bytes: view.retainedSize[registry],
        strength: strengthOf(0.2, shareOfHolder(holder)),
        title: `${cells.length} registrations in a FinalizationRegistry`,
        holder,
        evidence,
        repair: 'Call `unregister` of {holder} when a target is released by hand.',
        samples: newest.nodes,
      },
    ];
  }
  return [
    {
      anchor: registry,
      count: defects.count,
      bytes: defects.bytes,
      strength: strengthOf(defects.sole > 0 ? 0.9 : 0.4, shareOfHolder(holder)),
      title: `${defects.count} registrations whose holdings reach the target`,
      holder,
      evidence: [
        ...evidence,
        { label: 'path to the target', value: defects.path },
        { label: 'targets that nothing else keeps', value: defects.sole },
      ],
      repair:
        'Register with {holder} what does not refer to the target, and call `unregister` when it is released by hand.',
      samples: defects.newest.nodes,
    },
  ];
}
