import { expect, test } from 'vitest';
import { sharedContextPin } from '#src/detect/shared-context-pin.js';
import { evidenceOf, expressionsOf, findingsOf, lineOf } from './findings.js';

const found = await findingsOf('shared-context', sharedContextPin);

test('scopes of a module and those that one function sees alone are not found', () => {
  expect(expressionsOf(found.findings)).toEqual(['variable payload in subscribe() in shared-context.cjs']);
});

test('the scopes are counted, with the variable that has their bytes', () => {
  const scopes = found.with('variable payload');
  expect(scopes).toMatchObject({ count: 12, key: 'variable payload in subscribe() in shared-context.cjs' });
  expect(evidenceOf(scopes, 'variable')).toBe('payload');
  expect(Number(evidenceOf(scopes, 'bytes of the variable'))).toBeGreaterThan(12 * 5000 * 4);
  expect(scopes.bytes).toBeGreaterThan(Number(evidenceOf(scopes, 'bytes of the variable')));
  const lines = ['const report', 'const onEvent'].map((text) => lineOf('shared-context', text));
  expect(lines).toContain(scopes.holder?.place?.line);
});

test('every function on the scope is named, and none is said to use the variable', () => {
  const scopes = found.with('variable payload');
  const names = String(evidenceOf(scopes, 'functions that may use it')).split(', ').sort();
  expect(names).toEqual(['onEvent()', 'report()']);
  expect(evidenceOf(scopes, 'kept by')).toMatch(/^(onEvent|report)\(\), held by global\.keep\.handlers\[\]/);
  expect(scopes.strength).toBeLessThan(0.5);
});
