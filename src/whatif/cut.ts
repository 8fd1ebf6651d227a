import { SnapshotError } from '../base/errors.js';

/** What is taken away, as an expression says it. */
export interface Cut {
  readonly expression: string;
  readonly from: CutSource;
  /** From there on; none where nodes are cut. The last one is the edge that is cut. */
  readonly steps: readonly CutStep[];
}

export type CutSource =
  | { readonly kind: 'node'; readonly id: number }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'global' };

/** An edge by its name, or an element by its number. */
export type CutStep = string | number;

const ID = /@(\d{1,16})/y;
const CLASS = /class:/y;
const GLOBAL = /global(?=[.[]|$)/y;
const DOT = /\./y;
const NUMBER = /\[(\d{1,10})\]/y;
const OPEN = /\[(?=")/y;
const CLOSE = /\]/y;
const BARE = /[^.["\]]+/y;
const QUOTED = /"(?:[^"\\]|\\.)*"/y;

/**
 * Reads what `--cut` takes:
 *
 *     @123                  the node with that id
 *     class:Name            all objects of that class
 *     @123.name             the edges of that name that the node has: a property, a variable of a context, or V8's own (`table`)
 *     @123[5]               its element 5
 *     class:Name.prop       that edge of every object of the class
 *     global.a.b["c"]       a path from the global objects: its last edge
 *
 * A name ends at a `.` or a `[`, and may be any text as a JSON string: `class:"a.b"`, `@123["odd name"]`. Throws a `SnapshotError`
 * with the code `CUT` for anything else.
 */
export function parseCut(expression: string): Cut {
  const reader = new Reader(expression);
  const from = readSource(reader);
  const steps: CutStep[] = [];
  while (!reader.isAtEnd) steps.push(readStep(reader));
  if (from.kind === 'global' && steps.length === 0) throw reader.unexpected('a property, as in global.cache');
  if (from.kind !== 'global' && steps.length > 1) {
    throw cutError(expression, `${steps.length} steps, expected at most one: only paths from global have more`);
  }
  return { expression, from, steps };
}

function readSource(reader: Reader): CutSource {
  const id = reader.take(ID);
  if (id !== undefined) return { kind: 'node', id: Number(id[1]) };
  if (reader.take(CLASS)) return { kind: 'class', name: reader.name() };
  if (reader.take(GLOBAL)) return { kind: 'global' };
  throw reader.unexpected('@ID, class:NAME or global.NAME');
}

function readStep(reader: Reader): CutStep {
  if (reader.take(DOT)) return reader.name();
  const number = reader.take(NUMBER);
  if (number) return Number(number[1]);
  if (!reader.take(OPEN)) throw reader.unexpected('.NAME, [NUMBER] or ["NAME"]');
  const name = reader.name();
  if (!reader.take(CLOSE)) throw reader.unexpected('a ]');
  return name;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** What a sticky pattern matches here, which is then behind. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text) ?? undefined;
    if (match) this.#at += match[0].length;
    return match;
  }

  name(): string {
    const bare = this.take(BARE);
    if (bare) return bare[0];
    const start = this.#at;
    const quoted = this.take(QUOTED);
    try {
      if (quoted) return JSON.parse(quoted[0]) as string;
    } catch {
      this.#at = start;
      throw this.unexpected('a JSON string');
    }
    throw this.unexpected('a name, or one as a JSON string');
  }

  unexpected(expected: string): SnapshotError {
    const rest = this.#text.slice(this.#at, this.#at + 40);
    return cutError(this.#text, `${rest === '' ? 'its end' : JSON.stringify(rest)}, expected ${expected}`);
  }
}

/** Of an expression that is none, or that nothing in the snapshot matches. */
export function cutError(expression: string, found: string): SnapshotError {
  return new SnapshotError('CUT', `cut ${expression.slice(0, 200)}: found ${found}`);
}
