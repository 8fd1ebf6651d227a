import { describe, expect, test } from 'vitest';
import { profileFrom, readProfile } from '#src/profile/index.js';
import { BytesSource } from '#src/read/source.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { node, readText, textOf } from './profiles.js';

const folder = scratchFolder();
const FRAME = '"callFrame":{"functionName":"f","scriptId":"1","url":"u","lineNumber":0,"columnNumber":0}';
const head = (fields: string) => `{"head":{${fields}}}`;
const NODE = `{${FRAME},"selfSize":8,"id":2,"children":[]}`;

describe('what is no profile is refused with what was found, what was expected and the byte', () => {
  test.each([
    ['nothing', '', 'TRUNCATED', 0, 'found the end of the file'],
    ['a list', '[]', 'SYNTAX', 0, 'found a list, expected the object'],
    ['a text', '"head"', 'SYNTAX', 5, 'found a text, expected the object'],
    ['a number', '12 ', 'SYNTAX', 2, 'found 12, expected the object'],
    ['no JSON', 'heap', 'SYNTAX', 0, 'found bytes that are no JSON'],
    ['the start of no JSON', 'nul', 'TRUNCATED', 3, 'found the end'],
    ['no JSON, longer', '{"head":heap profile of a process}', 'SYNTAX', 8, 'found bytes that are no JSON'],
    ['another document', '{"snapshot":{"meta":{}},"nodes":[1,2]}', 'MISSING_SECTION', 37, 'found no "head"'],
    ['two documents', `${head(`${FRAME},"selfSize":1`)}{}`, 'SYNTAX', 113, 'found bytes that are no JSON'],
    ['two trees', `{"head":${NODE},"head":${NODE}}`, 'DUPLICATE_SECTION', undefined, 'profile: found "head" twice'],
    ['a tree that is a list', '{"head":[]}', 'SYNTAX', 8, 'head: found a list, expected an object with'],
    ['no call frame', head('"selfSize":1'), 'HEADER', 21, 'node: found no "callFrame"'],
    ['no size', head(FRAME), 'HEADER', undefined, 'node: found no "selfSize"'],
    ['no name', head('"callFrame":{}'), 'HEADER', 22, 'frame: found no "functionName"'],
    ['no line', head(FRAME.replace('lineNumber', 'line')), 'HEADER', undefined, 'frame: found no "lineNumber"'],
    [
      'a name that is a number',
      head(FRAME.replace('"f"', '7')),
      'SYNTAX',
      undefined,
      'functionName: found 7, expected a text',
    ],
    ['a negative size', head(`${FRAME},"selfSize":-8`), 'NUMBER', undefined, 'selfSize: found -8, expected a whole'],
    ['a size that is no whole number', head(`${FRAME},"selfSize":0.5`), 'NUMBER', undefined, 'selfSize: found 0.5'],
    ['a size without end', head(`${FRAME},"selfSize":1e999`), 'NUMBER', undefined, 'selfSize: found Infinity'],
    ['a size that is NaN', head(`${FRAME},"selfSize":NaN`), 'SYNTAX', 110, 'found bytes that are no JSON'],
    ['a size that is null', head(`${FRAME},"selfSize":null`), 'SYNTAX', undefined, 'selfSize: found null'],
    ['two sizes', head(`${FRAME},"selfSize":1,"selfSize":2`), 'SYNTAX', undefined, 'node: found "selfSize" twice'],
    ['a line before the first', head(FRAME.replace(':0', ':-2')), 'NUMBER', undefined, 'lineNumber: found -2'],
    ['children first', head('"children":[]'), 'SYNTAX', 20, 'node: found "children" before "callFrame"'],
    ['children that are numbers', head(`${FRAME},"children":[1]`), 'SYNTAX', undefined, 'children: found 1'],
    [
      'two nodes with one id',
      head(`${FRAME},"selfSize":1,"id":3,"children":[${NODE},${NODE}]`),
      'SYNTAX',
      undefined,
      'two nodes',
    ],
    ['samples that are an object', `{"samples":{}}`, 'SYNTAX', 11, 'samples: found an object, expected a list'],
    ['a sample without a node', `{"samples":[{"size":1}]}`, 'HEADER', 21, 'sample: found no "nodeId"'],
    ['sizes beyond 2^53', textOf(node('a', 2 ** 53 - 1), node('b', 1)), 'NUMBER', undefined, 'found sizes that sum'],
    ['a text that goes on', '{"head', 'TRUNCATED', 6, 'found the end'],
  ])('%s', async (_, text, code, byteOffset, message) => {
    const error = await readText(text).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'SnapshotError', code });
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^(?:\w+: )?found .*, expected /);
    if (byteOffset !== undefined) expect(error.byteOffset).toBe(byteOffset);
    expect(error.byteOffset).toBeLessThanOrEqual(text.length);
    // The byte is the same however the file comes.
    const again = await readText(text, [1]).catch((thrown) => thrown);
    expect(again.toData()).toEqual(error.toData());
  });

  test('a file that is not there, a folder', async () => {
    await expect(readProfile(`${folder}/none`)).rejects.toMatchObject({ code: 'UNREADABLE' });
    await expect(readProfile(folder)).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  test('the byte lies behind whole windows, too', async () => {
    const good = textOf(...Array.from({ length: 2000 }, (_, at) => node(`é${at}`, 8)));
    const text = good.replace('"é1999"', '1999  ');
    const error = await readText(text).catch((thrown) => thrown);
    const at = Buffer.from(text).indexOf('1999  ');
    expect(at).toBeGreaterThan(200_000);
    expect(error).toMatchObject({ code: 'SYNTAX', byteOffset: at + 4 + 2 });
  });
});

describe('hostile files', () => {
  test('may be 100,000 frames deep', async () => {
    const DEPTH = 100_000;
    const open = `{${FRAME},"selfSize":1,"children":[`;
    const { sites, totalSize } = await readText(`{"head":${open.repeat(DEPTH)}${']}'.repeat(DEPTH)}}`);
    expect(totalSize).toBe(DEPTH);
    expect(sites).toEqual([{ function: 'f', script: 'u', line: 1, column: 1, selfSize: DEPTH, stack: [] }]);
  });

  test('are refused where brackets never end', async () => {
    const text = `{"more":${'['.repeat(2_000_001)}`;
    await expect(readText(text)).rejects.toMatchObject({ code: 'TOO_DEEP', byteOffset: 8 + 1_999_999 });
  });

  test('have names of whatever kind', async () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', '\u0000', '\u001b[31m', '\ud800'];
    const { sites } = await readText(textOf(...names.map((name, at) => node(name, 8 + at))));
    expect(sites.map((site) => site.function)).toEqual(names.toReversed());
  });

  test('are not held in memory for a text that goes on and on', async () => {
    const long = 'x'.repeat((1 << 20) + 1);
    await expect(readText(textOf(node(long, 8)))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const longest = long.slice(1);
    expect((await readText(textOf(node(longest, 8)))).sites[0].function).toBe(longest);
    // Where nobody reads it a text may have any length.
    const { sites } = await readText(textOf(node('a', 8)).replace('"scriptId":"1"', `"scriptId":"${long}"`));
    expect(sites.length).toBe(1);
  });

  test('have no more functions, nodes and names than are kept', async () => {
    const nodes = Array.from({ length: 11 }, (_, at) => node(`f${at}`, 8));
    const read = (limits: object) => profileFrom(() => new BytesSource(Buffer.from(textOf(...nodes))), { limits });
    await expect(read({ sites: 10 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(read({ nodes: 11 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect((await read({ sites: 11, nodes: 12 })).sites.length).toBe(11);
    const names = Array.from({ length: 129 }, (_, at) => node(`${at}${'y'.repeat(1 << 20)}`.slice(0, 1 << 20), 8));
    await expect(readText(textOf(...names))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
});

test('samples of nodes that the tree does not have count as samples only: V8 lists them a moment later', async () => {
  const samples = [{ nodeId: 2 }, { nodeId: 99 }, { nodeId: 2 }];
  const { sites, samples: count } = await readText(`{"samples":${JSON.stringify(samples)},"head":${NODE}}`);
  expect(count).toBe(3);
  expect(sites).toEqual([{ function: 'f', script: 'u', line: 1, column: 1, selfSize: 8, count: 2, stack: [] }]);
});

test('an abort ends the reading with its reason', async () => {
  const file = writeIn(folder, 'a.heapprofile', textOf(node('a', 8)));
  const reason = new Error('enough');
  await expect(readProfile(file, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
