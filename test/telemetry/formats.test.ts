import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { BytesSource } from '#src/read/source.js';
import { telemetryFrom } from '#src/telemetry/index.js';
import type { Metric } from '#src/telemetry/metrics.js';

type Seen = [process: string, metric: Metric, ts: number, value: number];

async function read(text: string) {
  const seen: Seen[] = [];
  const telemetry = await telemetryFrom(() => new BytesSource(Buffer.from(text)), {
    observe: (...value) => seen.push(value),
  });
  return { telemetry, seen };
}

const linesOf = (...values: object[]) => values.map((value) => JSON.stringify(value)).join('\n');
const USAGE = { rss: 1, heapTotal: 2, heapUsed: 3, external: 4, arrayBuffers: 5 };

describe('JSON lines', () => {
  test('have what Node says of its memory, each figure once', async () => {
    const statistics = {
      used_heap_size: 33,
      total_heap_size: 22,
      heap_size_limit: 100,
      number_of_detached_contexts: 7,
    };
    const { telemetry, seen } = await read(
      linesOf({ ts: 1_795_410_092_996, pid: 4711, memoryUsage: USAGE, heapStatistics: statistics }),
    );
    expect(telemetry).toMatchObject({ format: 'json lines', lines: 1, used: 1, skipped: 0, bad: 0 });
    const ts = 1_795_410_092_996;
    expect(seen).toEqual([
      ['4711', 'v8.rss', ts, 1],
      ['4711', 'v8.heap_total', ts, 2],
      ['4711', 'v8.heap_used', ts, 3],
      ['4711', 'v8.external', ts, 4],
      ['4711', 'v8.array_buffers', ts, 5],
      ['4711', 'v8.heap_limit', ts, 100],
      ['4711', 'v8.detached_contexts', ts, 7],
    ]);
  });

  test('may be what one of the calls returns, with times in seconds or as text', async () => {
    const { seen } = await read(
      linesOf(
        { ts: 1_795_410_092, ...USAGE },
        { time: '2026-11-23T05:01:33.500Z', ...USAGE },
        { timestamp: '1795410094', used_heap_size: 9 },
      ),
    );
    const used = seen.filter(([, metric]) => metric === 'v8.heap_used');
    expect(used.map(([, , ts, value]) => [ts, value])).toEqual([
      [1_795_410_092_000, 3],
      [Date.parse('2026-11-23T05:01:33.500Z'), 3],
      [1_795_410_094_000, 9],
    ]);
  });

  test('may be Go’s expvar page', async () => {
    const { seen } = await read(
      linesOf({ ts: 2e12, cmdline: ['a'], memstats: { HeapAlloc: 5, HeapObjects: 6, NumGC: 7 } }),
    );
    expect(seen).toEqual([
      ['', 'go.num_gc', 2e12, 7],
      ['', 'go.heap_objects', 2e12, 6],
      ['', 'go.heap_alloc', 2e12, 5],
    ]);
  });

  test('that are broken are counted and told, the others used', async () => {
    const good = JSON.stringify({ ts: 2e12, ...USAGE });
    const text = [
      good,
      '{"ts":2e12,"rss":',
      '[1]',
      '{"ts":"never","rss":1}',
      '{"rss":"1","heapUsed":null}',
      '',
      good,
    ].join('\n');
    const { telemetry } = await read(text);
    expect(telemetry).toMatchObject({ lines: 7, used: 2, skipped: 1, bad: 4 });
    expect(telemetry.badLines).toEqual([
      { line: 2, reason: 'no JSON object' },
      { line: 3, reason: 'no JSON object' },
      { line: 4, reason: 'a timestamp that is none' },
      { line: 5, reason: 'no memory figures that are numbers' },
    ]);
  });

  test('do no harm with names and figures that are none', async () => {
    const { telemetry, seen } = await read(
      `{"ts":2e12,"__proto__":{"heapUsed":1},"memoryUsage":{"heapUsed":-1,"rss":1e400,"__proto__":{"external":9}}}\n${linesOf({ ts: 2e12, ...USAGE })}`,
    );
    expect(telemetry).toMatchObject({ used: 1, bad: 1 });
    expect(seen).toHaveLength(5);
    expect(({} as Record<string, unknown>).heapUsed).toBeUndefined();
  });
});

describe('processes', () => {
  const used = (pid: number, heapUsed: number, more: object = {}) => ({ ts: 2e12, pid, heapUsed, ...more });

  test('of one file are told apart, and starts of one as well', async () => {
    const { telemetry } = await read(
      linesOf(
        used(1, 10, { uptime: 5 }),
        used(2, 20, { uptime: 5 }),
        used(1, 11, { uptime: 6 }),
        used(1, 12, { uptime: 1 }),
        used(1, 13, { uptime: 2 }),
      ),
    );
    expect(telemetry.processes.map(({ name, samples }) => [name, samples])).toEqual([
      ['1', 2],
      ['2', 1],
      ['1 (2)', 2],
    ]);
  });

  test('beyond those that are told apart are counted', async () => {
    const { telemetry } = await read(linesOf(...Array.from({ length: 300 }, (_, pid) => used(pid, 10))));
    expect([telemetry.processes.length, telemetry.left]).toEqual([256, 44]);
  });

  test('whose clock goes back keep the latest time, and say so', async () => {
    const { telemetry, seen } = await read(
      linesOf(...[10, 20, 15, 30].map((second) => ({ ts: 2e12 + 1000 * second, pid: 1, heapUsed: second }))),
    );
    expect(seen.map(([, , ts]) => (ts - 2e12) / 1000)).toEqual([10, 20, 20, 30]);
    expect(telemetry.processes[0]).toMatchObject({
      clockJumps: 1,
      hasTimes: true,
      from: 2e12 + 10_000,
      to: 2e12 + 30_000,
    });
  });

  test('whose clock was set back, or was once far ahead, begin anew behind that', async () => {
    const seconds = [0, 10, 1e6, 20, 30, 40, 50];
    const { telemetry, seen } = await read(
      linesOf(...seconds.map((second) => ({ ts: 2e12 + 1000 * second, pid: 1, heapUsed: second }))),
    );
    expect(seen.map(([process, , ts]) => [process, (ts - 2e12) / 1000])).toEqual([
      ...[0, 10, 1e6, 1e6, 1e6].map((second) => ['1', second]),
      ...[40, 50].map((second) => ['1 (2)', second]),
    ]);
    expect(telemetry.processes.map(({ clockJumps }) => clockJumps)).toEqual([2, 0]);
    const beyond = await read(linesOf(used(1, 5, { ts: 9e15 }), used(1, 5, { ts: 1e300 }), used(1, 6)));
    expect(beyond.telemetry).toMatchObject({ used: 1, bad: 2 });
  });

  test('have times though a line has none', async () => {
    const { telemetry, seen } = await read(linesOf(used(1, 5), { pid: 1, heapUsed: 6 }, used(1, 7, { ts: 2e12 + 9 })));
    expect(seen.map(([, , ts]) => ts - 2e12)).toEqual([0, 0, 9]);
    expect(telemetry.processes[0]).toMatchObject({ hasTimes: true, clockJumps: 0 });
    const late = await read(linesOf({ pid: 1, heapUsed: 6 }, used(1, 7), used(1, 8)));
    expect(late.seen.map(([, , ts]) => ts)).toEqual([0, 1, 2]);
  });

  test('begin where any figure that only grows falls back', async () => {
    const line = (figures: object, more: object) => ({
      ts: 2e12,
      memoryUsage: USAGE,
      heapStatistics: figures,
      ...more,
    });
    const count = async (text: string) => (await read(text)).telemetry.processes.length;
    const allocated = [5, 6, 1].map((total_allocated_bytes) => line({ total_allocated_bytes }, {}));
    expect(await count(linesOf(...allocated))).toBe(2);
    expect(await count(linesOf(...[5, 6, 1].map((major) => line({}, { gc: { major } }))))).toBe(2);
    expect(await count('ts,uptime,heap_used\n1,5,1\n2,6,1\n3,1,1\n')).toBe(2);
    expect(await count('ts,heap_alloc,num_gc\n1,5,7\n2,6,8\n3,1,1\n')).toBe(2);
  });

  test('without times are taken in order', async () => {
    const { telemetry, seen } = await read(linesOf({ heapUsed: 5 }, { heapUsed: 6 }));
    expect(seen.map(([, , ts]) => ts)).toEqual([0, 1]);
    expect(telemetry.processes[0].hasTimes).toBe(false);
  });
});

describe('logs of collections', () => {
  const V8 = [
    'listening on 3000',
    '[2345:0x392cb880]       36 ms: Scavenge 4.6 (5.0) -> 4.0 (6.0) MB, 0.79 / 0.00 ms  (average mu = 1.000, current mu = 1.000) allocation failure; ',
    '[2345:0x392cb880]      366 ms: Mark-Compact 117.5 (152.2) -> 17.8 (50.4) MB, 23.26 / 0.00 ms  (average mu = 1.000, current mu = 1.000) external; ',
    '[2345:0x392cb880]      400 ms: Mark-Compact (reduce) 20.5 (52.2) -> 18.5 (50.4) MB, pooled: 2.0 MB, 3.5 / 0.00 ms  (average mu = 1.000, current mu = 1.000) finalize; ',
    '[2345:0x392cb880]      500 ms: Mark-sweep (reduce) 20.5 (52.2) -> 19.5 (50.4) MB, 3.5 / 0.00 ms  (average mu = 1.000, current mu = 1.000) finalize; ',
  ];

  test('of V8 say what is left, among a program’s own lines', async () => {
    const { telemetry, seen } = await read(V8.join('\n'));
    expect(telemetry).toMatchObject({ format: 'trace-gc log', used: 4, skipped: 1, bad: 0 });
    const live = seen.filter(([, metric]) => metric === 'v8.live');
    expect(live.map(([process, , ts, value]) => [process, ts, value / 2 ** 20])).toEqual([
      ['2345:0x392cb880', 366, 17.8],
      ['2345:0x392cb880', 400, 18.5],
      ['2345:0x392cb880', 500, 19.5],
    ]);
    const pauses = seen.filter(([, metric]) => metric === 'v8.gc_pause_ms').map(([, , , value]) => value);
    expect(pauses).toEqual([0.79, 23.26, 3.5, 3.5]);
  });

  test('of the running Node are understood', async () => {
    const script = 'for (let i = 0; i < 40; i++) globalThis.kept = new Array(1e5).fill(i); gc(); gc();';
    const text = execFileSync(process.execPath, ['--trace-gc', '--expose-gc', '-e', script], { encoding: 'utf8' });
    const { telemetry, seen } = await read(text);
    expect(telemetry.format).toBe('trace-gc log');
    expect([telemetry.used, telemetry.bad]).toEqual([text.trim().split('\n').length, 0]);
    expect(seen.filter(([, metric]) => metric === 'v8.live').length).toBeGreaterThanOrEqual(2);
  });

  test('of Go say what is live, and a lower number is another process', async () => {
    const line = (number: number, live: number) =>
      `gc ${number} @0.040s 6%: 0.039+0.28+0.003 ms clock, 0.078+0.090/0.029/0.14+0.006 ms cpu, 10->10->${live} MB, 10 MB goal, 0 MB stacks, 0 MB globals, 2 P`;
    const old =
      'gc 3 @0.040s 6%: 0.039+0.28+0.003 ms clock, 0.078+0.090/0.029/0.14+0.006 ms cpu, 10->10->12 MB, 10 MB goal, 2 P (forced)';
    const { telemetry, seen } = await read([line(1, 9), line(2, 10), old, line(1, 3)].join('\n'));
    expect(telemetry).toMatchObject({ format: 'gctrace log', used: 4 });
    const live = seen
      .filter(([, metric]) => metric === 'go.live')
      .map(([process, , , value]) => [process, value >> 20]);
    expect(live).toEqual([
      ['', 9],
      ['', 10],
      ['', 12],
      [' (2)', 3],
    ]);
  });
});

describe('figures that are none', () => {
  const V8 = (ms: string, live: string) =>
    `[1:0x1]   ${ms} ms: Mark-Compact 9.0 (9.0) -> ${live} (9.0) MB, 1.5 / 0.00 ms`;
  const Go = (seconds: string, clock: string, live: string) =>
    `gc 1 @${seconds}s 6%: ${clock} ms clock, 0.07+0.09/0.02/0.1+0.006 ms cpu, 10->10->${live} MB, 10 MB goal, 2 P`;

  test('in a log are told, and the other lines used', async () => {
    const texts = [
      [V8('1', '7.0'), V8('2', '1.2.3'), V8('9'.repeat(400), '7.0'), V8('3', '9'.repeat(400))],
      [Go('1', '1+2+3', '9'), Go('1.2.3', '1+2+3', '9'), Go('1', '..+2+3', '9'), Go('1', '1+2+3', '9'.repeat(400))],
    ];
    for (const lines of texts) {
      const { telemetry, seen } = await read(lines.join('\n'));
      expect(telemetry).toMatchObject({ used: 1, bad: 3 });
      expect(telemetry.badLines[0]).toEqual({ line: 2, reason: 'a number that is none' });
      expect(seen.every(([, , ts, value]) => Number.isFinite(ts + value))).toBe(true);
    }
  });

  test('are processes that are whole texts: 256 of them would fill the memory', async () => {
    const pid = (length: number) => 'x'.repeat(length);
    const { telemetry } = await read(linesOf(...[128, 129, 1e5].map((n) => ({ ts: 2e12, pid: pid(n), heapUsed: 1 }))));
    expect(telemetry).toMatchObject({ used: 1, bad: 2 });
    expect((await read(`pid,rss\n${pid(128)},1\n${pid(129)},1\n`)).telemetry).toMatchObject({ used: 1, bad: 1 });
  });

  test('are those beyond what a double counts exactly', async () => {
    const { seen } = await read(linesOf({ ts: 2e12, heapUsed: 1e308, rss: 2 ** 53 - 1 }));
    expect(seen).toEqual([['', 'v8.rss', 2e12, 2 ** 53 - 1]]);
    expect((await read('ts,heap_used\n1,1e308\n')).telemetry).toMatchObject({ used: 0, bad: 1 });
  });
});

describe('tables', () => {
  test('hand on what others are looked at with first, whatever the order of their columns', async () => {
    const { seen } = await read('heap_alloc,num_gc,heap_objects\n5,6,7\n');
    expect(seen.map(([, metric]) => metric)).toEqual(['go.num_gc', 'go.heap_objects', 'go.heap_alloc']);
  });

  test('have named columns, in any order and with any of the usual names and marks', async () => {
    const { telemetry, seen } = await read('"Time";Heap Used;pid;note\n1795410092;5;7;"a;b"\n1795410093;6;7;\n');
    expect(telemetry).toMatchObject({ format: 'csv', lines: 3, used: 2, skipped: 1, bad: 0 });
    expect(seen).toEqual([
      ['7', 'v8.heap_used', 1_795_410_092_000, 5],
      ['7', 'v8.heap_used', 1_795_410_093_000, 6],
    ]);
  });

  test('are none for what a program says in one word of theirs', async () => {
    const log = [
      'ready, live',
      'the rest; goal',
      '[1:0x1]   5 ms: Mark-Compact 9.0 (9.0) -> 7.0 (9.0) MB, 1.5 / 0.00 ms',
    ];
    expect((await read(log.join('\n'))).telemetry).toMatchObject({ format: 'trace-gc log', used: 1, bad: 0 });
    for (const header of ['time,live', 'rss;external', 'name,heapUsed', 'live\tpid'])
      expect((await read(`${header}\n1,1\n`)).telemetry.format, header).toBe('csv');
  });

  test('say which lines are broken', async () => {
    const { telemetry } = await read('ts,rss,heapUsed\n1,2\n1,2,3\n1,x,3\nnever,1,2\n1,,\n');
    expect(telemetry.badLines).toEqual([
      { line: 2, reason: '2 cells, expected 3' },
      { line: 4, reason: 'a cell that is no figure' },
      { line: 5, reason: 'a timestamp that is none' },
      { line: 6, reason: 'no figures' },
    ]);
    expect(telemetry.used).toBe(1);
  });
});

test('a file of something else has no format', async () => {
  const { telemetry } = await read('hello\n{"a":1}\nname,age\nx,1\n');
  expect(telemetry).toMatchObject({ format: undefined, lines: 4, used: 0, skipped: 4, processes: [] });
});
