import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { StringTable } from '../read/string-table.js';
import type { CutStep } from './cut.js';

const UNKNOWN = 0;
const EQUAL = 1;
const OTHER = 2;
/** One UTF-16 unit as `\uXXXX`. */
const LONGEST_UNIT = 6;

/** Which strings of a file are one text. Compares each at most once, however many edges have it for a name. */
class TextMatch {
  readonly #strings: StringTable;
  readonly #text: string;
  readonly #known: Uint8Array;

  constructor(strings: StringTable, text: string) {
    this.#strings = strings;
    this.#text = text;
    this.#known = new Uint8Array(strings.count);
  }

  has(index: number): boolean {
    if (this.#known[index] === UNKNOWN) this.#known[index] = this.#compare(index) ? EQUAL : OTHER;
    return this.#known[index] === EQUAL;
  }

  /** By its text: a file may escape what it likes. */
  #compare(index: number): boolean {
    const bytes = this.#strings.byteLength(index);
    const units = this.#text.length;
    return bytes >= units && bytes <= LONGEST_UNIT * units && this.#strings.text(index) === this.#text;
  }
}

/** The edges of a node that one step of a cut means. */
export class EdgeMatch {
  readonly #view: HeapView;
  readonly #step: CutStep;
  readonly #text: TextMatch | undefined;

  constructor(view: HeapView, step: CutStep) {
    this.#view = view;
    this.#step = step;
    if (typeof step === 'string') this.#text = new TextMatch(view.strings, step);
  }

  /**
   * Properties, elements and variables of contexts; V8's own edges only where none of those has the name, or `global.map` would cut the
   * object's shape, too.
   */
  of(node: Ordinal): number[] {
    const { firstEdge } = this.#view;
    const named: number[] = [];
    const internal: number[] = [];
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (this.#isNamed(edge)) named.push(edge);
      else if (named.length === 0 && this.#isInternal(edge)) internal.push(edge);
    }
    return named.length > 0 ? named : internal;
  }

  #isNamed(edge: number): boolean {
    const { edgeType, edgeName, edgeTypes } = this.#view;
    const type = edgeType[edge];
    if (this.#text === undefined) return type === edgeTypes.element && edgeName[edge] === this.#step;
    return (type === edgeTypes.property || type === edgeTypes.context) && this.#text.has(edgeName[edge]);
  }

  #isInternal(edge: number): boolean {
    const { edgeType, edgeName, edgeTypes } = this.#view;
    return edgeType[edge] === edgeTypes.internal && this.#text?.has(edgeName[edge]) === true;
  }
}
