import { describe, expect, test } from 'vitest';
import type { HeapProfile } from '#src/base/profile-types.js';
import type { Suspect } from '#src/base/suspect-types.js';
import type { Analysis } from '#src/base/types.js';
import { BytesSource } from '#src/read/source.js';
import { HeapWatch, type RuleOptions } from '#src/scan/heap-watch.js';
import { isSevere, type ScanEvidence, scanEvidence } from '#src/scan/scan.js';
import type { ChainManifest } from '#src/scan/snapshot-layers.js';
import { trendsOf, type WatchedTelemetry } from '#src/scan/trend-layer.js';
import { telemetryFrom } from '#src/telemetry/index.js';

const START = 1_795_410_000_000;

async function watched(values: readonly number[], rules: RuleOptions = {}, more: object = {}) {
  const lines = values.map((heapUsed, at) =>
    JSON.stringify({ ts: START + 10_000 * at, pid: 7, memoryUsage: { heapUsed, heapTotal: 1e9, rss: 1e9 }, ...more }),
  );
  const watch = new HeapWatch(rules);
  const open = () => new BytesSource(Buffer.from(lines.join('\n')));
  return { source: 'a.jsonl', watch, telemetry: await telemetryFrom(open, { observe: watch.observe }) };
}

function suspect(signature: string, more: Partial<Suspect> = {}): Suspect {
  const growth = {
    ...{ count: [1, 2, 3], retainedSize: [1, 2, 3], births: null, countPerInterval: 1, bytesPerInterval: 1 },
    ...{
      bytesInterval: { low: 1, high: 1, level: 0.95 },
      pValue: 0.01,
      adjustedPValue: 0.01,
      shape: 'linear' as const,
    },
  };
  const terms = { growth: 1, ages: 1, share: 1, regularity: 1, detectors: 0, artifact: 1, bounded: 1, plateau: 1 };
  return {
    ...{ signature, title: `${signature} keeps Order`, verdict: 'leak suspect', confidence: 0.9, seedScore: 0.5 },
    ...{ holder: { expression: `global.${signature}`, kind: 'global' }, path: ['[] global', `.${signature} Map`] },
    ...{ growth, terms, retainedSize: 3, detectors: [], repair: 'Bound it.', evidence: [], newest: [] },
    ...more,
  } as unknown as Suspect;
}

const file = (name: string) => ({ ok: true, file: name, classes: [] });

function analysis(suspects: readonly Suspect[], grows = true): Analysis {
  const trend = { countPerInterval: 5, bytesPerInterval: 5, pValue: 0.001 };
  const classes = grows ? [{ name: 'Order', count: [1, 2, 3], trend }] : [];
  return {
    ...{ schemaVersion: 1, snapshots: [file('1'), file('2'), file('3')], suspects },
    growth: { snapshots: [0, 1, 2], classCount: classes.length, classes },
  } as unknown as Analysis;
}

type Evidence = Partial<ScanEvidence> & { readonly telemetry?: readonly WatchedTelemetry[] };

const scanned = ({ telemetry = [], ...evidence }: Evidence) =>
  scanEvidence({ trends: telemetry.flatMap(trendsOf), analysis: undefined, ...evidence }, '1.0.0');

const steady = Array.from({ length: 600 }, (_, at) => 50e6 + (at % 7) * 1e5);

describe('a scan', () => {
  test('is worth a report for a verdict, or for a heap above the 99th percentile of its baseline', async () => {
    expect(scanned({ telemetry: [await watched(steady)] }).trigger).toBeNull();
    const [last, ...above] = [90e6, 90e6, 51e6];
    expect(scanned({ telemetry: [await watched([...steady, last])] })).toMatchObject({
      verdict: 'clean',
      trigger: 'P99',
    });
    expect(scanned({ telemetry: [await watched([...steady, ...above, 50e6])] }).trigger).toBeNull();
    expect(scanned({ analysis: analysis([suspect('kept')]) })).toMatchObject({ verdict: 'leak', trigger: 'verdict' });
    const small = await watched(steady.slice(0, 5), { baseline: [1e6, 2e6] });
    expect(scanned({ telemetry: [small] }).trigger).toBe('P99');
  });

  test('calls one of many heaps rising only if so many would not seem to by accident', async () => {
    // Seven points of full collections, of which all rise: once in 5,040 series that is an accident.
    const lines = (pid: number, live: (at: number) => number) =>
      Array.from({ length: 8 }, (_, at) =>
        JSON.stringify({
          ...{ ts: START + at * 60_000, pid, memoryUsage: { heapUsed: live(at), heapTotal: 1e9, rss: 1e9 } },
          gc: { major: at, minor: 0, pauseMs: 0, live: live(at) },
        }),
      );
    const risingOf = async (steady: number) => {
      const swinging = Array.from({ length: steady }, (_, pid) => lines(pid + 2, (at) => 5e7 + ((at * 5) % 7) * 1e6));
      const watch = new HeapWatch();
      const text = [...lines(1, (at) => 5e7 + at * 3e6), ...swinging.flat()].join('\n');
      const telemetry = await telemetryFrom(() => new BytesSource(Buffer.from(text)), { observe: watch.observe });
      return scanned({ telemetry: [{ source: 'a', watch, telemetry }] }).trends.filter(({ isRising }) => isRising)
        .length;
    };
    expect([await risingOf(0), await risingOf(100), await risingOf(255)]).toEqual([1, 1, 0]);
  });

  test('goes back to L2 once, for candidates that are less sure, and says when there is no chain at all', () => {
    const chains = (suspects: readonly Suspect[], grows = true) => {
      const { layers, findings } = scanned({ analysis: analysis(suspects, grows) });
      const { status, reason, payload } = layers[2];
      const { chains: found, isWidened } = payload as ChainManifest;
      return { status, reason, isWidened, found: found.map(({ signature }) => signature), findings: findings.length };
    };
    const weak = suspect('weak', { confidence: 0.1 });
    expect(chains([suspect('kept'), weak])).toMatchObject({
      status: 'ok',
      isWidened: false,
      found: ['kept'],
      findings: 1,
    });
    expect(chains([weak])).toMatchObject({ status: 'ok', isWidened: true, found: ['weak'], findings: 0 });
    expect(chains([])).toMatchObject({ status: 'no-evidence', isWidened: true, found: [] });
    expect(chains([]).reason).toBe('no chain of references to what grows, with all candidates');
    expect(chains([], false)).toMatchObject({ status: 'ok', isWidened: false });
  });

  test('estimates what neither trends nor patterns have found', () => {
    const suspects = [
      suspect('a', { detectors: ['unbounded-map'] }),
      suspect('b'),
      suspect('c', { growth: null, detectors: ['live-timers'] }),
    ];
    // Chapman: (2 + 1)(2 + 1) / (1 + 1) - 1 = 3.5, of which three are found.
    expect(scanned({ analysis: analysis(suspects) }).missed).toEqual({
      byGrowth: 2,
      byPattern: 2,
      byBoth: 1,
      missed: 0.5,
    });
    expect(scanned({ analysis: analysis(suspects.slice(1, 2)) }).missed).toBeNull();
  });

  test('is severe where a leak is sure and near the limit, or a heap is full within a day whoever fills it', async () => {
    const rising = Array.from({ length: 600 }, (_, at) => 50e6 + at * 1e5 + (at % 10) * 2e6);
    const near = await watched(rising, {}, { heapStatistics: { heap_size_limit: 200e6 } });
    const far = await watched(rising, {}, { heapStatistics: { heap_size_limit: 1e15 } });
    const sure = analysis([suspect('kept', { confidence: 0.95 })]);
    const severe = (evidence: Evidence) => isSevere(scanned(evidence));
    expect(severe({ telemetry: [near], analysis: sure })).toBe(true);
    expect(severe({ telemetry: [far], analysis: sure })).toBe(false);
    expect(severe({ telemetry: [near] })).toBe(true);
    expect(severe({ telemetry: [near], analysis: analysis([], false) })).toBe(true);
    expect(severe({ telemetry: [far] })).toBe(false);
    expect(severe({ analysis: sure })).toBe(false);
  });

  test('takes detached contexts that become more for evidence', async () => {
    const samples = Array.from({ length: 100 }, (_, at) => ({ number_of_detached_contexts: Math.floor(at / 5) }));
    const lines = samples.map((heapStatistics, at) =>
      JSON.stringify({
        ...{ ts: START + at * 1000, pid: 1, memoryUsage: { heapUsed: 5e7, heapTotal: 9e7, rss: 1e8 } },
        heapStatistics,
      }),
    );
    const watch = new HeapWatch();
    const open = () => new BytesSource(Buffer.from(lines.join('\n')));
    const telemetry = await telemetryFrom(open, { observe: watch.observe });
    expect(scanned({ telemetry: [{ source: 'a', watch, telemetry }], analysis: analysis([], false) }).verdict).toBe(
      'suspicious',
    );
  });

  test('lists functions that have more in use, with places in original sources, and compares them though there are no snapshots', () => {
    const profile = (bytes: number): HeapProfile => ({
      sites: [{ function: 'fill', script: '/app/dist/a.js', line: 3, column: 5, selfSize: bytes, stack: ['main'] }],
      ...{ totalSize: bytes, samples: undefined },
    });
    const originalOf = ({ script, line }: { script: string; line: number }) =>
      script === '/app/dist/a.js' ? { script: 'src/a.ts', line: line + 100, column: 1 } : undefined;
    const { sites, layers, verdict } = scanned({ profiles: [profile(10), profile(30), profile(50)], originalOf });
    expect(sites).toMatchObject([
      { function: 'fill', values: [10, 30, 50], delta: 40, rises: 2, original: { script: 'src/a.ts', line: 103 } },
    ]);
    expect(layers[1]).toMatchObject({ status: 'ok' });
    expect(verdict).toBe('no evidence');
    expect(scanned({ profiles: [profile(10)] }).layers[1].reason).toBe('one profile: nothing to compare');
    const placed = suspect('kept', {
      holder: { expression: 'x', kind: 'field', place: { script: '/app/dist/a.js', line: 1, column: 1 } },
    });
    expect(scanned({ analysis: analysis([placed]), originalOf }).findings[0].original).toMatchObject({ line: 101 });
    expect(scanned({ analysis: analysis([placed]) }).findings[0].original).toBeNull();
  });

  test('lists symptoms that are seen, and findings by what may be behind them', async () => {
    const suspects = [
      suspect('cache', { detectors: ['unbounded-map'] }),
      suspect('timer', { detectors: ['live-timers'], holder: { expression: 'Poll.timers', kind: 'field' } }),
    ];
    const rising = await watched(Array.from({ length: 100 }, (_, at) => 5e7 + at * 1e6));
    const { symptoms, causes } = scanned({ telemetry: [rising], analysis: analysis(suspects) }).checklist;
    // The resident memory of the fixture stays as it is, and nothing counts its collections.
    expect(symptoms.map(({ isSeen }) => isSeen)).toEqual([false, null, null]);
    expect(causes.map(({ findings }) => findings)).toEqual([[], ['cache'], [], ['timer'], ['cache']]);
    expect(scanned({}).checklist.symptoms.map(({ isSeen }) => isSeen)).toEqual([null, null, null]);
  });

  test('sees memory of a process rise, and full collections that leave more each time', async () => {
    const lines = Array.from({ length: 60 }, (_, at) =>
      JSON.stringify({
        ...{
          ts: START + at * 60_000,
          pid: 1,
          memoryUsage: { rss: 1e8 + at * 1e6, heapTotal: 2e8, heapUsed: 6e7 + at * 1e6 },
        },
        gc: { major: at, minor: 0, pauseMs: 0, live: 5e7 + at * 1e6 },
      }),
    );
    const watch = new HeapWatch();
    const open = () => new BytesSource(Buffer.from(lines.join('\n')));
    const telemetry = await telemetryFrom(open, { observe: watch.observe });
    const { symptoms } = scanned({ telemetry: [{ source: 'a', watch, telemetry }] }).checklist;
    expect(symptoms.map(({ isSeen }) => isSeen)).toEqual([true, true, null]);
  });

  test('names the snapshot that was written nearest to where a rule fired first, and does not sign when files were written', async () => {
    const telemetry = [await watched([...steady, 90e6, 50e6, 51e6])];
    const snapshots = [
      { file: 'early', modified: START },
      { file: 'near', modified: START + 6_000_500 },
      { file: 'late', modified: START + 9_000_000 },
    ];
    const report = scanned({ telemetry, snapshots });
    const rule = report.trends[0].rules.find(({ rule: name }) => name === '5 MB in one cycle');
    expect(rule).toMatchObject({ fired: 1, nearestSnapshot: 'near', samples: [{ ts: START + 6_000_000 }] });
    expect(report.layers).toEqual(scanned({ telemetry }).layers);
  });
});
