import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '#src/read/file.js';
import type { RawSnapshot } from '#src/read/snapshot-columns.js';
import type { Arena } from '#src/wasm/arena.js';
import { type WholeColumn, wholeNumbers } from '#src/wasm/region.js';
import { randomGraph } from '../build/random-graph.js';
import { randomJsonOptions } from '../build/random-text.js';
import { toJson } from '../build/snapshot-builder.js';
import { readBytes, readWith } from '../engine/engine.js';
import { type ReferenceColumns, readReferenceBytes, readReferenceFile } from '../oracle/reference-reader.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';

/** The reader's columns spelled out the way the reference reader does it. */
function spellOut(arena: Arena, raw: RawSnapshot): Partial<ReferenceColumns> {
  const { header, columns, strings, locations, lists } = raw;
  const whole = (column: WholeColumn) => wholeNumbers(arena.memory.buffer, column, new Float64Array(header.nodeCount));
  const numbers = (values: ArrayLike<number> | undefined) => values && Float64Array.from(values);
  const edgeType = Array.from(arena.view(columns.edgeType), (type) => header.edgeTypes[type]);
  const edgeName = arena.view(columns.edgeName);
  const firstEdge = arena.view(columns.firstEdge);
  const samples = lists.get('samples') ?? new Float64Array();
  const [time, id] = ['timestamp_us', 'last_assigned_id'].map((field) => header.sampleFields.indexOf(field));
  return {
    nodeCount: header.nodeCount,
    edgeCount: header.edgeCount,
    root: header.root,
    extraNativeBytes: header.extraNativeBytes,
    type: Array.from(arena.view(columns.nodeType), (type) => header.nodeTypes[type]),
    name: Array.from(arena.view(columns.nodeName), (name) => strings.text(name)),
    id: whole(columns.nodeId),
    selfSize: whole(columns.rawSelfSize),
    edgeCountOfNode: numbers(firstEdge.subarray(1).map((end, node) => end - firstEdge[node])),
    detachedness: numbers(columns.detachedness && arena.view(columns.detachedness)),
    edgeType,
    edgeName: edgeType.map((type, edge) =>
      type === 'element' || type === 'hidden' ? edgeName[edge] : strings.text(edgeName[edge]),
    ),
    edgeTo: arena.view(columns.edgeTo).slice(),
    locations: Array.from({ length: locations.count }, (_, index) => {
      const row = locations.list.subarray(index * locations.width);
      return {
        node: row[locations.node] / locations.nodeWidth,
        scriptId: row[locations.scriptId],
        line: row[locations.line],
        column: row[locations.column],
      };
    }),
    samples: Array.from({ length: samples.length / 2 }, (_, row) => ({
      timestampUs: samples[2 * row + time],
      lastAssignedId: samples[2 * row + id],
    })),
    strings: Array.from({ length: strings.count }, (_, index) => strings.text(index)),
  };
}

async function expectSame(arena: Arena, raw: RawSnapshot, reference: ReferenceColumns, label: string): Promise<void> {
  // What the allocation trace says of a node is checked and not kept.
  const { meta: _, traceNodeId: __, ...columns } = reference;
  expect(spellOut(arena, raw), label).toEqual(columns);
}

describe('the slow reader gets the same columns', () => {
  test('for every way a producer may write a snapshot', async () => {
    for (let seed = 0; seed < 400; seed++) {
      const bytes = toJson(randomGraph(seed), randomJsonOptions(seed));
      const { arena, raw } = await readBytes(bytes);
      await expectSame(arena, raw, await readReferenceBytes(bytes), `seed ${seed}`);
    }
  });

  test.each(['node12.heapsnapshot.gz', 'chrome156.heapsnapshot.gz', 'timeline.heaptimeline.gz'])(
    'for %s',
    async (name) => {
      const file = new URL(`../corpus/${name}`, import.meta.url).pathname;
      const { arena, raw } = await readWith(sourceOf(file));
      await expectSame(arena, raw, await readReferenceFile(file), name);
    },
  );
});

describe('what producers outside V8 write', () => {
  const small = () => {
    const plain = randomGraph(1, 10);
    plain.rootIndex = undefined;
    return plain;
  };

  test('ids and self sizes above 2^32 are exact', async () => {
    const plain = small();
    Object.assign(plain.nodes[2], { id: 2 ** 53 - 1, selfSize: 2 ** 52 + 1 });
    Object.assign(plain.nodes[3], { id: 2 ** 32, selfSize: 2 ** 32 });
    const { arena, raw } = await readBytes(toJson(plain));
    const whole = (column: WholeColumn) => [
      ...wholeNumbers(arena.memory.buffer, column, new Float64Array(plain.nodes.length)),
    ];
    expect(whole(raw.columns.nodeId).slice(2, 4)).toEqual([2 ** 53 - 1, 2 ** 32]);
    expect(whole(raw.columns.rawSelfSize).slice(2, 4)).toEqual([2 ** 52 + 1, 2 ** 32]);
  });

  test('negative numbers in the scope sections', async () => {
    const plain = { ...small(), scopes: [[-1, -5, 0, 2, 0]], scopeUses: [[-3, 7]] };
    const { raw } = await readBytes(toJson(plain));
    expect(raw.lists.get('scopes')).toEqual(new Float64Array([-1, -5, 0, 2, 0]));
    expect(raw.lists.get('scope_uses')).toEqual(new Float64Array([-3, 7]));
  });

  test('trace_function_count may be smaller than the section', async () => {
    const text = Buffer.from(toJson(small())).toString('utf8');
    const { raw } = await readBytes(
      Buffer.from(text.replace('"trace_function_infos":[]', '"trace_function_infos":[1,2,3,4,5,6]')),
    );
    expect(raw.lists.get('trace_function_infos')).toHaveLength(6);
  });

  test('a trace tree as deep as a call stack can be', async () => {
    const depth = 999_990;
    const tree = `${'[1,0,1,8,'.repeat(depth)}[]${']'.repeat(depth)}`;
    const text = Buffer.from(toJson(small())).toString('utf8');
    const { raw } = await readBytes(Buffer.from(text.replace('"trace_tree":[]', `"trace_tree":${tree}`)));
    expect(raw.header.nodeCount).toBeGreaterThan(5);
  });

  test('gzip in several members', async () => {
    const bytes = toJson(small());
    const members = Buffer.concat([gzipSync(bytes.subarray(0, 700)), gzipSync(bytes.subarray(700))]);
    const file = writeIn(scratchFolder(), 'a.heapsnapshot.gz', members);
    const { arena, raw } = await readWith(sourceOf(file));
    await expectSame(arena, raw, await readReferenceBytes(bytes), 'members');
  });
});
