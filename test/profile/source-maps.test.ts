import { mkdirSync, symlinkSync, truncateSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SourceMaps } from '#src/profile/source-maps.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';

const folder = scratchFolder();
let folders = 0;

/** A folder with these files. */
function maps(files: Readonly<Record<string, unknown>>): SourceMaps {
  return new SourceMaps(folderOf(files));
}

function folderOf(files: Readonly<Record<string, unknown>>): string {
  const path = join(folder, String(++folders));
  mkdirSync(path);
  for (const [name, content] of Object.entries(files))
    writeIn(path, name, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Line 1 from its start: line 1, column 1 of the source; line 3 from column 2 on: line 2, column 1. Line 2 is nobody's. */
const MAP = { version: 3, sources: ['../src/app.ts'], names: [], mappings: 'AAAA;;CACA' };
const place = (script: string, line: number, column: number) => ({ script, line, column });

describe('a place in a script', () => {
  test.each([
    [1, 1, 1],
    [1, 70, 1],
    [3, 2, 2],
    [3, 9, 2],
  ])('in line %i, column %i, comes from line %i of its source', (line, column, original) => {
    const found = maps({ 'app.js.map': MAP }).originalOf(place('/srv/dist/app.js', line, column));
    expect(found).toEqual(place('../src/app.ts', original, 1));
  });

  test.each([
    ['a line without a source', 2, 1],
    ['the start of a line whose first code is nobody’s', 3, 1],
    ['a line behind the last', 9, 1],
    ['no line', 0, 0],
    ['no column', 1, 0],
  ])('has none: %s', (_, line, column) => {
    const found = maps({ 'app.js.map': MAP });
    expect(found.originalOf(place('app.js', line, column))).toBeUndefined();
    expect(found.notes).toEqual([]);
  });

  test.each([
    'app one.js',
    '/srv/app one.js',
    'C:\\srv\\app one.js',
    'file:///srv/app%20one.js',
    'https://example.org/a/app%20one.js?v=3#top',
  ])('of %s is sought by the name of the file', (script) => {
    const found = maps({ 'app one.js.map': MAP }).originalOf(place(script, 1, 1));
    expect(found?.script).toBe('../src/app.ts');
  });

  test.each([
    'other.js',
    '',
    '/',
    '../../app.js/',
    'file:///%2e%2e%2fapp.js',
    'file:///%zz',
    `${'../'.repeat(9)}etc/passwd`,
  ])('of %j opens nothing that was not listed', (script) => {
    const found = maps({ 'app.js.map': MAP });
    expect(found.originalOf(place(script, 1, 1))).toBeUndefined();
    expect(found.notes).toEqual([]);
  });

  test('is told with the root that the map names, and through the sections of an index map', () => {
    const sections = [
      { offset: { line: 0, column: 0 }, map: MAP },
      { offset: { line: 10, column: 4 }, map: { ...MAP, sources: ['b.ts'] } },
    ];
    const found = maps({ 'a.js.map': { ...MAP, sourceRoot: 'webpack://x' }, 'i.js.map': { version: 3, sections } });
    expect(found.originalOf(place('a.js', 1, 1))).toEqual(place('webpack://x/../src/app.ts', 1, 1));
    expect(found.originalOf(place('i.js', 11, 5))).toEqual(place('b.ts', 1, 1));
    expect(found.size).toBe(2);
  });
});

describe('a map that cannot be used is told once, and the others are used', () => {
  test.each([
    ['no JSON', '{"version":3,', 'found no JSON object, expected a source map'],
    ['null', 'null', 'found no JSON object, expected a source map'],
    ['another version', { ...MAP, version: 2 }, 'found no version 3, expected a source map of that one'],
    ['no mappings', { version: 3, sources: [] }, 'found no "mappings" with "sources", expected both or "sections"'],
    [
      'sections that are none',
      { version: 3, sections: [null] },
      'found a map that cannot be read, expected a source map',
    ],
  ])('%s', (_, content, reason) => {
    const found = maps({ 'broken.js.map': content, 'app.js.map': MAP });
    for (let time = 0; time < 3; time++) expect(found.originalOf(place('broken.js', 1, 1))).toBeUndefined();
    expect(found.originalOf(place('app.js', 1, 1))?.line).toBe(1);
    expect(found.notes).toEqual([`broken.js.map: ${reason}`]);
    expect(found.size).toBe(1);
  });

  test('too large', () => {
    const path = folderOf({ 'app.js.map': MAP });
    truncateSync(join(path, 'app.js.map'), 64 * 1024 * 1024 + 1);
    const found = new SourceMaps(path);
    expect(found.originalOf(place('app.js', 1, 1))).toBeUndefined();
    expect(found.notes).toEqual(['app.js.map: found 67,108,865 bytes, expected at most 67,108,864']);
  });

  test('gone, or a link by now', () => {
    const path = folderOf({ 'a.js.map': MAP, 'b.js.map': MAP, 'target.js': MAP });
    const found = new SourceMaps(path);
    unlinkSync(join(path, 'a.js.map'));
    unlinkSync(join(path, 'b.js.map'));
    symlinkSync(join(path, 'target.js'), join(path, 'b.js.map'));
    for (const script of ['a.js', 'b.js']) expect(found.originalOf(place(script, 1, 1))).toBeUndefined();
    expect(found.notes[0]).toBe('a.js.map: found a map that cannot be read (ENOENT), expected a source map');
    expect(found.notes[1]).toMatch(/^b\.js\.map: found a map that cannot be read \(E(?:LOOP|MLINK)\)/);
  });

  test('of hostile ones twenty are told', () => {
    const names = Array.from({ length: 30 }, (_, at) => `${at}.js`);
    const found = maps(Object.fromEntries(names.map((name) => [`${name}.map`, '['])));
    for (const name of names) found.originalOf(place(name, 1, 1));
    expect(found.notes.length).toBe(20);
    expect(found.size).toBe(0);
  });
});

test('what a map says of places that are none is no place', () => {
  const found = maps({
    'numbers.js.map': { ...MAP, sources: [7] },
    'negative.js.map': { ...MAP, mappings: 'AADA' },
    'none.js.map': { ...MAP, sources: [] },
  });
  for (const script of ['numbers.js', 'negative.js', 'none.js'])
    expect(found.originalOf(place(script, 1, 1))).toBeUndefined();
});

test('links, folders and other files are no maps; a folder that is none is told', () => {
  const path = folderOf({ 'app.js.map': MAP, 'app.js': '', 'app.js.map.txt': '' });
  symlinkSync(join(path, 'app.js.map'), join(path, 'link.js.map'));
  mkdirSync(join(path, 'folder.js.map'));
  const found = new SourceMaps(path);
  expect(found.size).toBe(1);
  expect(found.originalOf(place('link.js', 1, 1))).toBeUndefined();
  expect(() => new SourceMaps(join(path, 'none'))).toThrow(
    /^found no folder that can be listed \(ENOENT\), expected one$/,
  );
});

test('maps beyond what is kept are read again', () => {
  const filler = 'x'.repeat(10 * 1024 * 1024);
  const names = ['a', 'b', 'c'];
  const found = maps(
    Object.fromEntries(names.map((name) => [`${name}.js.map`, { ...MAP, sources: [`${name}.ts`], filler }])),
  );
  for (const name of [...names, ...names])
    expect(found.originalOf(place(`${name}.js`, 1, 1))?.script).toBe(`${name}.ts`);
  expect(found.notes).toEqual([]);
});
