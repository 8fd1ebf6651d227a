import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCHEMAS } from '#src/report/schemas.js';
import { run, seriesFile } from './run-cli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heapsleuth-usage-'));
  writeFileSync(join(folder, 'notes.txt'), 'no snapshot');
});
afterAll(() => rmSync(folder, { recursive: true }));

it('--version prints the version of the package', async () => {
  const { code, stdout, stderr } = await run(['--version']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it('--help lists every command and the exit codes', async () => {
  const { code, stdout } = await run(['--help']);
  expect(code).toBe(0);
  for (const word of [
    'analyze',
    'batch',
    'merge',
    'diff',
    'inspect',
    'whatif',
    'waste',
    'schema',
    'Examples:',
    'Exit codes:',
  ]) {
    expect(stdout).toContain(word);
  }
});

it.each([
  ['live-timer=off', 'found no detector live-timer, expected one of unbounded-map, '],
  ['unbounded-map.least=3', 'found no limit least of unbounded-map, expected one of '],
  ['unbounded-map', 'Expected NAME=off or NAME.LIMIT=NUMBER'],
  ['unbounded-map.leastEntries=many', 'Expected NAME=off or NAME.LIMIT=NUMBER'],
])('--detector %s is refused', async (setting, reason) => {
  const { code, stdout, stderr } = await run(['analyze', 'any.heapsnapshot', '--detector', setting]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(reason);
});

it.each(['analysis', 'diff', 'inspection', 'members', 'shard', 'whatif', 'waste'] as const)(
  'schema %s prints the published schema',
  async (kind) => {
    const { code, stdout } = await run(['schema', kind]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(SCHEMAS[kind]);
  },
);

describe('a wrong command line exits 2 with a reason on stderr and nothing on stdout:', () => {
  it.each([
    ['no command', [], 'Usage:'],
    ['an unknown command', ['analyse'], "unknown command 'analyse'"],
    ['an unknown option', ['analyze', '--jason', 'a'], "unknown option '--jason'"],
    ['no file', ['analyze'], "missing required argument 'file'"],
    ['a zero --top', ['analyze', '--top', '0', 'a'], 'Expected a whole number, 1 or more.'],
    ['a --top that is no number', ['analyze', '--top', '1e3', 'a'], 'Expected a whole number, 1 or more.'],
    ['an unknown --progress', ['analyze', '--progress', 'maybe', 'a'], 'Allowed choices are auto, always, never.'],
    ['a size that is none', ['batch', '--max-memory', '4X', 'a'], 'Expected a size such as 4G, 800M or a number'],
    ['a size of nothing', ['batch', '--max-memory', '0.1', 'a'], 'Expected a size such as 4G, 800M or a number'],
    ['a --timeout of nothing', ['analyze', '--timeout', '0', 'a', 'b'], 'Expected a whole number, 1 or more.'],
    ['a --timeout beyond a timer', ['batch', '--timeout', '2000001', 'a'], 'Expected at most 2000000 seconds.'],
    ['a share above the number', ['batch', '--shard', '3/2', 'a'], 'Expected a share such as 2/5: the second of five.'],
    ['a share 0', ['batch', '--shard', '0/2', 'a'], 'Expected a share such as 2/5'],
    ['a share of a single file', ['analyze', '--shard', '1/2', 'a'], "unknown option '--shard'"],
    ['no part to merge', ['merge'], "missing required argument 'part'"],
    ['one file to diff', ['diff', 'a'], "missing required argument 'current'"],
    ['inspect without a node', ['inspect', seriesFile(1)], 'inspect needs a node: --id N'],
    ['inspect with two nodes', ['inspect', seriesFile(1), '--id', '1', '--ordinal', '1'], 'cannot be used with'],
    ['waste without a file', ['waste'], "missing required argument 'file'"],
    ['a cache of waste', ['waste', '--cache', 'a'], "unknown option '--cache'"],
    ['an id that is too large', ['inspect', 'a', '--id', '9007199254740993'], 'Expected a whole number, 0 or more.'],
  ])('%s', async (_, args, reason) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });

  it('a folder that does not exist', async () => {
    const { code, stdout, stderr } = await run(['batch', join(folder, 'absent')]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('expected a folder with snapshots');
  });

  it('a file in place of a folder', async () => {
    const { code, stderr } = await run(['batch', join(folder, 'notes.txt')]);
    expect(code).toBe(2);
    expect(stderr).toContain('expected a folder with snapshots');
  });

  it('a folder without snapshots, saying what was looked for', async () => {
    const { code, stdout, stderr } = await run(['batch', folder]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^heapsleuth: found no snapshots .*: looked for \*\.heapsnapshot and \*\.heaptimeline/);
  });

  it('quoted with its controls escaped', async () => {
    const { code, stderr } = await run(['\x1b[31mred']);
    expect(code).toBe(2);
    expect(stderr).toContain("unknown command '\\x1b[31mred'");
    expect(stderr).not.toContain('\x1b');
  });
});
