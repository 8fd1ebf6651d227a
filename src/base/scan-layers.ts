import type { Level } from './scan-types.js';

/** What each layer of a scan gives to those behind it, and whose outputs it takes: all before it, in order. */
export const LAYERS = [
  { level: 1, output: 'root_manifest', title: 'trend baseline' },
  { level: 2, output: 'diff_manifest', title: 'snapshot diff' },
  { level: 3, output: 'resolved_import_graph', title: 'reference chains' },
  { level: 4, output: 'cache_manifest', title: 'cache effectiveness' },
  { level: 5, output: 'final_constraint_satisfier', title: 'finalizers, weak references' },
] as const satisfies readonly { readonly level: Level; readonly output: string; readonly title: string }[];
