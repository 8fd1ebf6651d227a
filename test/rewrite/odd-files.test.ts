import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BytesSource } from '#src/read/source.js';
import { redact, redactSnapshot } from '#src/rewrite/redact.js';
import { edgeNameIsIndex, type PlainSnapshot } from '../build/plain-snapshot.js';
import { randomGraph } from '../build/random-graph.js';
import { randomJsonOptions } from '../build/random-text.js';
import { toJson, toProfile } from '../build/snapshot-builder.js';
import { type DevtoolsAnalysis, devtoolsFromProfile, isFailed } from '../oracle/devtools.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { expectSameGraph, opened } from './same-figures.js';

const folder = scratchFolder();
const GRAPHS = 240;
const OUTPUT = join(folder, 'out.heapsnapshot');
const LEVELS = ['basic', 'names', 'full'] as const;

const redacted = async (bytes: Uint8Array, level: (typeof LEVELS)[number], pieces?: number[]) => {
  await redact(() => new BytesSource(bytes, pieces), 'memory', OUTPUT, { level });
  return readFileSync(OUTPUT);
};

/** Attributes of an element that a file and DevTools both call detached are part of its class's name. */
function classesOf({ aggregates }: DevtoolsAnalysis) {
  const rows = aggregates.map((row) => ({ ...row, name: row.name.replace(/(<\w+) .*/, '$1'), key: '' }));
  return rows.map((row) => JSON.stringify(row)).sort();
}

test('random graphs, written in every way there is: DevTools finds the same', async () => {
  let compared = 0;
  for (let seed = 0; seed < GRAPHS; seed++) {
    const plain = randomGraph(seed, seed % 8 === 0 ? 120 : 40);
    const level = LEVELS[seed % 3];
    const bytes = toJson(plain, randomJsonOptions(seed));
    const output = await redacted(bytes, level, seed % 5 === 0 ? [7, 1, 1000] : undefined);
    const devtools = await devtoolsFromProfile(toProfile(plain));
    if (isFailed(devtools)) continue;
    const found = await opened(output);
    expectSameGraph(found, devtools, `seed ${seed}`);
    if (level === 'basic') expect(classesOf(found), `seed ${seed}`).toEqual(classesOf(devtools));
    compared++;
  }
  expect(compared).toBeGreaterThan(0.95 * GRAPHS);
});

/** Two texts are used as values and as names; sections and lists of all kinds. */
const PLAIN: PlainSnapshot = {
  ...randomGraph(77, 30),
  samples: [{ timestampUs: 12, lastAssignedId: 99 }],
  locations: [{ node: 1, scriptId: 3, line: 4, column: 5 }],
  traceFunctions: [{ functionId: 7, name: 'traced', scriptName: 'traced.js', scriptId: 1, line: 2, column: 3 }],
  traceTree: { id: 1, functionInfoIndex: 0, count: 0, size: 0, children: [] },
};
for (const text of ['traced', 'shared', 'value only']) {
  const to = PLAIN.nodes.push({ type: 'string', name: text, id: 1001 + 2 * PLAIN.nodes.length, selfSize: 16 }) - 1;
  const name = text === 'shared' ? 'shared' : 'field';
  PLAIN.edges.push({ from: 1, type: 'property', nameOrIndex: name, to });
}

/** A hundred thousand texts. */
function largeGraph(): Pick<PlainSnapshot, 'nodes' | 'edges'> {
  const nodes = [...PLAIN.nodes];
  for (let at = 0; at < 100_000; at++)
    nodes.push({ type: 'string', name: `text ${at} ${'x'.repeat(100)}`, id: 3001 + 2 * at, selfSize: 8 });
  return { nodes, edges: PLAIN.edges };
}

describe('what is written', () => {
  test('has every number as it was, and every name that is no value', async () => {
    const before = toProfile(PLAIN);
    const after = JSON.parse((await redacted(toJson(PLAIN), 'basic')).toString('utf8')) as typeof before;
    const { node_fields, edge_fields, edge_types } = before.snapshot.meta;
    const withoutNames = (numbers: number[], width: number) => numbers.map((n, at) => (at % width === 1 ? 0 : n));
    expect(withoutNames(after.nodes, node_fields.length)).toEqual(withoutNames(before.nodes, node_fields.length));
    for (let at = 0; at < before.edges.length; at += edge_fields.length) {
      const [type, name, to] = before.edges.slice(at, at + 3);
      const [typeNow, nameNow, toNow] = after.edges.slice(at, at + 3);
      expect([typeNow, toNow]).toEqual([type, to]);
      if (edgeNameIsIndex(edge_types[0][type])) expect(nameNow).toBe(name);
      else if (edge_types[0][type] === 'property') expect(after.strings[nameNow]).toBe(before.strings[name]);
    }
    expect(after.samples).toEqual([12, 99]);
    expect(after.locations).toEqual(before.locations);
    expect(after.trace_tree).toEqual(before.trace_tree);
    expect(after.trace_function_infos).toEqual(before.trace_function_infos);
    expect([1, 2].map((field) => after.strings[after.trace_function_infos[field]])).toEqual(['traced', 'traced.js']);
  });

  test('says of values how long they are, and equal ones are equal', async () => {
    const { nodes, strings, snapshot } = JSON.parse((await redacted(toJson(PLAIN), 'basic')).toString('utf8'));
    const width = snapshot.meta.node_fields.length;
    const names = PLAIN.nodes.map((_, node) => strings[nodes[node * width + 1]]);
    expect(names.slice(-3).map((name) => name.replace(/[0-9a-f]{16}/, '#'))).toEqual([
      '[6 chars #]',
      '[6 chars #]',
      '[10 chars #]',
    ]);
    expect(new Set(names.slice(-3)).size).toBe(3);
    expect(strings).toContain('shared');
    expect(strings).not.toContain('value only');
  });

  test.each(['raw', 'escaped'] as const)('counts the units of long texts, %s', async (strings) => {
    const text = 'é"\\\n😀\ud800'.repeat(300_000);
    const plain: PlainSnapshot = { nodes: [...PLAIN.nodes], edges: PLAIN.edges };
    plain.nodes.push({ type: 'string', name: text, id: 9001, selfSize: 8 });
    const output = (await redacted(toJson(plain, { strings }), 'basic')).toString('latin1');
    expect(output).toMatch(new RegExp(`\\[${text.length} chars [0-9a-f]{16}\\]`));
    expect(output.length).toBeLessThan(10_000);
  });

  test('has nothing of what nobody knows: unknown sections, a title, other lists than of numbers', async () => {
    const text = Buffer.from(
      toJson(PLAIN, { unknownSections: { notes: ['secret one'], secrets: { a: 'secret two' } } }),
    );
    const titled = text
      .toString('latin1')
      .replace('{"meta":{', '{"title":"secret three","meta":{"remark":"secret four",');
    expect(titled.match(/secret \w+/g)).toHaveLength(4);
    const output = (await redacted(Buffer.from(titled, 'latin1'), 'basic')).toString('latin1');
    expect(output.match(/secret/g)).toBeNull();
    const list = text.toString('latin1').replace('"trace_tree":[', '"trace_tree":["secret",');
    await expect(redacted(Buffer.from(list, 'latin1'), 'basic')).rejects.toMatchObject({ code: 'SYNTAX' });
  });

  test('has names of scripts, but none that is a whole script', async () => {
    const plain: PlainSnapshot = { nodes: [...PLAIN.nodes], edges: [...PLAIN.edges] };
    for (const name of ['/srv/app.js', 'data:text/javascript,secret()']) {
      const code = plain.nodes.push({ type: 'code', name, id: 2001 + 2 * plain.nodes.length, selfSize: 8 }) - 1;
      const text = plain.nodes.push({ type: 'string', name, id: 2001 + 2 * plain.nodes.length, selfSize: 8 }) - 1;
      plain.edges.push({ from: 1, type: 'internal', nameOrIndex: 'script', to: code });
      plain.edges.push({ from: code, type: 'internal', nameOrIndex: 'name', to: text });
    }
    const { strings } = JSON.parse((await redacted(toJson(plain), 'basic')).toString('utf8'));
    expect(strings.filter((text: string) => text === '/srv/app.js')).toHaveLength(1);
    expect(strings.filter((text: string) => text.includes('secret'))).toEqual([]);
    const { strings: full } = JSON.parse((await redacted(toJson(plain), 'full')).toString('utf8'));
    expect(full).not.toContain('/srv/app.js');
  });

  test('is in the order DevTools needs, whatever that of the file', async () => {
    const bytes = toJson(PLAIN, { sectionOrder: ['strings', 'trace_tree', 'edges', 'nodes', 'locations', 'snapshot'] });
    const straight = await redacted(toJson(PLAIN), 'full');
    const output = await redacted(bytes, 'full');
    const sections = (text: Buffer) => [...text.toString('latin1').matchAll(/"(\w+)":[[{]/g)].map(([, name]) => name);
    expect(sections(output)).toEqual(sections(straight));
    expectSameGraph(await opened(output), await opened(straight), 'order');
  });
});

describe('compressed', () => {
  const bytes = toJson(PLAIN);
  test.each([
    ['plain', 'in.heapsnapshot', bytes],
    ['gzip', 'in.heapsnapshot.gz', gzipSync(bytes)],
  ])('%s in, plain and gzip out: the same', async (_, name, content) => {
    const key = Buffer.alloc(32, 7);
    const input = writeIn(folder, name, content);
    await redactSnapshot(input, OUTPUT, { key });
    const { bytes: length } = await redactSnapshot(input, `${OUTPUT}.gz`, { key });
    const packed = readFileSync(`${OUTPUT}.gz`);
    expect(packed.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    expect(gunzipSync(packed).equals(readFileSync(OUTPUT))).toBe(true);
    expect(length).toBe(readFileSync(OUTPUT).length);
  });

  test('Zstandard in: the same as from gzip', async () => {
    const corpus = fileURLToPath(new URL('../corpus/node12.heapsnapshot', import.meta.url));
    const key = Buffer.alloc(32, 7);
    await redactSnapshot(`${corpus}.gz`, OUTPUT, { key });
    const expected = readFileSync(OUTPUT);
    await redactSnapshot(`${corpus}.zst`, OUTPUT, { key });
    expect(readFileSync(OUTPUT).equals(expected)).toBe(true);
  });

  test('other names are refused, and the file itself', async () => {
    const input = writeIn(folder, 'in.heapsnapshot', bytes);
    await expect(redactSnapshot(input, `${OUTPUT}.zst`)).rejects.toMatchObject({ code: 'OUTPUT' });
    await expect(redactSnapshot(input, input)).rejects.toMatchObject({ code: 'OUTPUT' });
    expect(readFileSync(input).equals(bytes)).toBe(true);
  });
});

describe('nothing is left of what could not be finished', () => {
  const bytes = toJson(PLAIN);
  const broken = scratchFolder();
  const output = join(broken, 'out.heapsnapshot');

  test('a file cut at any place is refused with the byte, and what stood there stays', async () => {
    // The last byte is a newline.
    for (let cut = 0; cut < bytes.length - 1; cut += Math.ceil(bytes.length / 200)) {
      const open = () => new BytesSource(bytes.subarray(0, cut));
      const error = await redact(open, 'memory', output, {}).catch((thrown) => thrown);
      expect(error.code, `cut at ${cut}`).toMatch(/TRUNCATED|COUNT_MISMATCH/);
      expect(error.byteOffset).toBeLessThanOrEqual(cut);
    }
    expect(readdirSync(broken)).toEqual([]);
    writeIn(broken, basename(output), 'before');
    const cut = writeIn(folder, 'cut.heapsnapshot', bytes.subarray(0, 1000));
    await expect(redactSnapshot(cut, output)).rejects.toMatchObject({ file: cut });
    expect(readFileSync(output, 'utf8')).toBe('before');
  });

  test('a file that changes while it is read gives no output', async () => {
    let opens = 0;
    // At the third time it is cut off within its nodes.
    const open = () => new BytesSource(++opens < 3 ? bytes : bytes.subarray(0, 1500));
    await expect(redact(open, 'memory', join(broken, 'new'), {})).rejects.toMatchObject({ code: 'TRUNCATED' });
    expect(readdirSync(broken)).toEqual(['out.heapsnapshot']);
  });

  test('neither when it is told to end', async () => {
    const abort = new AbortController();
    // Others have their turn after some megabytes.
    const input = writeIn(folder, 'large.heapsnapshot', toJson({ ...PLAIN, ...largeGraph() }));
    const onProgress = ({ fraction }: { fraction: number }) => fraction >= 0.5 && abort.abort(new Error('enough'));
    const options = { signal: abort.signal, onProgress };
    await expect(redactSnapshot(input, join(broken, 'new'), options)).rejects.toThrow('enough');
    expect(readdirSync(broken)).toEqual(['out.heapsnapshot']);
  });
});
