import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Analysis, type AnalyzeOptions, analyze } from 'heapsleuth';
import { beforeAll, describe, expect, test } from 'vitest';
import { analysisJson } from '#src/report/json.js';
import { scratchFolder } from '../api/snapshot-files.js';

const SERIES = [1, 2, 3, 4, 5, 6, 7, 8].map((step) =>
  fileURLToPath(new URL(`../../snapshots/server-${step}.heapsnapshot.gz`, import.meta.url)),
);
const LEAKY = fileURLToPath(new URL('programs/leaky.cjs', import.meta.url));

function worst({ suspects = [] }: Analysis) {
  const [first] = suspects;
  const { place } = first.holder;
  return { ...first, at: place && `${basename(place.script)}:${place.line}` };
}

describe('the recorded series', () => {
  test('names the map that requests stay in, how it grows and where it is made', async () => {
    const analysis = await analyze(SERIES);
    expect(analysis.series).toEqual({
      compared: [1, 2, 3, 4, 5, 6, 7],
      relation: 'same process',
      comparedBy: 'ids',
      warmUp: 1,
      restarts: [],
      notes: [],
    });
    const found = worst(analysis);
    expect(found).toMatchObject({
      title: 'InvoiceServer.inFlight keeps RequestContext',
      verdict: 'leak suspect',
      holder: { expression: 'InvoiceServer.inFlight', kind: 'field' },
      at: 'server.cjs:64',
    });
    expect(found.confidence).toBeGreaterThanOrEqual(0.75);
    expect(found.growth).toMatchObject({
      count: [200, 250, 300, 350, 400, 450, 500],
      countPerInterval: 50,
      shape: 'linear',
      births: [200, 50, 50, 50, 50, 50, 50],
    });
    expect(found.growth?.pValue).toBeCloseTo(1 / 5040, 12);
    expect(found.retainedSize).toBe(found.growth?.retainedSize.at(-1));
    expect(found.sampleIds).toHaveLength(3);
  });

  test.each([
    { snapshots: 1, verdict: 'pattern', most: 0.5, count: undefined },
    { snapshots: 2, verdict: 'grew between snapshots', most: 0.75, count: [150, 200] },
    { snapshots: 3, verdict: 'grew between snapshots', most: 0.75, count: [150, 200, 250] },
    { snapshots: 4, verdict: 'growing', most: 0.92, count: [150, 200, 250, 300] },
  ])('its first $snapshots allow no more than: $verdict', async ({ snapshots, verdict, most, count }) => {
    const found = worst(await analyze(SERIES.slice(0, snapshots)));
    expect(found).toMatchObject({ holder: { expression: 'InvoiceServer.inFlight' }, verdict, at: 'server.cjs:64' });
    expect(found.growth?.count).toEqual(count);
    expect(found.confidence).toBeLessThanOrEqual(most);
    expect(found.confidence).toBeGreaterThan(most / 3);
  });

  test('has one signature, however many of its snapshots are compared', async () => {
    const signatures = new Set<string>();
    for (const from of [4, 6]) signatures.add(worst(await analyze(SERIES.slice(from))).signature);
    expect(signatures.size).toBe(1);
    expect([...signatures][0]).toMatch(/^[0-9a-f]{40}$/);
  });

  test('in another order says so', async () => {
    const { series, suspects } = await analyze(SERIES.slice(0, 4).toReversed());
    expect(series?.notes[0]).toMatch(/^SNAPSHOT_ORDER: /);
    expect(suspects?.map(({ holder }) => holder.expression)).not.toContain('InvoiceServer.inFlight');
  });

  test('gives the same bytes in threads and processes, one or two at a time', async () => {
    const files = SERIES.slice(0, 3);
    const documentWith = async (options: AnalyzeOptions) => analysisJson(await analyze(files, options));
    const expected = await documentWith({ isolation: 'thread', concurrency: 1 });
    expect(expected).toContain('InvoiceServer.inFlight');
    expect(await documentWith({ isolation: 'thread', concurrency: 2 })).toBe(expected);
    expect(await documentWith({ isolation: 'process', concurrency: 1 })).toBe(expected);
    expect(await documentWith({ isolation: 'process', concurrency: 2 })).toBe(expected);
  });
});

describe('snapshots of different processes', () => {
  const folder = scratchFolder();
  const files = [200, 400, 600].map((letters) => join(folder, `${letters}.heapsnapshot`));
  beforeAll(() => {
    for (const [at, file] of files.entries()) execFileSync(process.execPath, [LEAKY, String(200 * (at + 1)), file]);
  });

  test.each([2, 3])('%d are compared by structure, and still name the holder', async (count) => {
    const analysis = await analyze(files.slice(0, count));
    expect(analysis.series).toMatchObject({ comparedBy: 'structure', compared: [0, 1, 2].slice(0, count) });
    expect(analysis.series?.relation).not.toBe('same process');
    const found = worst(analysis);
    expect(found).toMatchObject({
      title: 'Mailbox.letters keeps Letter',
      verdict: 'grew between snapshots',
      at: 'leaky.cjs:13',
    });
    expect(found.growth).toMatchObject({ count: [200, 400, 600].slice(0, count), countPerInterval: 200, births: null });
    expect(found.terms).toMatchObject({ ages: 0, regularity: 1 });
  });

  test('have the signature that one process has', async () => {
    const own = [1, 2].map((step) => join(folder, `own-${step}.heapsnapshot`));
    execFileSync(process.execPath, [LEAKY, '100', ...own]);
    const found = worst(await analyze(own));
    expect(found).toMatchObject({
      title: 'Mailbox.letters keeps Letter',
      growth: { count: [100, 200], births: [100, 100] },
    });
    expect(found.signature).toBe(worst(await analyze(files)).signature);
  });
});
