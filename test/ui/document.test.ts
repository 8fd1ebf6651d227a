import { describe, expect, test } from 'vitest';
import type { DominatorTree, ReportDocument, TelemetryChart } from '#src/base/report-types.js';
import type { Analysis } from '#src/base/types.js';
import type { WasteReport } from '#src/base/waste-types.js';
import { limitsAt } from '#src/report/report-cuts.js';
import { reportDocument, reportDocumentText } from '#src/report/report-document.js';
import type { AnalysisInput } from '#src/report/reporter.js';
import { createRandom } from '../build/random.js';
import { hostileAnalysis, hostileScan } from '../report/hostile-inputs.js';
import { sampleFailure, sampleReport, sampleSeries } from '../report/samples.js';
import { hostileReport } from './hostile-report.js';
import { withPicture } from './report-inputs.js';
import { scriptPayloads } from './script-payloads.js';

const MOST_BYTES = 5_000_000;

describe('the document within the page', () => {
  test('ends no script and begins no comment, whatever it says, and says what there was', () => {
    const names = scriptPayloads(100);
    const text = reportDocumentText(hostileReport(names), 0);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    const { analysis } = JSON.parse(text);
    const shown = names.map((name) => (name.length > 500 ? `${name.slice(0, 500)}…` : name));
    expect(analysis.suspects.map(({ title }: { title: string }) => title)).toEqual(shown);
    expect(reportDocumentText(hostileReport(names), 0)).toBe(text);
  });

  test('has of what it was held against the keys that documents have, and no others', () => {
    const { gate, ...input } = hostileAnalysis(['a']);
    if (gate?.comparison === undefined) throw new Error('expected a comparison');
    const extra = <T>(items: readonly T[] = []) => items.map((one) => ({ ...one, secret: 'hidden' }));
    const { comparison } = gate;
    const changes = { suspects: extra(comparison.suspects), classes: extra(comparison.classes), secret: 'hidden' };
    const dirty = {
      ...{ ...gate, budgets: extra(gate.budgets), suppressions: extra(gate.suppressions), secret: 'hidden' },
      comparison: { ...comparison, ...changes },
    };
    expect(reportDocumentText({ ...input, gate: dirty }, 0)).not.toMatch(/secret|hidden/);
    expect(reportDocument({ ...input, gate: dirty }).gate).toEqual(reportDocument({ ...input, gate }).gate);
  });

  test('cuts no character in two', () => {
    const text = reportDocumentText(hostileAnalysis([`${'x'.repeat(499)}😀y`]), 0);
    expect(JSON.parse(text).analysis.suspects[0].title).toBe(`${'x'.repeat(499)}…`);
  });

  test('has no more than what documents have: no times, no payloads of layers, no pictures beside the one', () => {
    const input = hostileReport(['a', 'b']);
    const text = reportDocumentText(input, 0);
    const { scan, analysis, tree } = JSON.parse(text);
    expect(scan.layers.map(({ payload }: { payload: unknown }) => payload)).toEqual([null, null]);
    expect(tree.texts).toEqual(['root', 'a', 'b']);
    for (const snapshot of analysis.snapshots) expect(Object.keys(snapshot)).not.toContain('picture');
  });

  test('tells what was left out before as well', () => {
    const before = [{ what: 'processes', shown: 256, of: 300 }];
    expect(reportDocument({ ...hostileAnalysis(['a']), leftOut: before }).leftOut).toEqual(
      expect.arrayContaining(before),
    );
  });

  test('has everything as null or empty where there is nothing', () => {
    const analysis = { schemaVersion: 1, snapshots: [] } as const;
    const { gate: _, ...input } = hostileAnalysis(['a']);
    const { scan, tree, waste, telemetry, gate, leftOut } = reportDocument({ ...input, analysis });
    expect({ scan, tree, waste, telemetry, gate, leftOut }).toEqual({
      ...{ scan: null, tree: null, waste: null, telemetry: [], gate: null, leftOut: [] },
    });
    expect(reportDocument({ ...hostileScan(['a']), analysis: undefined }).analysis).toBeNull();
  });
});

/** A tree of random shape, in preorder. */
function randomTree(nodes: number, seed: number): DominatorTree {
  const random = createRandom(seed);
  const depth = [0];
  const retainedSize = [nodes * 1000];
  const way = [nodes * 1000];
  while (depth.length < nodes) {
    const level = 1 + random.int(way.length);
    way.length = level;
    const size = Math.max(1, Math.floor(way[level - 1] / (1 + random.int(3))));
    way.push(size);
    depth.push(level);
    retainedSize.push(size);
  }
  const each = (one: (at: number) => number) => depth.map((_, at) => one(at));
  return {
    ...{ file: 'a', nodeCount: 3 * nodes, totalSize: nodes * 1000, leastSize: 1 },
    texts: Array.from({ length: 50 }, (_, at) => `text ${at}`),
    ...{ depth, name: each((at) => at % 50), className: each((at) => at % 7), id: each((at) => 2 * at + 1) },
    ...{ selfSize: each(() => 1), retainedSize, childCount: each(() => 9) },
  };
}

describe('what is cut', () => {
  test('of a tree leaves a tree: dominators of all that is kept are kept', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const tree = randomTree(400, seed);
      const input = hostileReport(['a']);
      const picture = { tree, waste: { file: 'a', nodeCount: 1, totalSize: 1, kinds: [] }, classes: [] };
      const analysis = withPicture(input.analysis as AnalysisInput['analysis'], picture);
      const { tree: cut, leftOut } = reportDocument({ ...input, analysis }, { ...limitsAt(1), treeNodes: 60 });
      if (cut === null) throw new Error('expected a tree');
      expect(cut.depth).toHaveLength(60);
      expect(cut.depth[0]).toBe(0);
      for (const [at, depth] of cut.depth.entries())
        if (at > 0) expect(depth).toBeLessThanOrEqual(cut.depth[at - 1] + 1);
      const names = (from: DominatorTree, nodes: readonly number[]) => nodes.map((at) => from.texts[from.name[at]]);
      const kept = cut.id.map((id) => tree.id.indexOf(id));
      expect(names(cut, [...cut.id.keys()])).toEqual(names(tree, kept));
      expect(Math.min(...cut.retainedSize)).toBe(cut.leastSize);
      expect(leftOut).toContainEqual({ what: 'nodes of the dominator tree', shown: 60, of: 1200 });
    }
  });

  test('of budgets and suppressions are those that need nobody', () => {
    const names = Array.from({ length: 9 }, (_, at) => `n${at}`);
    const input = hostileAnalysis(names);
    const { gate, leftOut } = reportDocument(input, { ...limitsAt(1), gateLines: 6 });
    // Every other one is exceeded.
    expect(gate?.budgets?.map(({ state }) => state)).toEqual([...Array(5).fill('exceeded'), 'met']);
    expect(gate?.budgets?.[1].what).toBe('n2');
    expect(gate?.failures).toEqual(names.slice(0, 6));
    expect(leftOut).toContainEqual({ what: 'budgets', shown: 6, of: 9 });
    expect(leftOut).toContainEqual({ what: 'reasons to fail', shown: 6, of: 9 });
    expect(leftOut).toContainEqual({ what: 'suspects compared with the baseline', shown: 6, of: 9 });
  });

  test('of a chart keeps the least and the most of what has become one', () => {
    const values = Array.from({ length: 10_000 }, (_, at) => (at * 7919) % 1000);
    const ts = values.map((_, at) => at);
    const chart: TelemetryChart = {
      ...{ source: 'a', process: '1', metric: 'v8.heap_used', hasTimes: true, ts },
      ...{
        least: values,
        most: values.map((value) => value + 5),
        last: values,
        lows: ts.map((at) => ({ ts: at, value: 1 })),
      },
    };
    const [cut] = reportDocument(
      { ...hostileAnalysis(['a']), telemetry: [chart] },
      { ...limitsAt(1), points: 100 },
    ).telemetry;
    for (const list of [cut.ts, cut.least, cut.most, cut.last]) expect(list).toHaveLength(100);
    expect([Math.min(...cut.least), Math.max(...cut.most)]).toEqual([0, 1004]);
    expect([cut.ts[99], cut.last[99]]).toEqual([9999, values[9999]]);
    expect(cut.lows.length).toBeLessThanOrEqual(100);
  });

  test('is more where that is not enough, and said', () => {
    const names = Array.from({ length: 400 }, (_, at) => `${at} ${'漢'.repeat(600)}`);
    const text = reportDocumentText(hostileReport(names), 200_000);
    expect(Buffer.byteLength(text) + 200_000).toBeLessThanOrEqual(MOST_BYTES);
    const { leftOut, analysis, waste } = JSON.parse(text) as ReportDocument & {
      analysis: Analysis;
      waste: WasteReport;
    };
    const told = new Map(leftOut.map(({ what, shown, of }) => [what, [shown, of]]));
    expect(told.get('suspects')).toEqual([analysis.suspects?.length, 400]);
    expect(told.get('items of duplicate strings')).toEqual([waste.kinds[0].items.length, 400]);
    for (const { shown, of } of leftOut) expect(shown).toBeLessThan(of);
  });

  test('of a long series are snapshots in the middle: its ends, failures and figures stay', () => {
    const { growth } = sampleSeries(['a']);
    if (growth === undefined) throw new Error('expected growth');
    const count = 100;
    const snapshots = Array.from({ length: count }, (_, at) =>
      at % 50 === 7 ? sampleFailure(`f${at}`) : sampleReport(`s${at}`, ['a']),
    );
    const readable = [...snapshots.keys()].filter((at) => snapshots[at].ok);
    const values = snapshots.map(({ ok }, at) => (ok ? at : null));
    const row = { ...growth.classes[0], count: values, selfSize: values, retainedSize: values };
    const input = hostileAnalysis(['a']);
    const series = {
      ...input.analysis.series,
      compared: readable,
      restarts: [],
    } as AnalysisInput['analysis']['series'];
    const of = readable.map((at) => at);
    const suspects = input.analysis.suspects?.map((one) => ({
      ...one,
      growth: one.growth && { ...one.growth, count: of, retainedSize: of },
    }));
    const analysis = {
      ...input.analysis,
      snapshots,
      growth: { snapshots: readable, classCount: 1, classes: [row] },
      series,
      suspects,
    };
    const { analysis: cut, leftOut } = reportDocument({ ...input, analysis }, { ...limitsAt(1), snapshots: 20 });
    expect(leftOut).toContainEqual({ what: 'snapshots', shown: 20, of: 100 });
    const files = cut?.snapshots.map(({ file }) => file) ?? [];
    expect(files).toHaveLength(20);
    for (const wanted of ['s0', 's99', 'f7', 'f57']) expect(files).toContain(wanted);
    // Each figure still stands beside its snapshot.
    for (const [at, file] of files.entries())
      expect(cut?.growth?.classes[0].count[at]).toBe(file.startsWith('f') ? null : Number(file.slice(1)));
    const compared = cut?.series?.compared.map((at) => Number(files[at].slice(1)));
    expect(cut?.suspects?.[0].growth?.count).toEqual(compared);
  });
});
