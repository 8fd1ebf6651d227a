/** What the rule looks at. */
export interface RuleSample {
  readonly ts: number;
  /** Bytes in use. */
  readonly used: number;
  /** The same behind the last full collection, where there has been one since the last snapshot. */
  readonly live: number | undefined;
}

/** Samples at the start during which a program warms up. */
const WARM_UP = 3;
/** Samples of which the least stands for what lives, as long as there has been no full collection: some of them follow a small one. */
const WINDOW = 12;

/**
 * Says when a snapshot is due: the first one when the program has warmed up, and each further one when what collections leave has grown by so
 * much since the last one, and so much time has passed.
 */
export class GrowthRule {
  readonly #growth: number;
  readonly #distance: number;
  readonly #recent: number[] = [];
  #samples = 0;
  #last: { readonly ts: number; readonly level: number } | undefined;

  constructor(growth: number, distance: number) {
    this.#growth = growth;
    this.#distance = distance;
  }

  isDue({ ts, used, live }: RuleSample): boolean {
    this.#samples++;
    this.#recent.push(used);
    if (this.#recent.length > WINDOW) this.#recent.shift();
    if (this.#samples < WARM_UP) return false;
    if (this.#last === undefined) return true;
    const level = live ?? (this.#recent.length === WINDOW ? Math.min(...this.#recent) : undefined);
    if (level === undefined || ts - this.#last.ts < this.#distance) return false;
    return level - this.#last.level >= this.#growth;
  }

  /** A snapshot is a full collection: what is in use behind it is what lives. */
  taken(ts: number, used: number): void {
    this.#last = { ts, level: used };
    this.#recent.length = 0;
  }
}
