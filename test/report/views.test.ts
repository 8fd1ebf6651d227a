import { describe, expect, it } from 'vitest';
import type { Analysis } from '#src/base/types.js';
import { analysisText } from '#src/report/analysis-text.js';
import { diffReport } from '#src/report/diff.js';
import { diffText } from '#src/report/diff-text.js';
import { inspectText } from '#src/report/inspect-text.js';
import { inspectNode } from '#src/report/inspection.js';
import { createScreen } from '#src/report/screen.js';
import { displayWidth } from '#src/report/terminal-text.js';
import { whatIfText } from '#src/report/whatif-text.js';
import { HOSTILE_NAMES, TERMINAL_ACTIVE, withoutColours } from './hostile-names.js';
import {
  chainSnapshot,
  sampleDiff,
  sampleFailure,
  sampleGrowth,
  sampleReport,
  sampleSeries,
  sampleWhatIf,
} from './samples.js';

const screen = createScreen(100, false);
const lines = (text: string) => text.split('\n');

function withGrowth(series: Analysis, classes: ReturnType<typeof sampleGrowth>[]): Analysis {
  const snapshots = classes[0].count.map((_, index) => index);
  return { ...series, growth: { snapshots, classCount: classes.length, classes } };
}

describe('a series', () => {
  it('starts with the finding: the class, how steadily and by how much it grows', () => {
    const text = lines(analysisText(sampleSeries(['RequestContext', 'Price']), 15, screen));
    expect(text.slice(0, 4)).toEqual([
      'RequestContext grows: more of them in 7 of 7 steps.',
      '                   objects         self size        retained size',
      '  each step            +50           +1.2 kB             +50.0 kB',
      '  first to last  100 → 450  2.4 kB → 10.8 kB  100.0 kB → 450.0 kB',
    ]);
  });

  it('lists the growing classes, then the snapshots', () => {
    const text = analysisText(sampleSeries(['RequestContext', 'Price']), 15, screen);
    expect(text).toContain('Growth in 7 steps · 2 of 2 changed classes');
    expect(text).toMatch(/RequestContext +7\/7 +450 +\+50 +10\.8 kB +\+1\.2 kB +450\.0 kB +\+50\.0 kB +▁▂▃▄▅▆▇█\n/);
    expect(text).toMatch(/server-1\.heapsnapshot +1,000 +5,000 +100\.0 kB\n/);
    expect(text).toMatch(/server-8\.heapsnapshot +1,700 +8,500 +170\.0 kB +\+10\.0 kB\n/);
    expect(text).not.toContain('Failed');
  });

  it('names failed files with code, message and byte offset', () => {
    const series = sampleSeries(['A']);
    const text = analysisText(
      { ...series, snapshots: [...series.snapshots, sampleFailure('x/bad.heapsnapshot')] },
      15,
      screen,
    );
    expect(text).toContain('Failed: 1 of 9\n  bad.heapsnapshot  TRUNCATED: found the end, expected "]" (byte 1,234)\n');
  });

  it('does not call a class growing that rose in few of the steps', () => {
    const series = sampleSeries([]);
    const spike = sampleGrowth('Spike', [500, -1, -1, -1, -1, -1, -1]);
    const steady = sampleGrowth('Steady', [1, 1, 1, 1, 1, 1, 1]);
    expect(lines(analysisText(withGrowth(series, [spike, steady]), 15, screen))[0]).toMatch(/^Steady grows/);
    expect(lines(analysisText(withGrowth(series, [spike]), 15, screen))[0]).toBe(
      'No class grows in most of the steps.',
    );
  });

  it('warns that two snapshots show no trend', () => {
    const text = analysisText(withGrowth(sampleSeries([]), [sampleGrowth('A', [5])]), 15, screen);
    expect(text).toContain('1 step cannot tell a leak from warm-up: record 6 snapshots or more.');
    expect(analysisText(sampleSeries(['A']), 15, screen)).not.toContain('warm-up');
  });

  it('lists no more classes than asked for', () => {
    const text = analysisText(sampleSeries(['A1', 'A2', 'A3']), 2, screen);
    expect(text).toContain('2 of 3 changed classes');
    expect(text).toContain('A2');
    expect(text).not.toContain('A3');
  });
});

it('a single snapshot shows totals, kinds of memory and classes', () => {
  const report = sampleReport('app.heapsnapshot', ['Session', 'Price']);
  const text = analysisText({ schemaVersion: 1, snapshots: [report] }, 15, screen);
  expect(lines(text).slice(0, 2)).toEqual(['app.heapsnapshot', '  1,000 nodes, 5,000 edges, 100.0 kB (100,000 bytes)']);
  expect(text).toMatch(/code +30\.0 kB +30\.0 % +███████\n/);
  expect(text).toMatch(/other JS objects +23\.0 kB +23\.0 %/);
  expect(text).toMatch(/other non-JS objects +5\.0 kB +5\.0 %/);
  expect(text).toMatch(/Session +10 +3 +240 B +0\.2 % +10\.0 kB +10\.0 %\n/);
});

it('a diff names what grew most first, and leaves out what did not change', () => {
  const rows = [
    sampleDiff('Shrunk', 0, 9),
    sampleDiff('Grown', 50, 1),
    sampleDiff('Steady', 0, 0),
    sampleDiff('Some', 5, 0),
  ];
  const report = diffReport('a.heapsnapshot', 'b.heapsnapshot', rows, 15);
  const text = diffText(report, screen);
  expect(lines(text)[0]).toBe('Grown grew: +49 objects, +49.0 kB retained.');
  expect(lines(text).slice(2, 6)).toEqual([
    '  base       a.heapsnapshot',
    '  current    b.heapsnapshot',
    '  objects    55 new, 10 deleted: +45',
    '  self size  1.3 kB allocated, 240 B freed: +1.1 kB',
  ]);
  expect(text).toContain('Classes 3 of 3 changed classes');
  expect(report.classes.map(({ name }) => name)).toEqual(['Grown', 'Some', 'Shrunk']);
  expect(text).toMatch(/Grown +50 +1 +\+49 +1\.2 kB +24 B +\+1\.2 kB +149\.0 kB +\+49\.0 kB\n/);
});

describe('what cuts would free', () => {
  it('comes first, with how much more it may be', () => {
    const text = lines(whatIfText(sampleWhatIf(['Session', 'Cart']), screen));
    expect(text.slice(0, 6)).toEqual([
      '250.0 kB to 300.0 kB would be freed, 30.0 % of the heap.',
      '  file      app.heapsnapshot',
      '  heap      1.0 MB (1,000,000 bytes)',
      '  freed     250.0 kB (250,000 bytes) in 1,200 nodes',
      '  up to     300.0 kB (300,000 bytes) in 1,300 nodes, as values in WeakMaps go with their maps',
      '  retained  400.0 kB (400,000 bytes) in all, simply added up',
    ]);
    expect(text).toContain('What goes 2 of 3 classes, the most bytes first');
    expect(text.join('\n')).toMatch(/class:Session +1\n +class:Cart +1\n/);
    expect(text.join('\n')).toMatch(/Cart +2 +50\.0 kB +20\.0 %\n/);
  });

  it('or that it is nothing', () => {
    const { freedByRealEphemerons: _, ...report } = sampleWhatIf([]);
    const text = whatIfText({ ...report, freed: { nodes: 0, bytes: 0 } }, screen);
    expect(lines(text)[0]).toBe('Nothing would be freed: all of it is held elsewhere, too.');
    expect(text).not.toContain('What goes');
  });
});

describe('an inspected node', () => {
  const names = ['(root)', 'Server', 'Map', 'RequestContext', 'Buffer'];

  it('shows its fields, path, dominators, retainers, edges and what it dominates', () => {
    const text = inspectText(inspectNode(chainSnapshot(names), 3, 10), screen);
    expect(lines(text)[0]).toBe('RequestContext @7 in chain.heapsnapshot');
    expect(text).toMatch(/ordinal +3\n/);
    expect(text).toMatch(/retained size +32 B\n/);
    expect(text).toMatch(/detachedness +unknown\n/);
    expect(text).toContain('Path to the root 3 · nearest holder first');
    expect(text).toMatch(/\.next3 +Map +@5 .*\n +\.next2 +Server +@3 .*\n +\.next1 +\(root\) +@1 /);
    expect(text).toContain('Dominators 3 ·');
    expect(text).toContain('Retainers 1 ·');
    expect(text).toMatch(/Edges 1 .*\n.*\n +\.next4 +Buffer +@9 /);
    expect(text).toContain('Dominated nodes 1 ·');
  });

  it('says what the file claims where the engine moved bytes', () => {
    expect(inspectText(inspectNode(chainSnapshot(names), 1, 10), screen)).toMatch(
      /self size +16 B \(the file says 12 B\)\n/,
    );
  });

  it('shows the value of a string escaped and cut, and how long it is', () => {
    const snapshot = chainSnapshot(['(root)', `\x1b[31m${'s'.repeat(5000)}`], 'string');
    const inspection = inspectNode(snapshot, 1, 10);
    expect(inspection.node.name).toHaveLength(1000);
    expect(inspectText(inspection, screen)).toMatch(/name +\\x1b\[31ms{390,}… 5,005 characters\n/);
  });

  it('shows both ends of a path of 100,000 steps', () => {
    const text = inspectText(inspectNode(chainSnapshot(new Array(100_001).fill('Node')), 100_000, 10), screen);
    expect(text).toContain('Path to the root 60 of 100,000');
    expect(text).toContain('  … 99,940 more …\n');
    expect(text).toMatch(/\.next1 +Node +@1 /);
  });

  it('never cuts a character in half', () => {
    const { node } = inspectNode(chainSnapshot(['(root)', `x${'😀'.repeat(600)}`]), 1, 10);
    expect(node.name).toHaveLength(999);
    expect(node.name).not.toMatch(TERMINAL_ACTIVE);
  });
});

describe('no view lets a name act on the terminal', () => {
  const inspected = HOSTILE_NAMES.map((_, ordinal) => inspectNode(chainSnapshot(HOSTILE_NAMES), ordinal, 10));
  const diff = diffReport(
    HOSTILE_NAMES[0],
    HOSTILE_NAMES[6],
    HOSTILE_NAMES.map((name, n) => sampleDiff(name, n, 0)),
    100,
  );
  const failed = {
    ...sampleFailure('\x1b[31m'),
    error: { code: 'SYNTAX', message: 'found \u202e"\x1b"', byteOffset: 0 },
  } as const;

  it.each([40, 80, 140])('at %i columns, in colour', (width) => {
    const colour = createScreen(width, true);
    const views = [
      ...HOSTILE_NAMES.map((name) => analysisText(sampleSeries([name, ...HOSTILE_NAMES]), 100, colour)),
      analysisText({ schemaVersion: 1, snapshots: [sampleReport('\x1b]0;x\x07', HOSTILE_NAMES), failed] }, 100, colour),
      diffText(diff, colour),
      whatIfText(sampleWhatIf(HOSTILE_NAMES), colour),
      ...inspected.map((inspection) => inspectText(inspection, colour)),
    ];
    expect(views).toHaveLength(2 * HOSTILE_NAMES.length + 3);
    for (const view of views) {
      expect(withoutColours(view)).not.toMatch(TERMINAL_ACTIVE);
      expect(withoutColours(view)).not.toContain('\t');
      expect(view.length).toBeGreaterThan(100);
    }
  });

  it('tables stay within 80 columns', () => {
    const text = analysisText(sampleSeries(HOSTILE_NAMES), 100, createScreen(80, false));
    const table = lines(text).filter((line) => line.startsWith('  '));
    expect(table.length).toBeGreaterThan(HOSTILE_NAMES.length);
    for (const line of table) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });
});
