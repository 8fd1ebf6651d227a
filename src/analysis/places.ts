import type { Place } from '../base/suspect-types.js';
import type { Ordinal } from '../base/types.js';
import type { Locations } from '../read/locations.js';
import type { HeapView, StringIndexes } from './heap-view.js';

const NAMES = ['shared', 'script', 'script_or_debug_info', 'name'] as const;
const NO_NODE = -1;

/** Places of functions and objects of one snapshot, looked up when they are asked for. */
export class Places {
  readonly #view: HeapView;
  readonly #locations: Locations;
  readonly #names: StringIndexes;
  #rows: Uint32Array | undefined;
  #scripts: Map<number, string> | undefined;

  constructor(view: HeapView) {
    this.#view = view;
    this.#locations = view.snapshot.graph.locations;
    this.#names = view.indexesOf(NAMES);
  }

  /** Undefined for nodes without a row in `locations`. Cost: the first question makes an index, 4 bytes a node. */
  of(node: Ordinal): Place | undefined {
    const row = this.#rowOf(node);
    if (row < 0) return undefined;
    const { list, width, scriptId, line, column } = this.#locations;
    const at = row * width;
    const script = this.#scriptNames().get(list[at + scriptId]) ?? '';
    return { script, line: list[at + line] + 1, column: list[at + column] + 1 };
  }

  /** Name of the script that a function is from; empty where there is none. */
  scriptOf(closure: Ordinal): string {
    const { internal } = this.#view.edgeTypes;
    const shared = this.#target(closure, internal, 'shared');
    if (shared === NO_NODE) return '';
    const script = this.#target(shared, internal, 'script');
    const other = script === NO_NODE ? this.#target(shared, internal, 'script_or_debug_info') : script;
    if (other === NO_NODE) return '';
    const name = this.#target(other, internal, 'name');
    // Node 18 has names of scripts as concatenated strings.
    return name === NO_NODE ? '' : this.#view.names.display(name);
  }

  /** What several closures of one function in the source have in common. -1 where a function has none. */
  sharedOf(closure: Ordinal): Ordinal {
    return this.#target(closure, this.#view.edgeTypes.internal, 'shared');
  }

  #target(node: Ordinal, type: number, name: (typeof NAMES)[number]): Ordinal {
    return this.#view.targetNamed(node, type, this.#names.get(name) ?? []);
  }

  #rowOf(node: Ordinal): number {
    const { count, list, width, node: field, nodeWidth, isAscending } = this.#locations;
    if (count === 0) return -1;
    if (isAscending) {
      const wanted = node * nodeWidth;
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (list[middle * width + field] < wanted) low = middle + 1;
        else high = middle;
      }
      return low < count && list[low * width + field] === wanted ? low : -1;
    }
    this.#rows ??= this.#indexRows();
    return this.#rows[node] - 1;
  }

  /** Row + 1 by ordinal. A later row for the same node replaces an earlier one. */
  #indexRows(): Uint32Array {
    const { count, list, width, node, nodeWidth } = this.#locations;
    const rows = new Uint32Array(this.#view.nodeCount);
    for (let row = 0; row < count; row++) rows[list[row * width + node] / nodeWidth] = row + 1;
    return rows;
  }

  /** The format has ids of scripts only; a function with a place leads to the name. */
  #scriptNames(): ReadonlyMap<number, string> {
    if (this.#scripts) return this.#scripts;
    const scripts = new Map<number, string>();
    const { count, list, width, node, nodeWidth, scriptId } = this.#locations;
    const { closure } = this.#view.nodeTypes;
    for (let row = 0; row < count; row++) {
      const id = list[row * width + scriptId];
      const ordinal = list[row * width + node] / nodeWidth;
      if (this.#view.nodeType[ordinal] !== closure || scripts.has(id)) continue;
      const name = this.scriptOf(ordinal);
      if (name !== '') scripts.set(id, name);
    }
    this.#scripts = scripts;
    return scripts;
  }
}

/** Whether a script is Node's or V8's own. */
export function isInternalScript(script: string): boolean {
  return (
    script === '' || script.startsWith('node:') || script.startsWith('internal/') || script.startsWith('extensions::')
  );
}
