import type { HeapView } from '../analysis/heap-view.js';
import { compareText } from '../base/text-order.js';
import type { Ordinal } from '../base/types.js';
import { NamesWith } from './names-with.js';
import { MODULE } from './v8-names.js';

const SYNTHETIC_MODULE = 'system / SyntheticModule';
const CELL = 'system / Cell';

/** Exports beyond so many have no names: no program has them, but a file can say so. */
const MOST_CLAIMS = 1 << 20;

/** What an ES module exports, by the cell that has its value. */
export interface ModuleExport {
  readonly name: string;
  /** Undefined where several modules export it and the heap does not say whose it is. */
  readonly module: Ordinal | undefined;
}

/** One module's word for a cell. */
interface Claim {
  readonly name: string;
  readonly module: Ordinal;
  /** Whether it is an export of its own, not one that it passes on. */
  readonly isOwn: boolean;
}

/** What an array of a module says. */
interface List {
  /** Of a table of exports: pairs of a name and a cell. */
  readonly named: readonly { readonly name: string; readonly cell: Ordinal }[];
  readonly cells: ReadonlySet<Ordinal>;
  readonly hasModules: boolean;
}

/** A module's arrays, by the position of their fields. */
interface ModuleLists {
  readonly module: Ordinal;
  readonly lists: readonly { readonly position: number; readonly list: List }[];
}

/**
 * Names of ES modules' exports. V8 keeps a table of name and cell a module, and behind it, field by field, the cells of its own exports,
 * those of its imports, and the modules it asks for.
 */
export class ModuleExports {
  readonly #view: HeapView;
  readonly #cells: NamesWith;
  readonly #modules: NamesWith;
  readonly #others: NamesWith;
  readonly #lists = new Map<Ordinal, List>();
  #exports: ReadonlyMap<Ordinal, ModuleExport> | undefined;

  constructor(view: HeapView) {
    this.#view = view;
    this.#cells = new NamesWith(view.strings, CELL);
    this.#modules = new NamesWith(view.strings, MODULE);
    this.#others = new NamesWith(view.strings, SYNTHETIC_MODULE);
  }

  isCell(node: Ordinal): boolean {
    return this.#isHidden(node, this.#cells);
  }

  /** Undefined for what is no cell of an export. Cost: the first question looks for all modules. */
  of(cell: Ordinal): ModuleExport | undefined {
    this.#exports ??= this.#collect();
    return this.#exports.get(cell);
  }

  #isHidden(node: Ordinal, names: NamesWith): boolean {
    const { nodeType, nodeTypes, nodeName } = this.#view;
    return nodeType[node] === nodeTypes.hidden && names.has(nodeName[node]);
  }

  #collect(): ReadonlyMap<Ordinal, ModuleExport> {
    const modules: ModuleLists[] = [];
    for (let node = 0; node < this.#view.nodeCount; node++) {
      if (this.#isHidden(node, this.#modules)) modules.push({ module: node, lists: this.#listsOf(node) });
    }
    const own = ownPosition(modules);
    const claims = new Map<Ordinal, Claim[]>();
    let room = MOST_CLAIMS;
    for (const { module, lists } of modules) {
      const ofOwn = lists.find(({ position }) => position === own)?.list.cells;
      for (const { list } of lists) {
        for (const { name, cell } of list.named) {
          if (room-- <= 0) return new Map();
          const claim = { name, module, isOwn: ofOwn?.has(cell) ?? false };
          const others = claims.get(cell);
          if (others) others.push(claim);
          else claims.set(cell, [claim]);
        }
      }
    }
    return new Map([...claims].map(([cell, all]) => [cell, settle(all)]));
  }

  #listsOf(module: Ordinal): ModuleLists['lists'] {
    const { firstEdge, edgeTo, edgeName, edgeType, edgeTypes, nodeType, nodeTypes } = this.#view;
    const lists: { position: number; list: List }[] = [];
    for (let edge = firstEdge[module]; edge < firstEdge[module + 1]; edge++) {
      const array = edgeTo[edge];
      if (edgeType[edge] !== edgeTypes.hidden || nodeType[array] !== nodeTypes.array) continue;
      lists.push({ position: edgeName[edge], list: this.#listOf(array) });
    }
    return lists;
  }

  /** Once an array: modules may share one. In a table a name stands one slot before its cell. */
  #listOf(array: Ordinal): List {
    const known = this.#lists.get(array);
    if (known) return known;
    const view = this.#view;
    const named: { name: string; cell: Ordinal }[] = [];
    const cells = new Set<Ordinal>();
    let hasModules = false;
    let name: Ordinal = -1;
    let slot = Number.NaN;
    for (let edge = view.firstEdge[array]; edge < view.firstEdge[array + 1]; edge++) {
      const target = view.edgeTo[edge];
      const at = Number(view.names.edge(edge));
      if (view.nodeType[target] === view.nodeTypes.string) [name, slot] = [target, at];
      else if (this.isCell(target)) {
        cells.add(target);
        if (at === slot + 1) named.push({ name: view.name(name), cell: target });
      } else hasModules ||= this.#isHidden(target, this.#modules) || this.#isHidden(target, this.#others);
    }
    const list = { named, cells, hasModules };
    this.#lists.set(array, list);
    return list;
  }
}

/** Where modules have their own exports: two fields before the modules they ask for. Without such a field nothing is imported. */
function ownPosition(modules: readonly ModuleLists[]): number | undefined {
  for (const { lists } of modules) {
    const asked = lists.find(({ list }) => list.hasModules);
    if (asked) return asked.position - 2;
  }
  const all = modules.flatMap(({ lists }) => lists);
  return all.find(({ list }) => list.cells.size > 0 && list.named.length === 0)?.position;
}

/** The owner's word counts, and of several words the least: which comes first in a file is another one in another run. */
function settle(claims: readonly Claim[]): ModuleExport {
  const owned = claims.filter(({ isOwn }) => isOwn);
  const owners = new Set(owned.map(({ module }) => module));
  const names = (owned.length > 0 ? owned : claims).map(({ name }) => name).sort(compareText);
  return { name: names[0], module: owners.size === 1 ? owned[0].module : undefined };
}
