import type { Place, SuspectHolder } from '../base/suspect-types.js';
import type { Ordinal } from '../base/types.js';

/** In `parentOf`: nothing is in front of the node. */
export const NO_PARENT = 0xffff_ffff;

/** What a holder expression begins with. */
export type HolderKind = 'global' | 'module' | 'closure' | 'field' | 'static' | 'internal';

export interface Holder {
  /** As a person would say it: `global.requestCache`, `module-level cache in server.js`, `variable table in makeTax()`. */
  readonly expression: string;
  readonly kind: HolderKind;
  /** What holds: the map, array or object, not its backing store. */
  readonly container: Ordinal;
  /** Of the function or class that the expression names; undefined where none is known. */
  readonly place: Place | undefined;
  /** What code that uses it has to name: a property (by its index among the strings), or a variable of this scope. */
  readonly via?: { readonly name: number } | { readonly scope: Ordinal };
}

/** What of a holder means something outside the worker and the snapshot. */
export function holderWithoutNode({ expression, kind, place }: Holder): SuspectHolder {
  return { expression, kind, ...(place && { place }) };
}

/** One step of a path: the edge that leads from `from` to `to`. */
export interface PathStep {
  readonly from: Ordinal;
  readonly to: Ordinal;
  /** Edge index; -1 where no edge that holds leads there. */
  readonly edge: number;
}
