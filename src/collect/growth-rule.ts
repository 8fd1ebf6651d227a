/** What the rule looks at. */
export interface RuleSample {
  /** Milliseconds of a clock that only goes on. */
  readonly ts: number;
  /** Bytes in use behind the last full collection; undefined before the first. */
  readonly live: number | undefined;
  /** Whether that has garbage in it, for it could not be looked at just behind the collection. */
  readonly isLate?: boolean;
}

/** Samples at the start during which a program warms up. */
const WARM_UP = 3;

/**
 * Says when a snapshot is due: the first one when the program has warmed up, and each further one when what full collections leave has grown by so
 * much since the last one, and so much time has passed. What small collections leave is no measure: it has all that has got old and died. Of
 * values with garbage in them the least of as much time counts: a program that makes a lot in long turns would seem to grow and shrink.
 */
export class GrowthRule {
  readonly #growth: number;
  readonly #distance: number;
  #samples = 0;
  /** Since the last snapshot, as far back as the distance: what is less than all behind it, so the first is the least. */
  readonly #recent: { readonly ts: number; readonly live: number }[] = [];
  #last: { readonly ts: number; readonly level: number } | undefined;

  constructor(growth: number, distance: number) {
    this.#growth = growth;
    this.#distance = distance;
  }

  isDue({ ts, live, isLate = false }: RuleSample): boolean {
    this.#samples++;
    this.#remember(ts, live);
    if (this.#samples < WARM_UP) return false;
    if (this.#last === undefined) return true;
    if (live === undefined || ts - this.#last.ts < this.#distance) return false;
    const level = isLate ? this.#recent[0].live : live;
    return level - this.#last.level >= this.#growth;
  }

  #remember(ts: number, live: number | undefined): void {
    const recent = this.#recent;
    while (recent.length > 0 && ts - recent[0].ts > this.#distance) recent.shift();
    if (live === undefined) return;
    while (recent.length > 0 && recent[recent.length - 1].live >= live) recent.pop();
    recent.push({ ts, live });
  }

  /** A snapshot is a full collection: what is in use behind it is what lives. */
  taken(ts: number, used: number): void {
    this.#last = { ts, level: used };
    this.#recent.length = 0;
  }
}
