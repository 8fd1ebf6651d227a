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

/** Sums waste by place. */
export class PlaceTally {
  readonly #scene: WasteScene;
  readonly #rows = new Map<number, PlaceRow>();

  constructor(scene: WasteScene) {
    this.#scene = scene;
  }

  /** `bytes`: what it takes now; `reclaimable` and `atMost`: what is certainly, and at most, spent for nothing. */
  add(node: Ordinal, bytes: Bytes, reclaimable: Bytes, atMost: Bytes): void {
    const group = this.#scene.groupOf[node];
    let row = this.#rows.get(group);
    if (row === undefined) {
      row = { count: 0, bytes: 0, reclaimable: 0, atMost: 0, samples: [], largest: -1 };
      this.#rows.set(group, row);
    }
    row.count++;
    row.bytes += bytes;
    row.reclaimable += reclaimable;
    row.atMost += atMost;
    if (atMost > row.largest) {
      row.largest = atMost;
      row.samples.unshift(node);
    } else if (row.samples.length < SAMPLES) row.samples.push(node);
    if (row.samples.length > SAMPLES) row.samples.pop();
  }

  /** `least`: fewer in one place are not told and not summed. */
  kind(kind: WasteName, note: (row: PlaceRow) => string, { least = 1, leftOut = '' } = {}): WasteKind {
    const rows = [...this.#rows.values()].filter(({ count }) => count >= least);
    const items = rows.sort(byWaste).slice(0, this.#scene.top);
    return {
      ...summed(kind, rows),
      ...(leftOut && { note: leftOut }),
      items: items.map((row) => this.#item(row, note(row))),
    };
  }

  #item(row: PlaceRow, note: string): WasteItem {
    const { count, bytes, reclaimable, atMost, samples } = row;
    return {
      holder: holderOf(this.#scene, samples[0]),
      className: this.#scene.holders.className(samples[0]),
      ...{ count, bytes, reclaimable },
      ...(atMost > reclaimable && { atMost }),
      note,
      sampleIds: newestIds(this.#scene.view, samples),
    };
  }
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
