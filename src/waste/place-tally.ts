import type { Bytes, Ordinal } from '../base/types.js';
import type { WasteItem, WasteKind, WasteName } from '../base/waste-types.js';
import { newestIds } from '../paths/id-sample.js';
import { holderOf, type WasteScene } from './scene.js';

/** Waste in one place: of all nodes that the root reaches in the same way. */
export interface PlaceRow {
  count: number;
  bytes: Bytes;
  reclaimable: Bytes;
  atMost: Bytes;
  /** The first is the largest. */
  readonly samples: Ordinal[];
  largest: Bytes;
}

const SAMPLES = 3;

/** Nodes that waste something, to be summed by place when it is known who holds them. Cost: four numbers a node. */
export class PlaceTally {
  readonly #nodes: Ordinal[] = [];
  readonly #bytes: Bytes[] = [];
  readonly #reclaimable: Bytes[] = [];
  readonly #atMost: Bytes[] = [];

  /** `bytes`: what it takes now; `reclaimable` and `atMost`: what is certainly, and at most, spent for nothing. */
  add(node: Ordinal, bytes: Bytes, reclaimable: Bytes, atMost: Bytes): void {
    this.#nodes.push(node);
    this.#bytes.push(bytes);
    this.#reclaimable.push(reclaimable);
    this.#atMost.push(atMost);
  }

  /** `least`: fewer in one place are not told and not summed. */
  kind(
    scene: WasteScene,
    kind: WasteName,
    note: (row: PlaceRow) => string,
    { least = 1, leftOut = '' } = {},
  ): WasteKind {
    const rows = [...this.#rows(scene).values()].filter(({ count }) => count >= least);
    const items = rows.sort(byWaste).slice(0, scene.top);
    return {
      ...summed(kind, rows),
      ...(leftOut && { note: leftOut }),
      items: items.map((row) => itemOf(scene, row, note(row))),
    };
  }

  #rows({ keyOf }: WasteScene): Map<bigint, PlaceRow> {
    const rows = new Map<bigint, PlaceRow>();
    for (const [at, node] of this.#nodes.entries()) {
      const key = keyOf(node);
      let row = rows.get(key);
      if (row === undefined) {
        row = { count: 0, bytes: 0, reclaimable: 0, atMost: 0, samples: [], largest: -1 };
        rows.set(key, row);
      }
      row.count++;
      row.bytes += this.#bytes[at];
      row.reclaimable += this.#reclaimable[at];
      row.atMost += this.#atMost[at];
      sample(row, node, this.#atMost[at]);
    }
    return rows;
  }
}

function sample(row: PlaceRow, node: Ordinal, atMost: Bytes): void {
  if (atMost > row.largest) {
    row.largest = atMost;
    row.samples.unshift(node);
  } else if (row.samples.length < SAMPLES) row.samples.push(node);
  if (row.samples.length > SAMPLES) row.samples.pop();
}

function itemOf(scene: WasteScene, row: PlaceRow, note: string): WasteItem {
  const { count, bytes, reclaimable, atMost, samples } = row;
  return {
    holder: holderOf(scene, samples[0]),
    className: scene.holders.className(samples[0]),
    ...{ count, bytes, reclaimable },
    ...(atMost > reclaimable && { atMost }),
    note,
    sampleIds: newestIds(scene.view, samples),
  };
}

/** What rows and kinds are ordered and summed by. */
export interface Waste {
  readonly count: number;
  readonly reclaimable: Bytes;
  readonly atMost?: Bytes;
}

/** Most reclaimable first; what is not certain comes after all that is. */
export function byWaste(a: Waste, b: Waste): number {
  return b.reclaimable - a.reclaimable || upper(b) - upper(a) || b.count - a.count;
}

/** A kind's figures from those of its items. */
export function summed(kind: WasteName, rows: readonly Waste[]): Omit<WasteKind, 'items'> {
  const sum = (figure: (row: Waste) => number) => rows.reduce((total, row) => total + figure(row), 0);
  const reclaimable = sum((row) => row.reclaimable);
  const atMost = sum(upper);
  return {
    kind,
    reclaimable,
    ...(atMost > reclaimable && { atMost }),
    count: sum(({ count }) => count),
    itemCount: rows.length,
  };
}

function upper({ reclaimable, atMost = reclaimable }: Waste): Bytes {
  return Math.max(reclaimable, atMost);
}
