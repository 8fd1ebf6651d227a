import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extractSnapshot } from '#src/batch/extract.js';
import { openSnapshot } from '#src/batch/open.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson, toProfile } from '../build/snapshot-builder.js';
import { seriesFile } from '../cli/run-cli.js';
import { type DevtoolsAnalysis, devtoolsFromProfile, isFailed } from '../oracle/devtools.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { opened } from './same-figures.js';

const folder = scratchFolder();
const FILE = seriesFile(8);
const OUTPUT = join(folder, 'excerpt.heapsnapshot');
const GRAPHS = 60;

/** Ordinals by id. */
const byId = ({ id }: DevtoolsAnalysis) => new Map(Array.from(id, (value, ordinal) => [value, ordinal]));

/** The nodes of a class that holds most, and those that hold them. */
async function ids(className: string, count: number): Promise<number[]> {
  const snapshot = await openSnapshot(FILE);
  const found = Array.from(snapshot.members(className), (node) => snapshot.columns.id[node]).slice(-count);
  snapshot.close();
  return found;
}

describe('an excerpt of a real snapshot', () => {
  test.each(['RequestContext', 'InvoiceServer', 'Server'])('of a %s is what DevTools finds below it', async (name) => {
    const whole = await opened(FILE);
    const [id] = await ids(name, 1);
    const report = await extractSnapshot(FILE, id, OUTPUT);
    const part = await opened(OUTPUT);
    expect(part.nodeCount).toBe(report.nodeCount);
    expect(part.edgeCount).toBe(report.edgeCount);
    expect(report.taken).toBe(report.dominated);
    const [before, after] = [byId(whole), byId(part)];
    const at = (ordinals: Map<number, number>) => ordinals.get(id) ?? -1;
    expect(part.retainedSize[at(after)]).toBe(whole.retainedSize[at(before)]);
    expect(part.distance[at(after)]).toBe(whole.distance[at(before)]);
    expect(report.retainedSize).toBe(whole.retainedSize[at(before)]);
    expect(report.takenSize).toBe(report.retainedSize);
    expect(part.className(at(after))).toBe(name);
    let below = 0;
    for (const [nodeId, node] of after) {
      const original = before.get(nodeId) ?? -1;
      expect(part.detachedness[node]).toBe(whole.detachedness[original]);
      if (!isBelow(whole, original, at(before))) continue;
      below++;
      expect(part.retainedSize[node], `@${nodeId}`).toBe(whole.retainedSize[original]);
      if (nodeId !== id) expect(part.id[part.dominator[node]]).toBe(whole.id[whole.dominator[original]]);
      // What plain objects are called depends on all others.
      if (part.className(node) !== 'Object') expect(part.className(node)).toBe(whole.className(original));
    }
    expect(below).toBe(report.dominated + 1);
    expect(part.nodeCount).toBe(below + report.pathNodes - 1);
  });

  test('takes the nearest first where there are more than may be', async () => {
    const [id] = await ids('InvoiceServer', 1);
    const all = await extractSnapshot(FILE, id, OUTPUT, { limit: 1e6 });
    expect(all.dominated).toBeGreaterThan(2000);
    const whole = byId(await opened(OUTPUT));
    const few = await extractSnapshot(FILE, id, `${OUTPUT}.gz`, { limit: 100 });
    expect(few).toMatchObject({ taken: 100, dominated: all.dominated, nodeCount: few.pathNodes + 100 });
    expect(few.edgesCut).toBeGreaterThan(0);
    expect(few.takenSize).toBeLessThan(few.retainedSize);
    const part = await opened(`${OUTPUT}.gz`);
    for (const nodeId of part.id) expect(whole.has(nodeId)).toBe(true);
    const none = await extractSnapshot(FILE, id, OUTPUT, { limit: 0 });
    expect(none.nodeCount).toBe(none.pathNodes);
  });

  test('names no value, or all of them', async () => {
    const [id] = await ids('RequestContext', 1);
    const values = async (level: 'basic' | 'none') => {
      await extractSnapshot(FILE, id, OUTPUT, { level });
      const { nodes, strings, snapshot } = JSON.parse(readFileSync(OUTPUT, 'utf8'));
      const { node_fields, node_types } = snapshot.meta;
      const rows = Array.from({ length: snapshot.node_count }, (_, row) => row * node_fields.length);
      return rows.filter((at) => node_types[0][nodes[at]] === 'string').map((at) => strings[nodes[at + 1]]);
    };
    const [plain, redacted] = [await values('none'), await values('basic')];
    expect(plain.length).toBeGreaterThan(0);
    expect(redacted.map((text) => Number(/^\[(\d+) chars [0-9a-f]{16}\]$/.exec(text)?.[1]))).toEqual(
      plain.map((text) => text.length),
    );
  });

  test('refuses ids that there are not, and outputs it cannot write', async () => {
    await expect(extractSnapshot(FILE, 2 ** 40, OUTPUT)).rejects.toThrow(RangeError);
    const [id] = await ids('Server', 1);
    await expect(extractSnapshot(FILE, id, join(OUTPUT, 'below a file'))).rejects.toMatchObject({ code: 'OUTPUT' });
    await expect(extractSnapshot(FILE, id, FILE)).rejects.toMatchObject({ code: 'OUTPUT' });
  });
});

test('random graphs: any node can be taken out, and DevTools opens it', async () => {
  let compared = 0;
  for (let seed = 0; seed < GRAPHS; seed++) {
    const plain = randomGraph(seed);
    const whole = await devtoolsFromProfile(toProfile(plain));
    if (isFailed(whole)) continue;
    const node = seed % plain.nodes.length;
    const input = writeIn(folder, 'random.heapsnapshot', toJson(plain));
    const ids = plain.nodes.map(({ id }) => id);
    if (ids.indexOf(ids[node]) !== node) continue;
    const report = await extractSnapshot(input, ids[node], OUTPUT);
    // V8's own objects may have one owner left, which DevTools then counts them to.
    if (whole.distance[node] < 0 || ['hidden', 'array', 'native'].includes(plain.nodes[node].type)) continue;
    const part = await opened(OUTPUT);
    const at = byId(part).get(ids[node]) ?? -1;
    expect(report.retainedSize, `seed ${seed}`).toBe(whole.retainedSize[node]);
    // Objects of V8's elsewhere may be counted to one of these.
    if (report.takenSize !== report.retainedSize) continue;
    expect(part.retainedSize[at], `seed ${seed}`).toBe(whole.retainedSize[node]);
    compared++;
  }
  expect(compared).toBeGreaterThan(GRAPHS / 3);
});

function isBelow({ dominator }: DevtoolsAnalysis, node: number, top: number): boolean {
  let at = node;
  while (at !== top && dominator[at] !== at) at = dominator[at];
  return at === top;
}
