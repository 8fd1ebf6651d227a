import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { edgeNameIsIndex, type PlainLocation, type PlainSample, type SnapshotMeta } from '../build/plain-snapshot.js';
import { type ReferenceSections, readSections } from './reference-sections.js';

/** A snapshot file as plain columns; nodes and edges are ordinals, types and names are spelled out. */
export interface ReferenceColumns {
  meta: SnapshotMeta;
  nodeCount: number;
  edgeCount: number;
  root: number;
  extraNativeBytes: number;
  type: string[];
  name: string[];
  id: Float64Array;
  selfSize: Float64Array;
  edgeCountOfNode: Float64Array;
  /** Undefined where the file has no such field; so is `traceNodeId`. */
  detachedness: Float64Array | undefined;
  traceNodeId: Float64Array | undefined;
  edgeType: string[];
  /** A number for `element` and `hidden` edges, the text for all other types. */
  edgeName: (string | number)[];
  edgeTo: Uint32Array;
  locations: PlainLocation[];
  samples: PlainSample[];
  strings: string[];
}

/** One column of a section. Undefined where `fields` does not have it. */
function column(numbers: readonly number[], fields: readonly string[], field: string): number[] | undefined {
  const offset = fields.indexOf(field);
  if (offset < 0) return undefined;
  const values: number[] = [];
  for (let start = offset; start < numbers.length; start += fields.length) values.push(numbers[start]);
  return values;
}

function needed(section: string, numbers: readonly number[], fields: readonly string[], field: string): number[] {
  const values = column(numbers, fields, field);
  if (values === undefined) throw new Error(`${section}: found the fields ${fields}, expected ${field} among them`);
  return values;
}

function checkCount(section: string, numbers: readonly number[], fields: readonly string[], count: number): void {
  if (numbers.length !== count * fields.length) {
    throw new Error(
      `${section}: found ${numbers.length} numbers of ${fields.length}, the header says ${count} entries`,
    );
  }
}

function lookUp(what: string, table: readonly string[], indexes: readonly number[]): string[] {
  return indexes.map((index) => {
    const text = table[index];
    if (text === undefined) throw new Error(`${what}: found the index ${index}, expected less than ${table.length}`);
    return text;
  });
}

function typesOf(fields: readonly string[], types: readonly (string[] | string)[]): string[] {
  const list = types[fields.indexOf('type')];
  if (!Array.isArray(list)) throw new Error('meta: found no list of types where the field type stands');
  return list;
}

/** Indexes count numbers in V8's files: ordinal times the number of node fields. */
function ordinals(what: string, indexes: readonly number[], fieldCount: number, nodeCount: number): number[] {
  return indexes.map((index) => {
    const ordinal = index / fieldCount;
    if (Number.isInteger(ordinal) && ordinal < nodeCount) return ordinal;
    throw new Error(
      `${what}: found the index ${index}, expected a multiple of ${fieldCount} below ${fieldCount * nodeCount}`,
    );
  });
}

function nodeColumns({ header, numbers, strings }: ReferenceSections) {
  const fields = header.meta.node_fields;
  const nodes = numbers.get('nodes') ?? [];
  checkCount('nodes', nodes, fields, header.node_count);
  const optional = (field: string) => {
    const values = column(nodes, fields, field);
    return values && Float64Array.from(values);
  };
  return {
    type: lookUp('node types', typesOf(fields, header.meta.node_types), needed('nodes', nodes, fields, 'type')),
    name: lookUp('node names', strings, needed('nodes', nodes, fields, 'name')),
    id: Float64Array.from(needed('nodes', nodes, fields, 'id')),
    selfSize: Float64Array.from(needed('nodes', nodes, fields, 'self_size')),
    edgeCountOfNode: Float64Array.from(needed('nodes', nodes, fields, 'edge_count')),
    detachedness: optional('detachedness'),
    traceNodeId: optional('trace_node_id'),
  };
}

function edgeColumns({ header, numbers, strings }: ReferenceSections) {
  const fields = header.meta.edge_fields;
  const edges = numbers.get('edges') ?? [];
  checkCount('edges', edges, fields, header.edge_count);
  const edgeType = lookUp(
    'edge types',
    typesOf(fields, header.meta.edge_types),
    needed('edges', edges, fields, 'type'),
  );
  const edgeName = needed('edges', edges, fields, 'name_or_index').map((value, edge) =>
    edgeNameIsIndex(edgeType[edge]) ? value : lookUp('edge names', strings, [value])[0],
  );
  const targets = needed('edges', edges, fields, 'to_node');
  const edgeTo = Uint32Array.from(ordinals('to_node', targets, header.meta.node_fields.length, header.node_count));
  return { edgeType, edgeName, edgeTo };
}

function locations({ header, numbers }: ReferenceSections): PlainLocation[] {
  const fields = header.meta.location_fields ?? [];
  const section = numbers.get('locations') ?? [];
  if (section.length === 0) return [];
  const indexes = needed('locations', section, fields, 'object_index');
  const nodes = ordinals('object_index', indexes, header.meta.node_fields.length, header.node_count);
  const scriptIds = needed('locations', section, fields, 'script_id');
  const lines = needed('locations', section, fields, 'line');
  const columns = needed('locations', section, fields, 'column');
  return nodes.map((node, row) => ({ node, scriptId: scriptIds[row], line: lines[row], column: columns[row] }));
}

function samples({ header, numbers }: ReferenceSections): PlainSample[] {
  const fields = header.meta.sample_fields ?? [];
  const section = numbers.get('samples') ?? [];
  if (section.length === 0) return [];
  const times = needed('samples', section, fields, 'timestamp_us');
  const ids = needed('samples', section, fields, 'last_assigned_id');
  return times.map((timestampUs, row) => ({ timestampUs, lastAssignedId: ids[row] }));
}

/** The slow second reader: stream-json's tokens, every column and type looked up in `meta`, sections in any order. */
export async function readReference(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<ReferenceColumns> {
  const sections = await readSections(chunks);
  const { header, strings } = sections;
  const nodes = nodeColumns(sections);
  const edges = edgeColumns(sections);
  const edgeSum = nodes.edgeCountOfNode.reduce((sum, count) => sum + count, 0);
  if (edgeSum !== header.edge_count) {
    throw new Error(`nodes: found edge counts that sum to ${edgeSum}, the header says ${header.edge_count}`);
  }
  const [root] = ordinals('root_index', [header.root_index ?? 0], header.meta.node_fields.length, header.node_count);
  return {
    meta: header.meta,
    nodeCount: header.node_count,
    edgeCount: header.edge_count,
    root,
    extraNativeBytes: header.extra_native_bytes ?? 0,
    ...nodes,
    ...edges,
    locations: locations(sections),
    samples: samples(sections),
    strings,
  };
}

/** Reads a plain or gzipped file. */
export function readReferenceFile(path: string): Promise<ReferenceColumns> {
  const file = createReadStream(path);
  return readReference(path.endsWith('.gz') ? file.pipe(createGunzip()) : file);
}

/** Reads bytes as if they came in pieces of `chunkSize`. */
export function readReferenceBytes(bytes: Uint8Array, chunkSize = 65_536): Promise<ReferenceColumns> {
  function* chunks(): Generator<Buffer> {
    for (let start = 0; start < bytes.length; start += chunkSize) {
      yield Buffer.from(bytes.subarray(start, start + chunkSize));
    }
  }
  return readReference(chunks());
}
