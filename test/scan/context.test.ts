import { describe, expect, test } from 'vitest';
import { LAYERS } from '#src/base/scan-layers.js';
import { canonicalJson } from '#src/scan/canonical-json.js';
import { DependencyIntegrityError, ScanContext, type SignedLayer, validateChain } from '#src/scan/context.js';

const VERSION = '1.2.3';

function fullScan(): ScanContext {
  let context = ScanContext.start({ heaps: [1, 2] }, VERSION);
  context = context.next({ growth: 'some' }, VERSION);
  context = context.next({}, VERSION, 'no snapshots');
  context = context.next({ caches: [] }, VERSION);
  return context.next({ finalizers: 0 }, VERSION);
}

function errorOf(layers: readonly SignedLayer[]): DependencyIntegrityError | undefined {
  try {
    validateChain(layers, VERSION);
  } catch (error) {
    return error as DependencyIntegrityError;
  }
  return undefined;
}

describe('a scan’s chain of layers', () => {
  test('has five, each signed over those before it', () => {
    const { layers, level, deps, status, prevHash, signature_hash } = fullScan();
    expect(layers.map((layer) => layer.output)).toEqual(LAYERS.map(({ output }) => output));
    expect(layers.map((layer) => layer.deps.length)).toEqual([0, 1, 2, 3, 4]);
    expect(layers.map((layer) => layer.status)).toEqual(['ok', 'ok', 'no-evidence', 'ok', 'ok']);
    expect(layers[0].prevHash).toBe('');
    for (const at of [1, 2, 3, 4]) expect(layers[at].prevHash).toBe(layers[at - 1].signature_hash);
    expect([level, deps.size, status, prevHash, signature_hash]).toEqual([
      ...[5, 4, 'ok', layers[3].signature_hash, layers[4].signature_hash],
    ]);
    expect(new Set(layers.map((layer) => layer.signature_hash)).size).toBe(5);
  });

  test('has the same signatures for the same evidence, whatever the order of keys, and others for another engine', () => {
    const again = ScanContext.start({ b: 1, a: [{ d: 2, c: undefined }] }, VERSION);
    expect(ScanContext.start({ a: [{ d: 2 }], b: 1 }, VERSION).signature_hash).toBe(again.signature_hash);
    expect(ScanContext.start({ a: [{ d: 2 }], b: 1 }, '1.2.4').signature_hash).not.toBe(again.signature_hash);
    expect(fullScan().signature_hash).toBe(fullScan().signature_hash);
  });

  test('is refused where a layer is missing, out of order, altered or signed over others', () => {
    const { layers } = fullScan();
    expect(errorOf(layers)).toBeUndefined();
    expect(errorOf([layers[0], layers[2]])).toMatchObject({ level: 2, missing: 'diff_manifest' });
    expect(errorOf([layers[1], layers[0]])).toMatchObject({ level: 1, missing: 'root_manifest' });
    const altered = [layers[0], { ...layers[1], payload: { growth: 'none' } }, layers[2]];
    expect(errorOf(altered)).toMatchObject({ level: 2, missing: 'L2.signature_hash' });
    expect(errorOf([layers[0], { ...layers[1], prevHash: '' }])).toMatchObject({
      level: 2,
      missing: 'L1.signature_hash',
    });
    expect(errorOf([layers[0], { ...layers[1], deps: [] }])).toMatchObject({ level: 2, missing: 'root_manifest' });
    expect(errorOf([{ ...layers[0], reason: 'another' }])).toMatchObject({ level: 1, missing: 'L1.signature_hash' });
    const other = ScanContext.start({ heaps: [3] }, VERSION);
    expect(errorOf([other.layers[0], ...layers.slice(1)])).toMatchObject({ level: 2, missing: 'L1.signature_hash' });
    expect(errorOf([...layers, layers[4]])).toBeInstanceOf(DependencyIntegrityError);
  });

  test('takes no sixth layer, and nothing behind one that was altered', () => {
    expect(() => fullScan().next({}, VERSION)).toThrow(DependencyIntegrityError);
    const first = ScanContext.start({ heaps: [1] }, VERSION);
    (first.layers[0].payload as { heaps: number[] }).heaps.push(2);
    expect(() => first.next({}, VERSION)).toThrow(/^layer 1: found signature [0-9a-f]{12}, expected [0-9a-f]{12}$/);
  });
});

describe('canonical JSON', () => {
  test('sorts keys, leaves out what is undefined, and keeps arrays and texts as they are', () => {
    expect(canonicalJson({ b: [2, null, undefined, 'ü"'], a: { d: undefined, c: true } })).toBe(
      '{"a":{"c":true},"b":[2,null,null,"ü\\""]}',
    );
  });

  test('refuses what JSON does not have', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, 1n, Symbol('a')]) {
      expect(() => canonicalJson({ value })).toThrow(TypeError);
    }
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    expect(() => canonicalJson(endless)).toThrow(/nested deeper than 64/);
  });
});
