const DIGITS = 8;
/** Entries of each column that make the key: a millisecond of hashing. */
const MOST_ENTRIES = 1 << 18;

/** What of a snapshot the key is made of: in which order it has its names, and how many edges each node has. */
interface Shape {
  readonly nodeName: Uint32Array;
  readonly firstEdge: Uint32Array;
}

/**
 * What is shown of texts in place of them: the first 8 hexadecimal digits of HMAC-SHA-256 over their UTF-8, keyed by the snapshot's own shape.
 * Equal texts of one snapshot have the same, in every run and report. Who has a report alone cannot try out what a short text may have been.
 */
export class Fingerprints {
  readonly #shape: Shape;
  #key: Uint8Array | undefined;

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  /** Makes the key ahead of the first text: a few milliseconds. */
  prepare(): Uint8Array {
    this.#key ??= keyOf(this.#shape);
    return this.#key;
  }

  of(text: string): string {
    // Dear to load, and needed for the few that are told.
    const { createHmac } = process.getBuiltinModule('node:crypto');
    return createHmac('sha256', this.prepare()).update(text, 'utf8').digest('hex').slice(0, DIGITS);
  }
}

function keyOf({ nodeName, firstEdge }: Shape): Uint8Array {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for (const column of [nodeName, firstEdge]) hash.update(column.slice(0, MOST_ENTRIES));
  return hash.digest();
}
