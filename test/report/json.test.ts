import { describe, expect, it } from 'vitest';
import { diffReport } from '#src/report/diff.js';
import { inspectNode } from '#src/report/inspection.js';
import { analysisJson, diffJson, inspectionJson, toJson, whatIfJson } from '#src/report/json.js';
import { SCHEMAS } from '#src/report/schemas.js';
import { createRandom } from '../build/random.js';
import { HOSTILE_NAMES, randomText, TERMINAL_ACTIVE } from './hostile-names.js';
import { chainSnapshot, sampleDiff, sampleFailure, sampleSeries, sampleWhatIf } from './samples.js';
import { schemaViolations } from './schema-check.js';

const analysis = () => {
  const series = sampleSeries(HOSTILE_NAMES);
  return { ...series, snapshots: [...series.snapshots, sampleFailure('\x1b[31mbroken.heapsnapshot')] };
};
const diff = () =>
  diffReport(
    'a',
    'b\x1b',
    HOSTILE_NAMES.map((name, n) => sampleDiff(name, n + 1, 0)),
    100,
  );
const inspection = () => inspectNode(chainSnapshot(HOSTILE_NAMES), 5, 10);

const documents = [
  ['analysis', () => analysisJson(analysis()), SCHEMAS.analysis],
  ['diff', () => diffJson(diff()), SCHEMAS.diff],
  ['inspection', () => inspectionJson(inspection()), SCHEMAS.inspection],
  ['whatif', () => whatIfJson(sampleWhatIf(HOSTILE_NAMES)), SCHEMAS.whatif],
] as const;

describe.each(documents)('the %s document', (kind, print, schema) => {
  it('is one line of well-formed printable text', () => {
    const text = print();
    expect(text.endsWith('}\n')).toBe(true);
    expect(text.slice(0, -1)).not.toMatch(/[\n\t]/);
    expect(text).not.toMatch(TERMINAL_ACTIVE);
  });

  it('follows its schema', () => {
    const value = JSON.parse(print());
    expect(value.kind).toBe(kind);
    expect(schemaViolations(schema, value)).toEqual([]);
    expect(schemaViolations(schema, { ...value, extra: 1 })).toEqual(['$.extra: found, expected no such property']);
    expect(schemaViolations(schema, { ...value, schemaVersion: 2 })).toEqual(['$.schemaVersion: found 2, expected 1']);
  });

  it('is the same bytes each time', () => {
    expect(print()).toBe(print());
  });
});

it('keys keep their order whatever order the engine fills objects in', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, reversed(item)]),
    );
  };
  const original = analysis();
  expect(analysisJson(reversed(original) as typeof original)).toBe(analysisJson(original));
});

it('names survive a round trip exactly, `__proto__` and lone surrogates included', () => {
  const { snapshots, growth } = JSON.parse(analysisJson(analysis()));
  expect(snapshots[0].classes.map((row: { name: string }) => row.name)).toEqual(HOSTILE_NAMES);
  expect(growth.classes.map((row: { name: string }) => row.name)).toEqual(HOSTILE_NAMES);
  expect(Object.getPrototypeOf(snapshots[0])).toBe(Object.prototype);
});

it('10,000 random texts parse back to themselves', () => {
  const random = createRandom(3);
  for (let round = 0; round < 10_000; round++) {
    const text = randomText(random, 16);
    const json = toJson({ text });
    expect(json).not.toMatch(TERMINAL_ACTIVE);
    expect(JSON.parse(json).text).toBe(text);
  }
});

it('a failure without an offset has none, and an analysis of one file no growth', () => {
  const failed = { ok: false, file: 'a', error: { code: 'UNREADABLE', message: 'found nothing' } } as const;
  expect(analysisJson({ schemaVersion: 1, snapshots: [failed] })).toBe(
    '{"schemaVersion":1,"kind":"analysis","snapshots":[{"ok":false,"file":"a","error":{"code":"UNREADABLE","message":"found nothing"}}]}\n',
  );
});

it('a sum that the values of WeakMaps do not change is there once', () => {
  const { freedByRealEphemerons: _, ...same } = sampleWhatIf(['A']);
  const document = JSON.parse(whatIfJson(same));
  expect(document).not.toHaveProperty('freedByRealEphemerons');
  expect(schemaViolations(SCHEMAS.whatif, document)).toEqual([]);
});
