import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Level } from '#src/base/scan-types.js';
import { AUDITS, CONFIDENCE_LIMITS, convergeRate, EXPOSURE, severitySeed } from '#src/scan/seed.js';
import { CLAIMS, type Claim } from '#src/scan/seed-claims.js';

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
const SCAN = new URL('../../src/scan/', import.meta.url);

describe('converging', () => {
  test('is the base itself at 1,000, its square at 2,000 and 1 at 0', () => {
    expect(LEVELS.map((level) => convergeRate(level, 1000))).toEqual([0.95, 0.88, 0.76, 0.62, 0.45]);
    expect(LEVELS.map((level) => convergeRate(level, 0))).toEqual([1, 1, 1, 1, 1]);
    expect(convergeRate(3, 2000)).toBeCloseTo(0.76 * 0.76, 15);
    expect(convergeRate(5, 500)).toBeCloseTo(Math.sqrt(0.45), 15);
  });

  test('is fastest in L5 by the formula, and slowest by the text', () => {
    const [formula, text] = (['formula', 'text'] as const).map((reading) =>
      LEVELS.map((level) => convergeRate(level, 3000, reading)),
    );
    expect(formula).toEqual([...formula].sort((a, b) => b - a));
    expect(text).toEqual([...formula].reverse());
    expect(text[4]).toBeCloseTo(0.857375, 12);
  });
});

test('two of the five layers have an audit', () => {
  expect(AUDITS).toEqual({
    1: { states: 100, rounds: 1.2, check: 'SYN check' },
    2: null,
    3: null,
    4: { states: 1_000_000, rounds: 8.7, check: 'OpenAPI audit' },
    5: null,
  });
});

test('exposure goes from the network edge to business logic', () => {
  expect(LEVELS.map((level) => `${EXPOSURE[level].name}, ${EXPOSURE[level].remark}`)).toEqual([
    'network edge, ms',
    'service fingerprint, null',
    'API path, null',
    'parameter, AST',
    'business logic, null',
  ]);
});

test('a pause above two seconds is severe, one of two seconds is not', () => {
  expect([2000.001, 2000, 0, Number.NaN].map(severitySeed)).toEqual(['HIGH', 'MEDIUM', 'MEDIUM', 'MEDIUM']);
});

test('the limits of confidence', () => {
  expect(CONFIDENCE_LIMITS).toEqual({
    age: { low: 2, high: 6, prose: 3, unit: 'GCs' },
    depth: { low: 2, high: 7, prose: 5, unit: 'edges' },
    frequency: { low: 10, high: 100, prose: 50, unit: '/s' },
    alertAbove: 0.75,
  });
});

describe('claims', () => {
  const figures = (claims: readonly Claim[]) => claims.map(({ value, unit }) => `${value} ${unit}`).join(', ');

  test('have the figures and units they were made with', () => {
    expect(figures(CLAIMS.edge)).toBe('3 null, 117 null, 200 Hz, 42 ms, 15 %, 2.3 s, 8.7 ms, -92.3 %, 4.1 s, 0 of 217');
    expect(figures(CLAIMS.operation)).toBe(
      '27 min, 3 min, -63 %, 2.8 ×, 99.992 %, 142 h, 83 null, null null, 12 MB, 7 null',
    );
  });

  test('are no results', () => {
    const all = [...CLAIMS.edge, ...CLAIMS.operation];
    expect(all.length).toBe(20);
    expect(all.filter(({ isMeasured }) => isMeasured)).toEqual([]);
    expect(new Set(all.map(({ name }) => name)).size).toBe(20);
  });
});

test('what decides on a verdict, an alert or a trend knows none of these figures', () => {
  const deciding = ['alerts.ts', 'heap-watch.ts', 'snapshot-layers.ts', 'trend-layer.ts', 'rules.ts', 'valleys.ts'];
  expect(readdirSync(SCAN)).toEqual(expect.arrayContaining(deciding));
  for (const file of deciding) {
    expect(readFileSync(new URL(file, SCAN), 'utf8'), file).not.toMatch(/'\.\/(?:seed|seed-claims)\.js'/);
  }
});
