import type { Fingerprints } from '../analysis/fingerprints.js';
import type { Ordinal } from '../base/types.js';
import { Names, type NamedView as TextNames } from '../waste/names.js';
import { Facts, type FactView } from '../waste/string-facts.js';
import { DataNames, type NamedNodes } from './data-names.js';

/** UTF-16 units of a name that are shown. */
const MOST_UNITS = 120;

/** What of a snapshot names are told from. */
export interface NamedView extends NamedNodes, TextNames, FactView {
  readonly edgeTypes: TextNames['edgeTypes'];
  readonly fingerprints: Fingerprints;
}

/**
 * What nodes are called in a picture. The name of a node that is a value (a text, a number, a pattern, a symbol) is data: its length and
 * fingerprint stand for it, as in a list of waste, unless values are asked for. An object whose property names may be data goes by its class,
 * which of many alike ones is told by what they have in common.
 */
export class ShownNames {
  readonly #view: NamedView;
  readonly #showsValues: boolean;
  readonly #data: DataNames;
  readonly #facts: Facts;

  constructor(view: NamedView, showsValues: boolean) {
    this.#view = view;
    this.#showsValues = showsValues;
    this.#data = new DataNames(view);
    this.#facts = new Facts(view, new Names(view));
  }

  /** Undefined for a node that goes by its class. */
  of(node: Ordinal): string | undefined {
    const { names } = this.#view;
    const isName = this.#showsValues || this.#data.isName(node);
    if (!isName && this.#data.isValue(node)) return this.#fingerprint(node, names.display(node));
    const isShown = this.#showsValues || (isName && !this.#data.listsData(node));
    return isShown ? clipped(names.display(node)) : undefined;
  }

  #fingerprint(node: Ordinal, text: string): string {
    const length = this.#facts.isTruncated(node) ? this.#facts.int(node, 'length') : undefined;
    return `${length ?? text.length} characters, ${this.#view.fingerprints.of(text)}`;
  }
}

/** A long name by its beginning and its length; never half of a character. */
export function clipped(name: string): string {
  if (name.length <= MOST_UNITS) return name;
  const beginning = name.slice(0, MOST_UNITS).replace(/[\uD800-\uDBFF]$/, '');
  return `${beginning}… (${name.length} characters)`;
}
