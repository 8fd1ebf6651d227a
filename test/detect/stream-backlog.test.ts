import { expect, test } from 'vitest';
import { streamBacklog } from '#src/detect/stream-backlog.js';
import { evidenceOf, expressionsOf, findingsOf } from './findings.js';

const found = await findingsOf('streams', streamBacklog);

test('an idle stream is not found', () => {
  expect(expressionsOf(found.findings)).toEqual([
    'open MessagePort objects',
    'read buffer of global.keep.source',
    'read buffer of global.keep.texts',
    'write buffer of global.keep.sink',
  ]);
});

test('chunks that wait to be written are counted, without the one under way', () => {
  const written = found.with('write buffer');
  expect(written).toMatchObject({ count: 64, key: 'write buffer of global.keep.sink' });
  expect(evidenceOf(written, 'class')).toBe('SlowSink');
  expect(evidenceOf(written, 'bytes of ArrayBuffers behind the chunks, at most')).toBe(640_000);
  expect(written.bytes).toBeGreaterThan(640_000);
  expect(written.repair).toContain('drain');
});

test('chunks that wait to be read are counted', () => {
  const read = found.with('read buffer of global.keep.source');
  expect(read.count).toBe(45);
  expect(evidenceOf(read, 'bytes of ArrayBuffers behind the chunks, at most')).toBe(405_000);
  const texts = found.with('read buffer of global.keep.texts');
  expect(texts.count).toBe(25);
  expect(evidenceOf(texts, 'bytes of ArrayBuffers behind the chunks, at most')).toBe(0);
});

test('open handles are counted, weakly', () => {
  const ports = found.with('open MessagePort');
  expect(ports.count).toBe(40);
  expect(ports.strength).toBeLessThan(0.2);
});
