import { SnapshotError } from '../base/errors.js';

/** What `snapshot` says: how the other sections are laid out, and how long they are. */
export interface Header {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Ordinal of the root. */
  readonly root: number;
  readonly extraNativeBytes: number;
  readonly nodeFields: readonly string[];
  readonly edgeFields: readonly string[];
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly locationFields: readonly string[];
  readonly sampleFields: readonly string[];
  readonly scopeFields: readonly string[];
  readonly scopeContextVarFields: readonly string[];
  readonly scopeUseFields: readonly string[];
}

/** Node and edge types are kept as bytes; the last value stays free. */
const MAX_TYPES = 255;
const MAX_COUNT = 0xffff_fff0;

/** Edge types whose name is a number. */
const NUMBERED_EDGE_TYPES: readonly string[] = ['element', 'hidden'];

type Json = Record<string, unknown>;

/** Checks the parsed `snapshot` section. `offset` is where it lies in the file, for errors. */
export function parseHeader(text: string, offset: number): Header {
  const fail = (message: string) => new SnapshotError('HEADER', message, offset);
  const snapshot = asObject(JSON.parse(text), 'snapshot', fail);
  const meta = asObject(snapshot.meta, 'snapshot.meta', fail);
  const nodeFields = asFields(meta.node_fields, 'node_fields', ['type', 'name', 'id', 'self_size', 'edge_count'], fail);
  const edgeFields = asFields(meta.edge_fields, 'edge_fields', ['type', 'name_or_index', 'to_node'], fail);
  const nodeCount = asCount(snapshot.node_count, 'node_count', fail);
  const rootIndex = asCount(snapshot.root_index ?? 0, 'root_index', fail);
  if (nodeCount === 0) throw fail('found node_count 0, expected a root node at least');
  if (rootIndex % nodeFields.length !== 0 || rootIndex / nodeFields.length >= nodeCount) {
    throw fail(
      `found root_index ${rootIndex}, expected a multiple of ${nodeFields.length} below ${nodeCount * nodeFields.length}`,
    );
  }
  return {
    nodeCount,
    edgeCount: asCount(snapshot.edge_count, 'edge_count', fail),
    root: rootIndex / nodeFields.length,
    extraNativeBytes: asCount(snapshot.extra_native_bytes ?? 0, 'extra_native_bytes', fail),
    nodeFields,
    edgeFields,
    nodeTypes: asTypes(meta.node_types, nodeFields.indexOf('type'), 'node_types', fail),
    edgeTypes: asTypes(meta.edge_types, edgeFields.indexOf('type'), 'edge_types', fail),
    locationFields: asFields(meta.location_fields ?? [], 'location_fields', [], fail),
    sampleFields: asFields(meta.sample_fields ?? [], 'sample_fields', [], fail),
    scopeFields: asFields(meta.scope_fields ?? [], 'scope_fields', [], fail),
    scopeContextVarFields: asFields(meta.scope_context_var_fields ?? [], 'scope_context_var_fields', [], fail),
    scopeUseFields: asFields(meta.scope_use_fields ?? [], 'scope_use_fields', [], fail),
  };
}

/** Node and edge counts that the columns can index; called once the file's own size has had its say. */
export function checkIndexable(header: Header): void {
  for (const [name, count] of [
    ['node_count', header.nodeCount],
    ['edge_count', header.edgeCount],
  ] as const) {
    if (count > MAX_COUNT)
      throw new SnapshotError('TOO_LARGE', `found ${name} ${count}, expected at most ${MAX_COUNT}`);
  }
}

type Fail = (message: string) => SnapshotError;

function asObject(value: unknown, name: string, fail: Fail): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw fail(`found ${describe(value)} for ${name}, expected an object`);
}

function asCount(value: unknown, name: string, fail: Fail): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw fail(`found ${describe(value)} for ${name}, expected a whole number from 0 to 2^53 - 1`);
}

function asFields(value: unknown, name: string, needed: readonly string[], fail: Fail): string[] {
  if (!Array.isArray(value) || !value.every((field) => typeof field === 'string')) {
    throw fail(`found ${describe(value)} for meta.${name}, expected a list of names`);
  }
  for (const field of needed) {
    if (value.filter((other) => other === field).length !== 1) {
      throw fail(`found meta.${name} without exactly one "${field}", expected one`);
    }
  }
  return value;
}

function asTypes(value: unknown, index: number, name: string, fail: Fail): string[] {
  const types: unknown = Array.isArray(value) ? value[index] : undefined;
  if (!Array.isArray(types) || types.length > MAX_TYPES || !types.every((type) => typeof type === 'string')) {
    throw fail(
      `found ${describe(types)} at meta.${name}[${index}], expected a list of at most ${MAX_TYPES} type names`,
    );
  }
  return types;
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** One bit for each edge type whose name is a number. */
export function numberedMask(header: Header): number {
  return NUMBERED_EDGE_TYPES.reduce((mask, type) => {
    const index = header.edgeTypes.indexOf(type);
    return index < 0 ? mask : mask | (1 << index);
  }, 0);
}
