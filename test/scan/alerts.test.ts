import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ScanFinding } from '#src/base/scan-types.js';
import { knownAlerts, writeAlerts } from '#src/batch/alert-files.js';
import { raiseAlerts, uuidOf } from '#src/scan/alerts.js';
import { scratchFolder } from '../promises/scratch-folder.js';

const SOURCE = { service: 'shop', host: 'a', ts: 1_795_410_000_000 };

function findingOf(signature: string, confidence: number): ScanFinding {
  return {
    ...{ signature, title: `${signature} keeps Order`, severity: 'HIGH', confidence, seedScore: 0.4 },
    trail: [{ level: 3, saw: '4 steps' }],
    holder: { expression: 'global.kept', kind: 'global' },
    ...{
      path: ['[] global'],
      growth: null,
      retainedSize: 1000,
      detectors: [],
      repair: 'Bound it',
      original: null,
      anchor: 'flame://a#retained',
    },
  };
}

const raise = (...args: Partial<Parameters<typeof raiseAlerts>>) =>
  raiseAlerts(args[0] ?? [findingOf('s', 0.95)], args[1] ?? 'leak', args[2] ?? SOURCE, args[3] ?? []);

describe('alerts', () => {
  test('are for findings above 0.92 of a positive verdict', () => {
    const findings = [findingOf('sure', 0.93), findingOf('just not', 0.92), findingOf('maybe', 0.8)];
    expect(raise(findings).alerts.map(({ signature }) => signature)).toEqual(['sure']);
    for (const verdict of ['suspicious', 'clean', 'unverified']) expect(raise(findings, verdict).alerts).toEqual([]);
  });

  test('have one id for the same evidence, and another one for other', () => {
    const idOf = (source: object) => raise(undefined, undefined, { ...SOURCE, ...source }).alerts[0].alert_id;
    expect(idOf({})).toBe(idOf({}));
    expect(idOf({})).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set([{}, { service: 'b' }, { host: 'b' }, { ts: 5 }].map(idOf)).size).toBe(4);
    // The example of RFC 9562, appendix A.4.
    expect(uuidOf('www.example.com', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  test('are not repeated within five minutes, for one host, service and signature', () => {
    const known = { ...SOURCE, signature: 's' };
    const at = (ts: number, more: object = {}) =>
      raise(undefined, undefined, { ...SOURCE, ...more, ts: SOURCE.ts + ts }, [known]);
    expect(at(299_999)).toEqual({ alerts: [], suppressed: 1 });
    expect(at(300_000).alerts).toHaveLength(1);
    expect(at(1000, { host: 'b' }).alerts).toHaveLength(1);
    expect(at(1000, { service: 'b' }).alerts).toHaveLength(1);
    // The same evidence again is the same alert.
    expect(at(0)).toMatchObject({ alerts: [{ signature: 's' }], suppressed: 0 });
  });
});

describe('files of alerts', () => {
  test('are whole, one each, and known afterwards', () => {
    const folder = join(scratchFolder(), 'alerts');
    const { alerts } = raise([findingOf('one', 0.95), findingOf('two', 0.99)]);
    const files = writeAlerts(folder, alerts);
    expect(writeAlerts(folder, alerts)).toEqual(files);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(files.map((file) => JSON.parse(readFileSync(file, 'utf8')))).toEqual(alerts);
    const told = alerts.map(({ service, host, signature, ts }) => ({ service, host, signature, ts }));
    expect(knownAlerts(folder)).toEqual(expect.arrayContaining(told));
    writeFileSync(join(folder, 'alert-00000000-0000-5000-8000-000000000000.json'), '{"service":1}');
    writeFileSync(join(folder, 'other.json'), '{}');
    expect(knownAlerts(folder)).toHaveLength(2);
    expect(knownAlerts(join(folder, 'missing'))).toEqual([]);
    expect(writeAlerts(join(folder, 'none'), [])).toEqual([]);
  });

  test('that cannot be written leave nothing behind', () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, `alert-${raise().alerts[0].alert_id}.json`));
    expect(() => writeAlerts(folder, raise().alerts)).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});
