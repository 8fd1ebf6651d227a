/** Neighbouring samples of one metric, summed up. */
export interface Bucket {
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly least: number;
  readonly most: number;
  readonly last: number;
}

const FIRST_ROOM = 64;

/**
 * A series of any length in bounded memory: once it has `most` buckets, each two neighbours become one, and from then on a bucket takes twice
 * as many samples. No least or largest value is ever lost. Cost: amortised O(1) a sample; 48 bytes a bucket.
 */
export class BoundedSeries {
  readonly #most: number;
  /** Samples a bucket takes. */
  #every = 1;
  #size = 0;
  #first = Number.NaN;
  #count = 0;
  #columns = columnsFor(FIRST_ROOM);

  /** `most`: an even number. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Samples. */
  get count(): number {
    return this.#count;
  }

  /** The very first value, which its bucket may have forgotten; NaN where there is none. */
  get first(): number {
    return this.#first;
  }

  get size(): number {
    return this.#size;
  }

  add(ts: number, value: number): void {
    const { to, counts, least, most, last } = this.#columns;
    if (this.#count++ === 0) this.#first = value;
    const at = this.#size - 1;
    if (at >= 0 && counts[at] < this.#every) {
      to[at] = ts;
      counts[at]++;
      if (value < least[at]) least[at] = value;
      if (value > most[at]) most[at] = value;
      last[at] = value;
      return;
    }
    if (this.#size === this.#most) this.#halve();
    if (this.#size === this.#columns.from.length) this.#columns = grown(this.#columns);
    // Halving and growing replace or shorten the columns.
    this.#append(ts, value);
  }

  bucket(at: number): Bucket {
    const { from, to, counts, least, most, last } = this.#columns;
    return { from: from[at], to: to[at], count: counts[at], least: least[at], most: most[at], last: last[at] };
  }

  buckets(): Bucket[] {
    return Array.from({ length: this.#size }, (_, at) => this.bucket(at));
  }

  #append(ts: number, value: number): void {
    const { from, to, counts, least, most, last } = this.#columns;
    const at = this.#size++;
    from[at] = ts;
    to[at] = ts;
    counts[at] = 1;
    least[at] = value;
    most[at] = value;
    last[at] = value;
  }

  #halve(): void {
    const { from, to, counts, least, most, last } = this.#columns;
    for (let at = 0; at < this.#size / 2; at++) {
      const [one, other] = [2 * at, 2 * at + 1];
      from[at] = from[one];
      to[at] = to[other];
      counts[at] = counts[one] + counts[other];
      least[at] = Math.min(least[one], least[other]);
      most[at] = Math.max(most[one], most[other]);
      last[at] = last[other];
    }
    this.#size /= 2;
    this.#every *= 2;
  }
}

interface Columns {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly counts: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly last: Float64Array;
}

function columnsFor(room: number): Columns {
  const column = () => new Float64Array(room);
  return { from: column(), to: column(), counts: column(), least: column(), most: column(), last: column() };
}

function grown(columns: Columns): Columns {
  const larger = columnsFor(2 * columns.from.length);
  for (const key of Object.keys(larger) as (keyof Columns)[]) larger[key].set(columns[key]);
  return larger;
}
