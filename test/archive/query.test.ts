import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { listParts } from '#src/archive/partitions.js';
import { queryArchive } from '#src/archive/query.js';
import { TABLES } from '#src/archive/tables.js';
import { keepScan } from '#src/batch/keep-scan.js';
import { queryJson, queryText } from '#src/report/query-text.js';
import { SCHEMAS } from '#src/report/schemas.js';
import { createScreen } from '#src/report/screen.js';
import { run } from '../cli/run-cli.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { schemaViolations } from '../report/schema-check.js';
import { evidenceFolder, scanned, telemetryLines } from './evidence.js';

const root = scratchFolder();
const archive = join(root, "it's an archive");
const outside = join(root, 'outside.csv');

beforeAll(async () => {
  writeFileSync(outside, 'secret\n1\n');
  const lines = telemetryLines(2).join('\n');
  for (const [service, snapshots] of [
    ['shop', 7],
    ['shop', 8],
    ['quiet', 0],
  ] as const) {
    const folder = evidenceFolder(root, `${service}-${snapshots}`, { 'a.jsonl': lines }, snapshots);
    const scan = await scanned(folder);
    // The second scan of the shop comes a day later.
    const judgedTs = 1_795_500_000_000 + (snapshots === 8 ? 86_400_000 : 0);
    await keepScan(folder, { ...scan, judgedTs }, { archive, service, host: 'a' });
  }
});

const ask = (sql: string, limit?: number) => queryArchive(archive, sql, { limit });

describe('a query over an archive', () => {
  test('answers from the tables, and from the views of the newest scans', async () => {
    const series = await ask(
      "SELECT service, count(*) AS n FROM series WHERE metric = 'v8.heap_used' GROUP BY ALL ORDER BY 1",
    );
    expect(series).toEqual({
      columns: [
        { name: 'service', type: 'VARCHAR' },
        { name: 'n', type: 'BIGINT' },
      ],
      rows: [
        ['quiet', 288],
        ['shop', 288],
      ],
      isCut: false,
    });
    const spans = await ask('SELECT count(*) FROM series WHERE least <> value OR most <> value');
    expect(spans.rows).toEqual([[0]]);
    const suspects = await ask(
      'SELECT service, title, scans, epoch_ms(ts) - epoch_ms(first_seen) FROM top_suspects LIMIT 1',
    );
    expect(suspects.rows).toEqual([['shop', 'InvoiceServer.inFlight keeps RequestContext', 2, 86_400_000]]);
    const growth = await ask(
      'SELECT rank, class, first_count, last_count, count_delta, snapshots FROM growth_by_class LIMIT 1',
    );
    expect(growth.rows).toEqual([[1, 'RequestContext', 150, 500, 350, 8]]);
    const days = await ask('SELECT DISTINCT year, month, day FROM series ORDER BY ALL');
    expect(days.rows).toEqual(
      [
        [2026, 11, 23],
        [2026, 11, 24],
        [2026, 11, 25],
      ].slice(0, days.rows.length),
    );
    expect(days.rows.length).toBeGreaterThan(1);
  });

  test('has a table for what nobody has written yet', async () => {
    const empty = join(root, 'only-series');
    const folder = evidenceFolder(root, 'few', { 'a.jsonl': telemetryLines(1).join('\n') });
    await keepScan(folder, await scanned(folder), { archive: empty });
    const { rows } = await queryArchive(empty, 'SELECT count(*), count(year) FROM alerts');
    expect(rows).toEqual([[0, 0]]);
    expect((await queryArchive(empty, 'SELECT * FROM top_suspects')).rows).toEqual([]);
  });

  test('gives no more rows than it is asked for, and says that there are more', async () => {
    const { rows, isCut } = await ask('SELECT ts FROM series', 5);
    expect(rows).toHaveLength(5);
    expect(isCut).toBe(true);
    expect((await ask('SELECT ts FROM series LIMIT 5', 5)).isCut).toBe(false);
  });

  test('can reach nothing but the archive, and change nothing', async () => {
    const target = join(root, 'written.csv');
    const [{ path }] = listParts(archive);
    const part = path.replaceAll("'", "''");
    const bytes = readFileSync(path);
    const refused = [
      `SELECT * FROM read_csv('${outside}')`,
      `SELECT * FROM '${outside}'`,
      `SELECT * FROM read_text('${outside}')`,
      `SELECT * FROM read_blob('/etc/passwd')`,
      `SELECT * FROM glob('${root}/*')`,
      `SELECT * FROM read_parquet('https://example.com/x.parquet')`,
      `SELECT * FROM read_text('${archive.replaceAll("'", "''")}/../outside.csv')`,
      `COPY (SELECT 1) TO '${target}'`,
      `EXPORT DATABASE '${target}'`,
      `ATTACH '${target}'`,
      'INSTALL httpfs',
      'LOAD httpfs',
      'SET memory_limit = 1000000000000',
      'SET enable_external_access = true',
      "SET allowed_directories = ['/']",
      'RESET lock_configuration',
      'CREATE TABLE t AS SELECT 1',
      'DROP VIEW series',
      'CALL pragma_version()',
      'SELECT 1; SELECT 2',
      '',
      '-- nothing',
      ';',
      `EXPLAIN COPY (SELECT 1) TO '${part}'`,
      `EXPLAIN ANALYZE COPY (SELECT 1) TO '${part}' (FORMAT csv, USE_TMP_FILE false)`,
      `/* */ EXPLAIN /* */ ANALYZE COPY (SELECT 1) TO '${part}' (FORMAT csv, USE_TMP_FILE false)`,
      `EXPLAIN (ANALYZE) COPY (SELECT 1) TO '${part}' (FORMAT csv, USE_TMP_FILE false)`,
      `EXPLAIN EXPLAIN ANALYZE COPY (SELECT 1) TO '${part}' (FORMAT csv, USE_TMP_FILE false)`,
      'EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1',
      'EXPLAIN ANALYZE DROP VIEW series',
    ];
    for (const sql of refused)
      await expect(ask(sql), sql).rejects.toMatchObject({ name: 'SnapshotError', code: 'QUERY' });
    expect(existsSync(target)).toBe(false);
    expect(readFileSync(path)).toEqual(bytes);
    for (const sql of ['EXPLAIN SELECT 1', 'explain\nanalyze select * from series', 'EXPLAIN FROM series;'])
      expect((await ask(sql)).rows.length, sql).toBe(1);
    // None of that has left anything behind.
    expect((await ask('SELECT count(*) FROM findings')).rows[0][0]).toBeGreaterThan(0);
  });

  test('takes no more memory than it may', async () => {
    const sql = 'SELECT len(list(a.tags || b.tags || a.value || b.value)) FROM series a, series b';
    await expect(queryArchive(archive, sql, { maxMemory: 32 << 20 })).rejects.toMatchObject({
      code: 'QUERY',
      message: expect.stringMatching(/memory/i),
    });
  });

  test('gives no more text than JSON holds, whatever the number of rows', async () => {
    const rows = 'SELECT repeat(a.metric, 10000) FROM series a, series b LIMIT 5000';
    await expect(ask(rows)).rejects.toMatchObject({
      code: 'QUERY',
      message: expect.stringMatching(/^found more than 67108864 characters in the first \d+ rows, expected fewer/),
    });
  });

  test('tells no suspects of a service that is mended', async () => {
    const folder = evidenceFolder(root, 'mended', { 'a.jsonl': telemetryLines(1).join('\n') }, 7);
    const mended = join(root, 'mended-archive');
    const scan = await scanned(folder);
    const suspects = async () => (await queryArchive(mended, 'SELECT count(*) FROM top_suspects')).rows[0][0];
    await keepScan(folder, scan, { archive: mended });
    expect(await suspects()).toBeGreaterThan(0);
    const analysis = scan.analysis && { ...scan.analysis, suspects: [] };
    await keepScan(folder, { ...scan, analysis, judgedTs: scan.judgedTs + 1 }, { archive: mended });
    expect(await suspects()).toBe(0);
  });

  test('reads no columns out of the names of the folders that an archive lies in', async () => {
    const folder = evidenceFolder(root, 'below', { 'a.jsonl': telemetryLines(1).join('\n') });
    const below = join(root, 'service=other', 'year=2020', 'env=prod');
    await keepScan(folder, await scanned(folder), { archive: below, service: 'mine' });
    const { columns, rows } = await queryArchive(below, 'SELECT * FROM series LIMIT 1');
    expect(columns.map(({ name }) => name)).toEqual([...TABLES.series.map(({ name }) => name), 'year', 'month', 'day']);
    const row = Object.fromEntries(columns.map(({ name }, at) => [name, rows[0][at]]));
    expect(row).toMatchObject({ service: 'mine', year: 2026, month: 11, day: 23 });
    const plan = await queryArchive(below, 'EXPLAIN ANALYZE SELECT * FROM series WHERE day = 23');
    expect(String(plan.rows[0][1])).toMatch(/Scanning Files: 1\/2/);
  });

  test.each(['at once', 'while it works'])('ends when it is to: %s', async (when) => {
    const abort = new AbortController();
    const sql =
      'SELECT count(*) FROM series a, series b, series c, series d WHERE a.value + b.value > c.value + d.value';
    const endless = queryArchive(archive, sql, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), when === 'at once' ? 0 : 500);
    await expect(endless).rejects.toThrow('enough');
  });

  test('says what it has not found', async () => {
    await expect(queryArchive(join(root, 'missing'), 'SELECT 1')).rejects.toThrow(
      /^found no archive in .*missing, expected one that scan --archive has written$/,
    );
  });

  test('prints a document as its schema says, and a table without a terminal’s codes', async () => {
    const sql =
      "SELECT 'a\u001b[31mb' AS odd, 1.5 AS number, true AS flag, NULL AS none, 9007199254740993 AS large, [1] AS list";
    const result = await ask(sql);
    expect(result.rows).toEqual([['a\u001b[31mb', '1.5', true, null, '9007199254740993', '[1]']]);
    expect(schemaViolations(SCHEMAS.query, JSON.parse(queryJson(result)))).toEqual([]);
    const text = queryText(result, createScreen(120, false));
    const none = queryText(await ask('SELECT 1 AS "a\u001b[31m\u202eb" WHERE false'), createScreen(120, false));
    expect(none.split('\n')).toHaveLength(2);
    for (const character of text + none)
      expect(character === '\n' || (character >= ' ' && character !== '\u202e')).toBe(true);
  });
});

describe('heapsleuth query', () => {
  test('prints rows, and refuses what is wrong as wrong usage', async () => {
    const good = await run(['query', 'SELECT title, line FROM top_suspects LIMIT 1', '--archive', archive]);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toBe(
      '  title                                        line\n  InvoiceServer.inFlight keeps RequestContext    64\n',
    );
    const json = await run(['query', 'SELECT 1 AS one', '--archive', archive, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: 'query', rows: [[1]] });
    const cut = await run(['query', 'SELECT ts FROM series', '--archive', archive, '--limit', '2']);
    expect(cut.stderr).toBe('heapsleuth: more than 2 rows: --limit asks for more\n');
    for (const sql of ['SELEC', 'SELECT * FROM missing', `SELECT * FROM read_csv('${outside}')`]) {
      const { code, stdout, stderr } = await run(['query', sql, '--archive', archive]);
      expect([code, stdout], sql).toEqual([2, '']);
      expect(stderr).toMatch(/^heapsleuth: .+\n$/);
    }
  });

  test('says what is to be installed where there is no DuckDB', async () => {
    const hooks = `export function resolve(name, context, next) { if (name === "@duckdb/node-api") throw new Error("not here"); return next(name, context); }`;
    const register = `import { register } from "node:module"; register("data:text/javascript,${encodeURIComponent(hooks)}");`;
    const { code, stdout, stderr } = await run(['query', 'SELECT 1', '--archive', archive], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(register)}`,
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'heapsleuth: found no DuckDB (not here), expected the package @duckdb/node-api: npm install @duckdb/node-api\n',
    );
  });
});
