/** More than a person looks at: what is wanted is asked for again. */
const MOST_WAITING = 4;

/** Work that waits for its turn. What was asked for last comes first, since whoever goes through a list waits for where it ends; what was asked for longest ago is forgotten. */
export class LatestFirst<T extends number | string> {
  readonly #waiting = new Set<T>();

  has(one: T): boolean {
    return this.#waiting.has(one);
  }

  /** Also of one that waits already. What is forgotten for it, if anything is. */
  add(one: T): T | undefined {
    this.#waiting.delete(one);
    this.#waiting.add(one);
    if (this.#waiting.size <= MOST_WAITING) return undefined;
    const [oldest] = this.#waiting;
    this.#waiting.delete(oldest);
    return oldest;
  }

  take(): T | undefined {
    const latest = [...this.#waiting].at(-1);
    if (latest !== undefined) this.#waiting.delete(latest);
    return latest;
  }

  clear(): void {
    this.#waiting.clear();
  }
}
