import type { Ordinal } from '../base/types.js';
import type { Name, Names, TextView } from './names.js';

/** What of a snapshot they are told from. */
export type FactView = Pick<TextView, 'nodeType' | 'nodeName' | 'nodeTypes' | 'names'>;

/** Numbers that V8 shows as nodes: one named `int` or `bool`, whose `value` is a string with the digits. Chrome has them for strings. */
export class Facts {
  readonly #view: FactView;
  readonly #names: Names;
  readonly #tellsTruncation: boolean;

  constructor(view: FactView, names: Names) {
    this.#view = view;
    this.#names = names;
    this.#tellsTruncation = names.indexes('truncated').length > 0;
  }

  /** Whether the file says that it has only the beginning of a string. */
  isTruncated(node: Ordinal): boolean {
    return this.#tellsTruncation && this.#value(node, 'truncated', 'bool') === 'true';
  }

  /** Undefined where the file does not say it. */
  int(node: Ordinal, name: Name): number | undefined {
    const value = Number.parseInt(this.#value(node, name, 'int') ?? '', 10);
    return Number.isNaN(value) ? undefined : value;
  }

  #value(node: Ordinal, name: Name, kind: 'bool' | 'int'): string | undefined {
    const { nodeType, nodeName, nodeTypes } = this.#view;
    const holder = this.#names.target(node, name);
    if (holder < 0 || nodeType[holder] !== nodeTypes.number) return undefined;
    if (!this.#names.indexes(kind).includes(nodeName[holder])) return undefined;
    const value = this.#names.target(holder, 'value');
    return value < 0 ? undefined : this.#view.names.raw(value);
  }
}
