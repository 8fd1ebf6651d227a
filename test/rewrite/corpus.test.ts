import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '#src/base/types.js';
import { analyze } from '#src/batch/analyze.js';
import { redactSnapshot } from '#src/rewrite/redact.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { expectSameClasses, expectSameGraph, opened } from './same-figures.js';

const CORPUS = fileURLToPath(new URL('../corpus/', import.meta.url));
const SERIES = fileURLToPath(new URL('../../snapshots/', import.meta.url));
/** DevTools cannot open the timeline. */
const FILES = [
  ...readdirSync(CORPUS)
    .filter((name) => name.endsWith('.heapsnapshot.gz'))
    .map((name) => join(CORPUS, name)),
  join(SERIES, 'server-8.heapsnapshot.gz'),
];
const folder = scratchFolder();

interface Parsed {
  readonly snapshot: {
    readonly meta: { node_fields: string[]; node_types: [string[]]; edge_fields: string[]; edge_types: [string[]] };
  };
  readonly nodes: number[];
  readonly edges: number[];
  readonly strings: string[];
}

function parsed(file: string): Parsed {
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

/** Names of nodes by type, and of edges. */
function namesOf({ snapshot, nodes, edges, strings }: Parsed) {
  const { node_fields, node_types, edge_fields, edge_types } = snapshot.meta;
  const found = new Map<string, string[]>();
  const add = (type: string, name: string) => (found.get(type) ?? found.set(type, []).get(type))?.push(name);
  for (let at = 0; at < nodes.length; at += node_fields.length) add(node_types[0][nodes[at]], strings[nodes[at + 1]]);
  for (let at = 0; at < edges.length; at += edge_fields.length) {
    const type = edge_types[0][edges[at]];
    if (type !== 'element' && type !== 'hidden') add(`-> ${type}`, strings[edges[at + 1]]);
  }
  return found;
}

const STAY = ['array', 'hidden', 'object', 'code', 'closure', 'synthetic', '-> property', '-> context', '-> shortcut'];
const PLACEHOLDER = /^\[\d+ chars [0-9a-f]{16}\]$/;
const WORDS = [
  'Array',
  '',
  'int',
  'bool',
  'true',
  'false',
  'string',
  'private symbol',
  '(concatenated string)',
  '(sliced string)',
  'symbol',
  'bigint',
  'heap number',
  'number',
  'smi number',
];

describe.each(FILES)('%s', (file) => {
  test('basic: DevTools finds the same, by the same names, and no value', async () => {
    const output = join(folder, 'basic.heapsnapshot');
    const report = await redactSnapshot(file, output);
    expectSameClasses(await opened(output), await opened(file), 'basic');
    const [before, after] = [namesOf(parsed(file)), namesOf(parsed(output))];
    for (const type of STAY) expect(after.get(type), type).toEqual(before.get(type));
    const values = ['string', 'regexp', 'number', 'symbol'].flatMap((type) => after.get(type) ?? []);
    expect(values.length).toBeGreaterThan(1000);
    // Texts that are names of scripts, too.
    const scripts = new Set(before.get('code')?.map((name) => name.replace('system / Script / ', '')));
    const odd = values.filter((name) => !PLACEHOLDER.test(name) && !WORDS.includes(name) && !scripts.has(name));
    expect([...new Set(odd)]).toEqual([]);
    expect(report.replaced).toBeGreaterThan(500);
    expect(report.split).toBeGreaterThan(500);
  });

  test.each(['names', 'full'] as const)('%s: DevTools finds the same graph', async (level) => {
    const output = join(folder, `${level}.heapsnapshot.gz`);
    await redactSnapshot(file, output, { level });
    expectSameGraph(await opened(output), await opened(file), level);
  });
});

test('attributes of elements are values: their tags stay, and in full not even those', async () => {
  const file = join(CORPUS, 'chrome156.heapsnapshot.gz');
  const natives = async (level: 'none' | 'basic' | 'full') => {
    const output = join(folder, 'elements.heapsnapshot');
    await redactSnapshot(file, output, { level });
    return new Set(namesOf(parsed(output)).get('native'));
  };
  const [plain, basic, full] = [await natives('none'), await natives('basic'), await natives('full')];
  expect([...plain].filter((name) => /^<article id="w\d+" class="widget">$/.test(name)).length).toBeGreaterThan(100);
  expect([...basic].filter((name) => /^<article \[\d+ chars [0-9a-f]{16}\]>$/.test(name)).length).toBeGreaterThan(100);
  expect([...basic].filter((name) => name.includes('widget'))).toEqual([]);
  expect([...full].filter((name) => name.startsWith('<'))).toEqual([]);
});

test('what is found in a redacted series is called and placed as before', async () => {
  const files = [1, 2, 3, 4, 5, 6].map((step) => join(SERIES, `server-${step}.heapsnapshot.gz`));
  const outputs = files.map((_, step) => join(folder, `step-${step}.heapsnapshot`));
  for (const [step, file] of files.entries()) await redactSnapshot(file, outputs[step]);
  const [before, after] = [await analyze(files), await analyze(outputs)];
  expect(after.growth?.classes.map(({ name }) => name)).toEqual(before.growth?.classes.map(({ name }) => name));
  const told = ({ suspects }: Analysis) => suspects?.map(({ title, holder, signature }) => [title, holder, signature]);
  expect(told(before)?.length).toBeGreaterThan(0);
  expect(told(after)).toEqual(told(before));
  expect(after.suspects?.[0].holder.place?.script).toMatch(/server\.cjs$/);
}, 60_000);

test('a timeline, which DevTools cannot open, is analysed as before', async () => {
  const file = join(CORPUS, 'timeline.heaptimeline.gz');
  const output = join(folder, 'timeline.heaptimeline.gz');
  await redactSnapshot(file, output);
  const [before, after] = await Promise.all([file, output].map((name) => analyze([name], { suspects: false })));
  const [found, expected] = [after.snapshots[0], before.snapshots[0]];
  if (!found.ok || !expected.ok) throw new Error('found a failure, expected none');
  expect({ ...found, file }).toEqual(expected);
  const { trace_tree, trace_function_infos, samples } = JSON.parse(gunzipSync(readFileSync(output)).toString('utf8'));
  const original = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
  expect(trace_function_infos.length).toBeGreaterThan(50);
  expect({ trace_tree, trace_function_infos, samples }).toEqual({
    trace_tree: original.trace_tree,
    trace_function_infos: original.trace_function_infos,
    samples: original.samples,
  });
});
