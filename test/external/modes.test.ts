import { describe, expect, it, test } from 'vitest';
import type { AnalysisMode } from '#src/base/types.js';
import { type Counts, chooseMode, comfortOf, needOf, sizesFor } from '#src/external/modes.js';
import { ARENA_LIMIT } from '#src/wasm/arena.js';

const GIB = 2 ** 30;
const MILLION = 1e6;

const SMALL: Counts = { nodes: MILLION, edges: 3 * MILLION, text: 20 * MILLION };
const FORTY: Counts = { nodes: 41 * MILLION, edges: 132 * MILLION, text: 150 * MILLION };
const HUNDRED: Counts = { nodes: 100 * MILLION, edges: 320 * MILLION, text: 1300 * MILLION };
const DENSE: Counts = { nodes: 20 * MILLION, edges: 600 * MILLION, text: 100 * MILLION };
const VAST: Counts = { nodes: 200 * MILLION, edges: 640 * MILLION, text: 2600 * MILLION };

describe('the mode is chosen from the counts and the memory there is', () => {
  test.each<[string, Counts, number, AnalysisMode, string]>([
    ['a small file', SMALL, 16 * GIB, 'auto', 'memory'],
    ['a small file, little memory', SMALL, 0.35 * GIB, 'auto', 'memory'],
    ['a file that memory just holds', FORTY, 16 * GIB, 'auto', 'memory'],
    ['the same with less memory', FORTY, 4.2 * GIB, 'auto', 'external'],
    ['a file that cannot be addressed at once', HUNDRED, 14e9, 'auto', 'external'],
    ['one with too many edges for that', DENSE, 16 * GIB, 'auto', 'external'],
    ['what was asked for, though memory would do', SMALL, 16 * GIB, 'external', 'external'],
    ['the same, shallow', SMALL, 16 * GIB, 'shallow', 'shallow'],
    ['shallow where nothing else fits', HUNDRED, 5e9, 'shallow', 'shallow'],
  ])('%s', (_, counts, budget, asked, mode) => {
    const choice = chooseMode(counts, budget, asked);
    expect(choice.mode).toBe(mode);
    expect(choice.memory).toBeLessThanOrEqual(budget);
    expect(choice).toMatchObject(needOf(choice.mode, counts));
  });

  test.each<[string, Counts, number, AnalysisMode, RegExp]>([
    [
      'one that no memory here holds',
      HUNDRED,
      6 * GIB,
      'auto',
      /^found a snapshot of 100,000,000 nodes and 320,000,000 edges that needs more than can be addressed \(mode memory\) or about [\d,]+ MiB \(mode external\), expected at most 6,144 MiB, the memory it may use; mode shallow needs less$/,
    ],
    [
      'one that only the other mode holds',
      HUNDRED,
      32 * GIB,
      'memory',
      /more than can be addressed \(mode memory\), expected/,
    ],
    [
      'one that no mode addresses',
      VAST,
      64 * GIB,
      'auto',
      /addressed \(mode memory\) or more than can be addressed \(mode external\)/,
    ],
    [
      'one that is too large even so',
      HUNDRED,
      GIB,
      'shallow',
      /MiB \(mode shallow\), expected .* the memory it may use$/,
    ],
  ])('%s is refused with both figures', (_, counts, budget, asked, message) => {
    expect(() => chooseMode(counts, budget, asked)).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE', message: expect.stringMatching(message) }),
    );
  });

  it('leaves room for what else takes of the budget', () => {
    const { memory } = needOf('memory', SMALL);
    expect(chooseMode(SMALL, memory + 1000, 'auto', 1000).mode).toBe('memory');
    expect(() => chooseMode(SMALL, memory + 999, 'auto', 1000)).toThrow(/expected at most/);
  });
});

describe('the sizes of the semi-external mode', () => {
  it('grow with the budget up to what can be addressed', () => {
    const { memory } = needOf('external', HUNDRED);
    const [least, more, most] = [0, memory + 3e8, 64 * GIB].map((budget) => sizesFor(HUNDRED, budget).arenaBytes);
    expect(least).toBeGreaterThanOrEqual(32 * HUNDRED.nodes);
    expect(more - least).toBeCloseTo(3e8, -1);
    expect(most).toBe(ARENA_LIMIT);
  });

  it('100 million nodes with 320 million edges fit 14 GB', () => {
    expect(comfortOf(HUNDRED)).toBeLessThan(14e9);
    expect(needOf('external', HUNDRED).memory).toBeLessThan(comfortOf(HUNDRED));
  });

  it('need disk for the edges, and for predecessors where memory does not hold them', () => {
    expect(needOf('external', SMALL).disk).toBe(9 * SMALL.edges);
    expect(needOf('external', DENSE).disk).toBe(9 * DENSE.edges);
    expect(needOf('external', HUNDRED).disk).toBe(17 * HUNDRED.edges);
  });
});
