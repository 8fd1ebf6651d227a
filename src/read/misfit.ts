/**
 * A value that no column takes: number `index` of `section`. The caller reads the file again to find the value and its
 * place, which costs nothing as long as files are right.
 */
export class MisfitError extends Error {
  readonly section: string;
  readonly index: number;
  readonly #what: string;
  readonly #expected: string;

  /** `what` names the kind of value, as `string index`. */
  constructor(section: string, index: number, what: string, expected: string) {
    super(`${section}: number ${index} does not fit`);
    this.section = section;
    this.index = index;
    this.#what = what;
    this.#expected = expected;
  }

  /** The message once the value has been found. */
  describe(found: string): string {
    return `${this.section}: found ${this.#what} ${found}, expected ${this.#expected}`;
  }
}
