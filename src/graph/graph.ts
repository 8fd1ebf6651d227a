import type { RawSnapshot } from '../read/snapshot-columns.js';
import type { Region } from '../wasm/region.js';

export type U8 = Region & { readonly kind: 'u8' };
export type U32 = Region & { readonly kind: 'u32' };
export type I32 = Region & { readonly kind: 'i32' };
export type F64 = Region & { readonly kind: 'f64' };

/** For a type that the file's `meta` does not list: no column value equals it. */
export const NO_TYPE = 0xffff_ffff;

/** Codes of the node types that the semantics name, resolved through `meta`. */
export type NodeTypes = Readonly<Record<NodeTypeName, number>>;
/** Codes of the edge types that the semantics name. */
export type EdgeTypes = Readonly<Record<EdgeTypeName, number>>;

const NODE_TYPE_NAMES = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
] as const;
const EDGE_TYPE_NAMES = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
  'invisible',
] as const;
type NodeTypeName = (typeof NODE_TYPE_NAMES)[number];
type EdgeTypeName = (typeof EDGE_TYPE_NAMES)[number];

export function resolveNodeTypes(types: readonly string[]): NodeTypes {
  return resolve(NODE_TYPE_NAMES, types);
}

export function resolveEdgeTypes(types: readonly string[]): EdgeTypes {
  return resolve(EDGE_TYPE_NAMES, types);
}

function resolve<Name extends string>(
  names: readonly Name[],
  types: readonly string[],
): Readonly<Record<Name, number>> {
  const code = (name: Name) => (types.includes(name) ? types.indexOf(name) : NO_TYPE);
  return Object.fromEntries(names.map((name) => [name, code(name)])) as Record<Name, number>;
}

/** The names of WeakMap pairs (S3, S7), one entry for each string that is one, by ascending string index. */
export interface Ephemerons {
  readonly count: number;
  readonly names: U32;
  /** Id of the WeakMap's table. */
  readonly tables: F64;
  /** The same number for the two names of one pair; below `pairCount`. */
  readonly pairs: U32;
  readonly pairCount: number;
}

/** A snapshot as the passes see it: what was read, and what the texts mean. */
export interface Graph extends RawSnapshot {
  readonly nodeTypes: NodeTypes;
  readonly edgeTypes: EdgeTypes;
  /** One byte a string; bits as in assembly/tags.ts. */
  readonly tags: U8;
  readonly ephemerons: Ephemerons;
  /** Propagated states by ordinal (S10). */
  readonly detachedness: U8;
  /** Whether S10 renamed detached native nodes: it does where the file has the field. */
  readonly renamesDetached: boolean;
}
