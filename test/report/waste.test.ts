import { describe, expect, it } from 'vitest';
import type { WasteItem, WasteReport } from '#src/base/waste-types.js';
import { SCHEMAS } from '#src/report/schemas.js';
import { createScreen } from '#src/report/screen.js';
import { displayWidth } from '#src/report/terminal-text.js';
import { wasteJson } from '#src/report/waste-json.js';
import { wasteText } from '#src/report/waste-text.js';
import { HOSTILE_NAMES, TERMINAL_ACTIVE } from './hostile-names.js';
import { schemaViolations } from './schema-check.js';

function item(name: string, reclaimable: number): WasteItem {
  return {
    holder: { expression: name, kind: 'field', place: { script: name, line: 3, column: 1 } },
    className: name,
    ...{ count: 2, bytes: 2 * reclaimable, reclaimable, atMost: 3 * reclaimable },
    note: name,
    sampleIds: [7, 5],
    text: { length: name.length, fingerprint: '01234567', value: name },
  };
}

function report(names: readonly string[], reclaimable = 1000): WasteReport {
  const items = names.map((name, at) => item(name, reclaimable + at));
  return {
    file: 'app\x1b.heapsnapshot',
    ...{ nodeCount: 5000, totalSize: 2_000_000 },
    kinds: [
      { kind: 'duplicate-strings', reclaimable, count: 40, itemCount: 20, items },
      {
        kind: 'array-slack',
        reclaimable: 0,
        atMost: 800,
        count: 2,
        note: 'some are\nleft out',
        itemCount: 0,
        items: [],
      },
    ],
  };
}

const screen = createScreen(110, false);

describe('the document of waste', () => {
  it('follows its schema and is one line of printable text', () => {
    const text = wasteJson(report(HOSTILE_NAMES));
    expect(text.slice(0, -1)).not.toMatch(/[\n\t]/);
    expect(text).not.toMatch(TERMINAL_ACTIVE);
    const document = JSON.parse(text);
    expect(schemaViolations(SCHEMAS.waste, document)).toEqual([]);
    expect(schemaViolations(SCHEMAS.waste, { ...document, extra: 1 })).toHaveLength(1);
    expect(document.kinds[0].items.map(({ className }: WasteItem) => className)).toEqual(HOSTILE_NAMES);
  });
});

describe('the view of waste', () => {
  it('begins with the largest kind, then the heap, then all kinds', () => {
    const lines = wasteText(report(['Order.sku']), screen).split('\n');
    expect(lines.slice(0, 7)).toEqual([
      'Duplicate strings: 1.0 kB would be free without them.',
      'app\\x1b.heapsnapshot',
      '  5,000 nodes, 2.0 MB (2,000,000 bytes)',
      '',
      'Waste by kind; two kinds may count the same bytes',
      '  kind                     count  reclaimable  of heap  at most',
      '  Duplicate strings           40       1.0 kB    0.1 %',
    ]);
    expect(lines).toContain('  Arrays with unused room: some are\\nleft out.');
  });

  it('lists items with their holders, and an id to look at', () => {
    const text = wasteText(report(['Order.sku']), screen);
    expect(text).toContain('Duplicate strings 1 of 20 items, most reclaimable first\n');
    expect(text).toMatch(/Order\.sku:3 +Order\.sku +2 +2\.0 kB +1\.0 kB +3\.0 kB +Order\.sku +Order\.sku +--id 7\n/);
  });

  it('says so where nothing is certain', () => {
    expect(wasteText(report([], 0), screen).split('\n')[0]).toBe('Nothing is certainly wasted.');
  });

  it.each([40, 60, 80, 200])('fits %d columns, whatever names say', (width) => {
    const lines = wasteText(report(HOSTILE_NAMES), createScreen(width, false)).split('\n');
    expect(lines.length).toBeGreaterThan(HOSTILE_NAMES.length);
    for (const line of lines) {
      expect(line).not.toMatch(TERMINAL_ACTIVE);
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});
