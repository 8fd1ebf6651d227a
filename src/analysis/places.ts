import type { Place } from '../base/suspect-types.js';
import type { Ordinal } from '../base/types.js';
import type { Locations } from '../read/locations.js';
import type { HeapView } from './heap-view.js';
import { LocationRows } from './location-rows.js';
import type { StringIndexes } from './text-indexes.js';

/** What it looks up: for those who ask for several texts at once. */
export const PLACE_TEXTS = ['shared', 'script', 'script_or_debug_info', 'name'] as const;
const NO_NODE = -1;

/** Places of functions and objects of one snapshot, looked up when they are asked for. */
export class Places {
  readonly #view: HeapView;
  readonly #locations: Locations;
  readonly #names: StringIndexes;
  readonly #rows: LocationRows;
  #scripts: Map<number, string> | undefined;

  constructor(view: HeapView) {
    this.#view = view;
    this.#locations = view.snapshot.graph.locations;
    this.#rows = new LocationRows(this.#locations, view.nodeCount);
    this.#names = view.indexesOf(PLACE_TEXTS);
  }

  /** Makes the indexes that the first questions would make. */
  prepare(): void {
    this.#rows.prepare();
    this.#scriptNames();
  }

  /** Undefined for nodes without a row in `locations`. Cost: as `LocationRows`. */
  of(node: Ordinal): Place | undefined {
    const row = this.#rows.of(node);
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

  #target(node: Ordinal, type: number, name: (typeof PLACE_TEXTS)[number]): Ordinal {
    return this.#view.targetNamed(node, type, this.#names.get(name) ?? []);
  }

  /** The format has ids of scripts only; a function with a place leads to the name. */
  #scriptNames(): ReadonlyMap<number, string> {
    if (this.#scripts) return this.#scripts;
    const scripts = new Map<number, string>();
    const { count, list, width, node, nodeWidth, scriptId } = this.#locations;
    const { nodeType, nodeTypes } = this.#view;
    const { closure } = nodeTypes;
    let known = Number.NaN;
    for (let row = 0; row < count; row++) {
      // Most rows are of the same script as the one before.
      row = nextOther(this.#locations, row, known);
      if (row === count) break;
      const id = list[row * width + scriptId];
      const ordinal = list[row * width + node] / nodeWidth;
      if (nodeType[ordinal] !== closure) continue;
      const name = scripts.get(id) ?? this.scriptOf(ordinal);
      if (name === '') continue;
      scripts.set(id, name);
      known = id;
    }
    this.#scripts = scripts;
    return scripts;
  }
}

/** The first row from `from` on that is of another script. By itself, since a loop that nothing rare interrupts stays compiled. */
function nextOther({ count, list, width, scriptId }: Locations, from: number, id: number): number {
  let row = from;
  while (row < count && list[row * width + scriptId] === id) row++;
  return row;
}

/** Whether a script is Node's or V8's own. */
export function isInternalScript(script: string): boolean {
  return (
    script === '' || script.startsWith('node:') || script.startsWith('internal/') || script.startsWith('extensions::')
  );
}

/** The last part of a path or URL. */
export function fileName(script: string): string {
  return script.slice(Math.max(script.lastIndexOf('/'), script.lastIndexOf('\\')) + 1);
}

/** Somewhere in a script. */
export function placeIn(script: string): Place | undefined {
  return script === '' ? undefined : { script, line: 0, column: 0 };
}
