import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { KIND, TAG } from '../graph/tags.js';
import { nodeUses } from '../rewrite/uses.js';
import { keptUses, TABLE_PROPERTIES, USE } from '../rewrite/vocabulary.js';
import { fingerprintOf } from '../waste/fingerprint.js';
import { Names } from '../waste/names.js';
import { Facts } from '../waste/string-facts.js';

/** UTF-16 units of a name that are shown. */
const MOST_UNITS = 120;

/**
 * What nodes are called in a picture. The name of a node that is a value (a text, a number, a pattern, a symbol) is data: its length and
 * fingerprint stand for it, as in a list of waste, unless values are asked for. An object whose property names may be data goes by its class.
 */
export class ShownNames {
  readonly #view: HeapView;
  readonly #showsValues: boolean;
  readonly #useOfType: Uint8Array;
  readonly #facts: Facts;
  /** By string index, of the few that are asked for. */
  readonly #kept = new Map<number, number>();

  constructor(view: HeapView, showsValues: boolean) {
    this.#view = view;
    this.#showsValues = showsValues;
    this.#useOfType = nodeUses(view.header);
    this.#facts = new Facts(view, new Names(view));
  }

  of(node: Ordinal): string {
    const { names, nodeType, nodeTypes, nodeName } = this.#view;
    if (this.#showsValues) return clipped(names.display(node));
    const use = this.#useOfType[nodeType[node]];
    // What V8 calls a concatenated string says nothing; what is shown of it is its text.
    const isText = nodeType[node] === nodeTypes['concatenated string'];
    const isKept = !isText && (this.#keptUses(nodeName[node]) & use) !== 0;
    if (!isKept && use === USE.value) return this.#fingerprint(node, names.display(node));
    return clipped(!isKept || this.#hasData(node) ? this.#view.className(node) : names.display(node));
  }

  #fingerprint(node: Ordinal, text: string): string {
    const length = this.#facts.isTruncated(node) ? this.#facts.int(node, 'length') : undefined;
    return `${length ?? text.length} characters, ${fingerprintOf(text)}`;
  }

  /** Whether the name of a plain object, which lists its properties, may have one that is no name. */
  #hasData(node: Ordinal): boolean {
    const { firstEdge, edgeType, edgeTypes, edgeName, nodeType, nodeTypes, nodeName, tags } = this.#view;
    if (nodeType[node] !== nodeTypes.object || (tags[nodeName[node]] & TAG.kind) !== KIND.object) return false;
    let properties = 0;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (edgeType[edge] !== edgeTypes.property) continue;
      if (++properties >= TABLE_PROPERTIES || (this.#keptUses(edgeName[edge]) & USE.property) === 0) return true;
    }
    return false;
  }

  #keptUses(index: number): number {
    let kept = this.#kept.get(index);
    if (kept === undefined) {
      kept = keptUses('names', this.#view.strings.text(index));
      this.#kept.set(index, kept);
    }
    return kept;
  }
}

/** A long name by its beginning and its length; never half of a character. */
function clipped(name: string): string {
  if (name.length <= MOST_UNITS) return name;
  const beginning = name.slice(0, MOST_UNITS).replace(/[\uD800-\uDBFF]$/, '');
  return `${beginning}… (${name.length} characters)`;
}
