import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPORTERS } from '#src/report/reporters.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { readCsv } from '../report/readers/csv.js';
import { readXml } from '../report/readers/xml.js';
import { finished, run, SERIES, seriesFile, start } from './run-cli.js';

const root = scratchFolder();
const FILES = [seriesFile(1), seriesFile(2), seriesFile(3)];
const PLAIN = ['analyze', ...FILES, '--no-suspects'];
const NAMES = Object.keys(REPORTERS);

function folderOf(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}

describe('several reporters in one run', () => {
  test('each writes its own file, and nothing goes to stdout', async () => {
    const folder = folderOf('all');
    const options = NAMES.flatMap((name) => [
      '--reporter',
      name,
      `--output-file.${name}=${join(folder, `report.${name}`)}`,
    ]);
    const { code, stdout, stderr } = await run([...PLAIN, ...options]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readdirSync(folder).sort()).toEqual(NAMES.map((name) => `report.${name}`).sort());
    const text = (name: string) => readFileSync(join(folder, `report.${name}`), 'utf8');
    expect(text('json')).toBe((await run([...PLAIN, '--json'])).stdout);
    expect(text('terminal')).toBe((await run(PLAIN)).stdout);
    for (const name of ['markdown', 'csv', 'junit', 'openmetrics'])
      expect((await run([...PLAIN, '--reporter', name])).stdout, name).toBe(text(name));
  });

  test('one of them may go to stdout: --json is one, too', async () => {
    const folder = folderOf('stdout');
    const [csv, junit] = [join(folder, 'made', 'a.csv'), join(folder, 'b.xml')];
    const both = [
      '--reporter',
      'csv',
      '--output-file',
      `csv=${csv}`,
      '--reporter',
      'junit',
      '--output-file',
      `junit=${junit}`,
    ];
    const { code, stdout } = await run([...PLAIN, '--json', ...both]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'analysis' });
    expect(readCsv(readFileSync(csv, 'utf8')).length).toBeGreaterThan(5);
    expect(readXml(readFileSync(junit, 'utf8')).attributes.tests).toBe('3');
  });

  test('of a folder', async () => {
    const summary = writeIn(root, 'summary.md', 'before\n');
    const sarif = join(root, 'report.sarif');
    const options = ['--reporter', 'github', '--reporter', 'sarif', `--output-file.sarif=${sarif}`];
    const { code, stdout } = await run(['batch', SERIES, ...options], { GITHUB_STEP_SUMMARY: summary });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^::error file=\S+server\.cjs,line=64,col=14,title=InvoiceServer\.inFlight keeps RequestContext::/,
    );
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## heapsleuth: 1 leak suspect\.\n/);
    expect(JSON.parse(readFileSync(sarif, 'utf8')).runs[0].results).toHaveLength(1);
  });

  test('of a scan, whose exit code is what it was', async () => {
    const folder = folderOf('scanned');
    for (const step of [1, 2, 3]) copyFileSync(seriesFile(step), join(folder, `s-${step}.heapsnapshot.gz`));
    writeFileSync(join(folder, 's-4.heapsnapshot'), '{"snapshot":');
    const junit = join(folder, 'junit.xml');
    const { code, stdout, stderr } = await run([
      'scan',
      folder,
      '--reporter',
      'ndjson',
      '--reporter',
      'junit',
      `--output-file.junit=${junit}`,
    ]);
    expect(code).toBe(3);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(lines[0]).toBe('scan');
    expect(lines.filter((kind) => kind === 'layer')).toHaveLength(5);
    expect(stderr).toMatch(/s-4\.heapsnapshot: TRUNCATED/);
    expect(readXml(readFileSync(junit, 'utf8')).attributes.errors).toBe('1');
  });
});

describe('files', () => {
  test('one that cannot be written is told, costs no other, and gives exit code 4', async () => {
    const folder = folderOf('refused');
    writeFileSync(join(folder, 'file'), 'in the way');
    const [bad, good] = [join(folder, 'file', 'a.csv'), join(folder, 'b.md')];
    const options = [
      '--reporter',
      'csv',
      `--output-file.csv=${bad}`,
      '--reporter',
      'markdown',
      `--output-file.markdown=${good}`,
    ];
    const { code, stdout, stderr } = await run([...PLAIN, '--reporter', 'terminal', ...options], {
      GITHUB_STEP_SUMMARY: folder,
    });
    expect(code).toBe(4);
    expect(stdout).toBe((await run(PLAIN)).stdout);
    expect(stderr).toMatch(/^heapsleuth: the report \S+a\.csv could not be written: E(EXIST|NOTDIR)[^\n]*\n$/);
    expect(readFileSync(good, 'utf8')).toMatch(/^## heapsleuth: no suspects\.\n/);
    expect(readdirSync(folder).sort()).toEqual(['b.md', 'file']);
    const summary = await run([...PLAIN, '--reporter', 'github'], { GITHUB_STEP_SUMMARY: folder });
    expect(summary.code).toBe(4);
    expect(summary.stderr).toMatch(/the summary \S+ could not be written: EISDIR/);
  });

  test('are whole, with permissions for their owner; what was there before is replaced, a device is not', async () => {
    const folder = folderOf('whole');
    const file = writeIn(folder, 'a.json', 'before');
    const { code } = await run([...PLAIN, '--reporter', 'json', `--output-file.json=${file}`]);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8')).snapshots).toHaveLength(3);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a.json']);
    symlinkSync('/dev/null', join(folder, 'null'));
    expect((await run([...PLAIN, '--reporter', 'json', `--output-file.json=${join(folder, 'null')}`])).code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('that fail are told on stderr, unless text on stdout has them', async () => {
    const bad = writeIn(root, 'bad.heapsnapshot', '{"snapshot":');
    const csv = await run(['analyze', bad, '--reporter', 'csv']);
    expect(csv.code).toBe(3);
    expect(csv.stdout).toMatch(/^snapshot,class,count,self_size,[^\n]+\r\n$/);
    expect(csv.stderr).toMatch(/bad\.heapsnapshot: TRUNCATED/);
    const text = await run(['analyze', bad, '--reporter', 'terminal']);
    expect({ ...text, stderr: '' }).toEqual({ ...(await run(['analyze', bad])), stderr: '' });
    expect(text.stderr).toBe('');
  });
});

describe('what is wrong is told before the work:', () => {
  const scanned = join(root, 'evidence');
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'an unknown reporter',
      ['analyze', 'a', '--reporter', 'html5'],
      /found no reporter html5, expected one of terminal, json, /,
    ],
    ['a name of every object', ['analyze', 'a', '--reporter', 'constructor'], /found no reporter constructor/],
    [
      'two for stdout',
      ['analyze', 'a', '--reporter', 'csv', '--reporter', 'junit'],
      /found the reporters csv and junit for stdout/,
    ],
    [
      '--json and one more',
      ['analyze', 'a', '--json', '--reporter', 'csv'],
      /found the reporters json and csv for stdout, expected at most one: --output-file\.csv=FILE/,
    ],
    [
      'a file for nobody',
      ['analyze', 'a', '--output-file.csv=b'],
      /found an output file of csv, expected --reporter csv with it/,
    ],
    [
      'a file without a name',
      ['analyze', 'a', '--reporter', 'csv', '--output-file', 'b'],
      /expected --output-file\.NAME=FILE/,
    ],
    [
      'a file of an unknown name',
      ['analyze', 'a', '--reporter', 'csv', '--output-file.xls=b'],
      /found no reporter xls/,
    ],
    [
      'two files for one',
      ['analyze', 'a', '--reporter', 'csv', '--output-file.csv=b', '--output-file.csv=c'],
      /found two output files of csv/,
    ],
    [
      'one file for two',
      ['analyze', 'a', '--reporter', 'csv', '--output-file.csv=b', '--reporter', 'json', '--output-file.json=./b'],
      /found two reporters that write to \.\/b/,
    ],
    [
      'a snapshot as the file',
      ['analyze', './a', '--reporter', 'csv', '--output-file.csv=a'],
      /found the output file a among what is read/,
    ],
    [
      'one of a folder',
      ['batch', SERIES, '--reporter', 'csv', `--output-file.csv=${seriesFile(1)}`],
      /among what is read/,
    ],
    ['a shard', ['batch', SERIES, '--shard', '1/2', '--reporter', 'csv'], /expected no reporter with --shard/],
    [
      'evidence of a scan',
      ['scan', scanned, '--reporter', 'csv', `--output-file.csv=${join(scanned, 'a.csv')}`],
      /among what is read/,
    ],
    [
      'what would be watched',
      ['scan', scanned, '--reporter', 'junit', `--output-file.junit=${join(scanned, 'a.xml')}`, '--watch'],
      /among what is read/,
    ],
    ['another command', ['waste', 'a', '--reporter', 'csv'], /unknown option '--reporter'/],
  ];

  test.each(cases)('%s', async (_, args, reason) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(reason);
  });
});

test('the help of each command names all of them', async () => {
  for (const command of ['analyze', 'batch', 'scan']) {
    const { stdout } = await run([command, '--help']);
    const [help] = /--reporter <name>.*?--output-file/s.exec(stdout) ?? [''];
    for (const name of NAMES) expect(help.split(/[\s,;]+/), command).toContain(name);
  }
});

test('a watched folder is reported on again and again, whole each time', async () => {
  const folder = folderOf('watched');
  const file = join(root, 'watched.md');
  const line = (at: number) => `${JSON.stringify({ ts: 1_795_410_000 + at, pid: 7, heapUsed: 1e7 + at })}\n`;
  writeFileSync(join(folder, 'a.jsonl'), line(0) + line(1));
  const options = ['--reporter', 'json', '--reporter', 'markdown', `--output-file.markdown=${file}`, '--watch=1'];
  const child = start(['scan', folder, ...options]);
  let documents = '';
  child.stdout?.on('data', (text) => {
    documents += text;
    const count = documents.split('\n').length - 1;
    if (count === 1) writeFileSync(join(folder, 'b.jsonl'), line(5));
    else child.kill('SIGTERM');
  });
  const { code, stdout } = await finished(child);
  expect(code).toBe(143);
  const inputs = stdout
    .trimEnd()
    .split('\n')
    .map((document) => JSON.parse(document).inputs.length);
  expect(inputs).toEqual([1, 2]);
  expect(readFileSync(file, 'utf8')).toMatch(/^## heapsleuth: /);
});
