import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TelemetryChart } from '#src/base/report-types.js';
import { scanFolder } from '#src/batch/scan-folder.js';
import { createRandom } from '../build/random.js';
import { scratchFolder } from '../promises/scratch-folder.js';

const folder = scratchFolder();
const START = 1_795_410_000_000;
const LIMIT = 4e9;

/** A heap that is collected every `every` samples; `grows` bytes more are left each time. */
function lines(pid: number, samples: number, grows: number, every = 10): string[] {
  const random = createRandom(pid);
  return Array.from({ length: samples }, (_, at) => {
    const heapUsed = 2e7 + Math.floor(at / every) * grows + (at % every) * 2e6 + random.int(1000);
    return JSON.stringify({ ts: START + 1000 * at, pid, heapUsed, heapTotal: 9e7, rss: 2e8 + at, heapLimit: LIMIT });
  });
}

function folderWith(name: string, files: Readonly<Record<string, readonly string[]>>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content.join('\n'));
  return path;
}

function chartOf(charts: readonly TelemetryChart[], metric: string): TelemetryChart {
  const found = charts.find((chart) => chart.metric === metric);
  if (found === undefined) throw new Error(`found no chart of ${metric}, expected one`);
  return found;
}

describe('charts of telemetry', () => {
  test('have every extreme, in no more samples than a screen shows, and what the trend was judged by', async () => {
    const samples = lines(7, 5000, 900_000);
    const { charts, report } = await scanFolder(folderWith('one', { 'a.jsonl': samples }), {}, { drawsCharts: true });
    expect(charts).toMatchObject({ shown: 1, of: 1 });
    const all = charts?.charts ?? [];
    expect(all.slice(0, 2).map(({ metric }) => metric)).toEqual(['v8.heap_used', 'v8.heap_total']);
    const values = samples.map((line) => JSON.parse(line).heapUsed as number);
    const heap = chartOf(all, 'v8.heap_used');
    expect(heap).toMatchObject({ source: 'a.jsonl', process: '7', hasTimes: true });
    expect(heap.ts.length).toBeGreaterThan(300);
    expect(heap.ts.length).toBeLessThanOrEqual(600);
    for (const { least, most, last } of all)
      expect([least.length, most.length, last.length]).toEqual(Array(3).fill(heap.ts.length));
    let from = START;
    for (const [at, to] of heap.ts.entries()) {
      const some = values.slice((from - START) / 1000, (to - START) / 1000 + 1);
      expect(heap.least[at]).toBe(Math.min(...some));
      expect(heap.most[at]).toBe(Math.max(...some));
      expect(heap.last[at]).toBe(some.at(-1));
      from = to + 1000;
    }
    expect(heap.ts.at(-1)).toBe(START + 4_999_000);
    const [trend] = report.trends;
    expect(trend.basis).toBe('low points');
    expect(heap.lows).toHaveLength(trend.points + trend.warmUp);
    expect(heap.lows.at(-1)?.value).toBe(trend.end);
    for (const { value } of heap.lows) expect(values).toContain(value);
    expect(chartOf(all, 'v8.rss').lows).toEqual([]);
    expect(chartOf(all, 'v8.rss').last.at(-1)).toBe(2e8 + 4999);
  });

  test('are those of heaps that rise, then of the longest, where there are too many', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `p${at}.jsonl`,
        lines(at + 1, at === 29 ? 300 : 400 + at, at === 29 ? 3e6 : 0),
      ]),
    );
    const path = folderWith('many', files);
    const { charts, report } = await scanFolder(path, {}, { drawsCharts: true });
    const each = new Set(charts?.charts.filter(({ source }) => source === 'p29.jsonl').map(({ metric }) => metric))
      .size;
    expect(report.trends.filter(({ isRising }) => isRising).map(({ process }) => process)).toEqual(['30']);
    expect(charts?.of).toBe(30);
    expect(charts?.shown).toBe(Math.floor(50 / each));
    const shown = [...new Set(charts?.charts.map(({ process }) => Number(process)))];
    const longest = Array.from({ length: (charts?.shown ?? 0) - 1 }, (_, at) => 29 - at).reverse();
    expect(shown).toEqual([...longest, 30]);
  });

  test('are drawn only where somebody asks', async () => {
    const { charts } = await scanFolder(folderWith('none', { 'a.jsonl': lines(7, 100, 0) }));
    expect(charts).toBeUndefined();
  });
});
