/** What the rule looks at. */
export interface RuleSample {
  readonly ts: number;
  /** Bytes in use behind the last full collection; undefined before the first. */
  readonly live: number | undefined;
}

/** Samples at the start during which a program warms up. */
const WARM_UP = 3;

/**
 * Says when a snapshot is due: the first one when the program has warmed up, and each further one when what full collections leave has grown by so
 * much since the last one, and so much time has passed. What small collections leave is no measure: it has all that has got old and died.
 */
export class GrowthRule {
  readonly #growth: number;
  readonly #distance: number;
  #samples = 0;
  #last: { readonly ts: number; readonly level: number } | undefined;

  constructor(growth: number, distance: number) {
    this.#growth = growth;
    this.#distance = distance;
  }

  isDue({ ts, live }: RuleSample): boolean {
    this.#samples++;
    if (this.#samples < WARM_UP) return false;
    if (this.#last === undefined) return true;
    if (live === undefined || ts - this.#last.ts < this.#distance) return false;
    return live - this.#last.level >= this.#growth;
  }

  /** A snapshot is a full collection: what is in use behind it is what lives. */
  taken(ts: number, used: number): void {
    this.#last = { ts, level: used };
  }
}
