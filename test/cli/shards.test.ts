import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCHEMAS } from '#src/report/schemas.js';
import type { ShardDocument } from '#src/report/shard-json.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { TERMINAL_ACTIVE } from '../report/hostile-names.js';
import { schemaViolations } from '../report/schema-check.js';
import { run } from './run-cli.js';

const FILES = 7;
const scratch = scratchFolder();

/** A series of which these positions cannot be read. */
function series(name: string, bad: readonly number[] = []): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  for (let at = 0; at < FILES; at++) {
    const text = toJson(randomGraph(at, 40));
    writeIn(folder, `app-${at}.heapsnapshot`, bad.includes(at) ? text.subarray(0, 400) : text);
  }
  return folder;
}

/** The documents of all shards, each written to a file. */
async function shards(folder: string, count: number, ...options: string[]): Promise<string[]> {
  const files: string[] = [];
  for (let index = 1; index <= count; index++) {
    const { stdout } = await run(['batch', folder, '--shard', `${index}/${count}`, ...options]);
    expect(schemaViolations(SCHEMAS.shard, JSON.parse(stdout))).toEqual([]);
    expect(stdout).not.toMatch(TERMINAL_ACTIVE);
    files.push(writeIn(scratch, `part-${files.length}-${count}-${Math.random()}.json`, stdout));
  }
  return files;
}

const WHOLE = series('whole');

describe('shards, put together, print what the whole batch prints', () => {
  it.each([1, 2, 3, 9])('%i shards', async (count) => {
    const [parts, json, text] = [
      await shards(WHOLE, count),
      await run(['batch', WHOLE, '--json']),
      await run(['batch', WHOLE]),
    ];
    expect(json.code).toBe(0);
    expect(await run(['merge', ...parts, '--json'])).toEqual(json);
    expect(await run(['merge', ...parts.toReversed()])).toEqual(text);
  });

  it.each([
    ['the last file among them', [1, 6]],
    ['the last two', [5, 6]],
    ['all but one', [0, 1, 3, 4, 5, 6]],
    ['all', [0, 1, 2, 3, 4, 5, 6]],
  ])('with files that cannot be read: %s', async (name, bad) => {
    const folder = series(name, bad);
    const [parts, json] = [await shards(folder, 3), await run(['batch', folder, '--json'])];
    expect(json.code).toBe(3);
    expect(await run(['merge', ...parts, '--json'])).toEqual(json);
    expect(await run(['merge', ...parts])).toEqual(await run(['batch', folder]));
  });

  it('with as many classes as the shards were asked for', async () => {
    const parts = await shards(WHOLE, 2, '--top', '3');
    expect(await run(['merge', ...parts, '--json'])).toEqual(await run(['batch', WHOLE, '--top', '3', '--json']));
    expect(await run(['merge', ...parts])).toEqual(await run(['batch', WHOLE, '--top', '3']));
  });

  it('in any form that the batch has', async () => {
    const parts = await shards(WHOLE, 3);
    for (const name of ['csv', 'markdown', 'ndjson', 'folded'])
      expect(await run(['merge', ...parts, '--reporter', name]), name).toEqual(
        await run(['batch', WHOLE, '--reporter', name]),
      );
    const [both, single] = ['merged.parquet', 'batch.parquet'].map((name) => join(scratch, name));
    const { code, stdout } = await run([
      ...['merge', ...parts, '--reporter', 'terminal', '--reporter', 'parquet', `--output-file.parquet=${both}`],
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: (await run(['batch', WHOLE])).stdout });
    await run(['batch', WHOLE, '--reporter', 'parquet', `--output-file.parquet=${single}`]);
    expect(readFileSync(both).equals(readFileSync(single))).toBe(true);
    const overwriting = await run(['merge', ...parts, '--reporter', 'csv', `--output-file.csv=${parts[0]}`]);
    expect([overwriting.code, overwriting.stdout]).toEqual([2, '']);
  });

  it('and a shard exits 3 for its own files only', async () => {
    const folder = series('one bad', [6]);
    const codes: (number | null)[] = [];
    for (const shard of ['1/3', '2/3', '3/3']) codes.push((await run(['batch', folder, '--shard', shard])).code);
    expect(codes).toEqual([3, 0, 0]);
  });
});

describe('a part is taken at nothing but its word as checked:', async () => {
  const [first, second] = await shards(WHOLE, 2);
  const other = await shards(series('other', [2]), 2);
  const more = await shards(WHOLE, 3);
  const topped = await shards(WHOLE, 2, '--top', '3');
  let edited = 0;

  /** The first part with something else in it. */
  function edit(change: (document: ShardDocument & Record<string, unknown>) => unknown): string {
    const document = JSON.parse(readFileSync(first, 'utf8'));
    return writeIn(scratch, `edited-${edited++}.json`, JSON.stringify(change(document) ?? document));
  }

  const raw = (text: string | Uint8Array) => {
    const file = join(scratch, `raw-${edited++}.json`);
    writeFileSync(file, text);
    return file;
  };
  const set = (path: readonly (string | number)[], value: unknown) =>
    edit((document) => {
      let place = document as Record<string | number, unknown>;
      for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
      place[path[path.length - 1]] = value;
      return document;
    });

  it.each<[string, string[], string]>([
    ['one is missing', [first], 'SHARD: found 1 of 2 shards, expected all of them: shard 2 is the first'],
    ['one is there twice', [first, second, first], 'SHARD: found shard 1 again, expected it once: it is in '],
    ['one of another folder', [first, other[1]], 'SHARD: found names and sizes of snapshots '],
    ['one of another number', [first, more[1]], 'SHARD: found a count of shards 3, expected 2 as in '],
    ['one of another --top', [first, topped[1]], 'SHARD: found --top 3, expected none as in '],
    ['one that does not exist', [join(scratch, 'absent')], 'UNREADABLE: found '],
    ['a folder', [scratch], 'UNREADABLE: found a folder'],
    ['no JSON', [raw('{"schemaVersion":')], 'SHARD: found no JSON, expected '],
    ['no text', [raw(Buffer.from([0x22, 0xff, 0x22]))], 'SHARD: found bytes that are not UTF-8'],
    ['nothing', [raw('')], 'SHARD: found no JSON'],
    ['a snapshot', [raw(toJson(randomGraph(1)))], 'SHARD: document: found no schemaVersion, expected one'],
    ['a later version', [set(['schemaVersion'], 2)], 'SHARD: document.schemaVersion: found 2, expected 1'],
    ['another document', [set(['kind'], 'analysis')], 'document.kind: found "analysis", expected "shard"'],
    ['a property too many', [set(['extra'], 1)], 'document: found a property "extra", expected no such'],
    [
      'a hidden prototype',
      [raw(readFileSync(first, 'utf8').replace('{', '{"__proto__":{"ok":true},'))],
      'found a property "__proto__", expected no such',
    ],
    [
      'a text for a number',
      [set(['snapshots', 0, 'outcome', 'nodeCount'], '7')],
      'document.snapshots[0].outcome.nodeCount: found "7", expected integer',
    ],
    ['a number below 0', [set(['snapshots', 0, 'index'], -1)], 'document.snapshots[0].index: found -1, expected 0 or'],
    ['a shard above the count', [set(['shard', 'index'], 3), second], 'found shard 3, expected one from 1 to 2'],
    [
      'a snapshot too few',
      [edit((d) => ({ ...d, snapshots: d.snapshots.slice(1) })), second],
      'found 3 snapshots, exp',
    ],
    ['a snapshot of another', [set(['snapshots', 1, 'index'], 3), second], 'found snapshot 3, expected snapshot 2'],
    ['no classes', [set(['snapshots', 0, 'classes'], undefined), second], 'found no classes for snapshot 0, expected'],
    [
      'other interfaces',
      [first, set(['names', 'digest'], 'x')].toReversed().slice(0, 1).concat(second),
      'found other interfaces of snapshot 6, expected the same as in ',
    ],
    ['interfaces of another', [set(['names', 'from'], 5), second], 'found interfaces of snapshot 5, expected those of'],
    [
      'far more snapshots than there are',
      [set(['series', 'snapshotCount'], 1e15)],
      'found 1 of 2 shards, expected all of them',
    ],
    ['a bomb of depth', [raw(`{"schemaVersion":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)], 'SHARD: document'],
  ])('%s', async (_, parts, reason) => {
    const { code, stdout, stderr } = await run(['merge', ...parts, '--json']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/ {4}at /);
  });

  it('names in it come out as they went in, and do nothing', async () => {
    const name = '__proto__\u001b[31m\u202e<script>';
    const hostile = edit((document) => {
      const [snapshot] = document.snapshots as unknown as { outcome: { classes: { name: string }[] } }[];
      snapshot.outcome.classes[0].name = name;
    });
    const { code, stdout } = await run(['merge', hostile, second, '--json']);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    expect(JSON.parse(stdout).snapshots[0].classes[0].name).toBe(name);
    expect((await run(['merge', hostile, second])).stdout).not.toMatch(TERMINAL_ACTIVE);
  });
});
