import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import { NamesWith } from './names-with.js';

const MODULE = 'system / SourceTextModule';
const CELL = 'system / Cell';

/** What an ES module exports, by the cell that has its value. */
export interface ModuleExport {
  readonly name: string;
  /** Undefined where several modules export it and the heap does not say whose it is. */
  readonly module: Ordinal | undefined;
}

/** One module's word for a cell. */
interface Claim extends ModuleExport {
  readonly module: Ordinal;
  /** Lists of the module that have the cell: its exports by name, and its own ones or its imports. */
  lists: number;
}

/** Names of ES modules' exports, which V8 keeps in a table of name and cell a module. */
export class ModuleExports {
  readonly #view: HeapView;
  readonly #cells: NamesWith;
  #claims: ReadonlyMap<Ordinal, readonly Claim[]> | undefined;

  constructor(view: HeapView) {
    this.#view = view;
    this.#cells = new NamesWith(view.strings, CELL);
  }

  isCell(node: Ordinal): boolean {
    const { nodeType, nodeTypes, nodeName } = this.#view;
    return nodeType[node] === nodeTypes.hidden && this.#cells.has(nodeName[node]);
  }

  /** Undefined for what is no cell of an export. Cost: the first question looks for all modules. */
  of(cell: Ordinal): ModuleExport | undefined {
    this.#claims ??= this.#collect();
    const claims = this.#claims.get(cell);
    if (claims === undefined) return undefined;
    // A module that only passes it on, as `export *` does, has it in the table alone.
    const most = Math.max(...claims.map(({ lists }) => lists));
    const owners = claims.filter(({ lists }) => lists === most);
    return { name: owners[0].name, module: owners.length === 1 ? owners[0].module : undefined };
  }

  #collect(): ReadonlyMap<Ordinal, readonly Claim[]> {
    const { nodeCount, nodeType, nodeTypes, nodeName, strings } = this.#view;
    const modules = new NamesWith(strings, MODULE);
    const claims = new Map<Ordinal, Claim[]>();
    for (let node = 0; node < nodeCount; node++) {
      if (nodeType[node] === nodeTypes.hidden && modules.has(nodeName[node])) this.#addModule(node, claims);
    }
    return claims;
  }

  #addModule(module: Ordinal, claims: Map<Ordinal, Claim[]>): void {
    const { firstEdge, edgeTo, nodeType, nodeTypes } = this.#view;
    const own = new Map<Ordinal, Claim>();
    const counts = new Map<Ordinal, number>();
    for (let edge = firstEdge[module]; edge < firstEdge[module + 1]; edge++) {
      const list = edgeTo[edge];
      if (nodeType[list] === nodeTypes.array) this.#addList(list, module, own, counts);
    }
    for (const [cell, claim] of own) {
      claim.lists = counts.get(cell) ?? 0;
      const others = claims.get(cell);
      if (others) others.push(claim);
      else claims.set(cell, [claim]);
    }
  }

  /** In a table a name stands one slot before its cell. */
  #addList(list: Ordinal, module: Ordinal, own: Map<Ordinal, Claim>, counts: Map<Ordinal, number>): void {
    const view = this.#view;
    let name: Ordinal = -1;
    let slot = Number.NaN;
    for (let edge = view.firstEdge[list]; edge < view.firstEdge[list + 1]; edge++) {
      const target = view.edgeTo[edge];
      const at = Number(view.names.edge(edge));
      if (view.nodeType[target] === view.nodeTypes.string) {
        name = target;
        slot = at;
      } else if (this.isCell(target)) {
        counts.set(target, (counts.get(target) ?? 0) + 1);
        if (at === slot + 1 && !own.has(target)) own.set(target, { name: view.name(name), module, lists: 0 });
      }
    }
  }
}
