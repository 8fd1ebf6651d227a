import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api';
import { SnapshotError } from '../base/errors.js';
import { listParts } from './partitions.js';
import { TABLE_NAMES } from './tables.js';
import { quoted, READY_MADE, tableView } from './views.js';

export interface QueryOptions {
  readonly signal?: AbortSignal;
  /** Rows that are given at most; default 10,000. */
  readonly limit?: number;
  /** Bytes that the query may take; default 1 GiB. */
  readonly maxMemory?: number;
}

/** What a query may give: what JSON has. Whole numbers beyond 2^53 are texts, and so are dates. */
export type QueryValue = string | number | boolean | null;

export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly QueryValue[])[];
  /** Whether there are more rows than were asked for. */
  readonly isCut: boolean;
}

type DuckDb = typeof import('@duckdb/node-api');

const MOST_ROWS = 10_000;
const MEMORY = 2 ** 30;
const INSIST_MS = 50;
/** Characters of all texts that are given: more of them are no answer, and as JSON no string that Node can build. */
const MOST_TEXT = 1 << 26;
const WHOLE = /^U?(?:BIG|HUGE)INT$/;
/** What comes before a statement whose plan is asked for, without comments: what else there may be is no `SELECT`. */
const EXPLAIN = /^\s*EXPLAIN(?:\s+ANALYZE)?\s/i;

/**
 * Asks an archive in SQL. Views: `series`, `classes`, `suspects`, `findings`, `alerts`, and `growth_by_class`, `top_suspects` of the newest
 * scans. DuckDB, which is not installed along, may read the archive's files and nothing else: no other file, no network, no extension; it writes
 * nothing, and settings are locked. Rejects with a `SnapshotError` of the code `QUERY` for what it refuses, and with the signal's reason.
 */
export async function queryArchive(folder: string, sql: string, options: QueryOptions = {}): Promise<QueryResult> {
  options.signal?.throwIfAborted();
  const duckDb = await loadDuckDb();
  const instance = await open(duckDb, options.maxMemory ?? MEMORY);
  const connection = await instance.connect();
  const stopListening = interruptOn(options.signal, connection);
  try {
    await prepareViews(connection, folder);
    options.signal?.throwIfAborted();
    return await ask(duckDb, connection, sql, options.limit ?? MOST_ROWS);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error instanceof SnapshotError ? error : refusal(error);
  } finally {
    stopListening();
    connection.closeSync();
    instance.closeSync();
  }
}

/** An interrupt ends what is running; one that comes a moment before a statement begins is lost. So it is said until it has been heard. */
function interruptOn(signal: AbortSignal | undefined, connection: DuckDBConnection): () => void {
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    timer = setTimeout(interrupt, INSIST_MS);
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  return () => {
    signal?.removeEventListener('abort', interrupt);
    clearTimeout(timer);
  };
}

async function loadDuckDb(): Promise<DuckDb> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new SnapshotError(
      'QUERY',
      `found no DuckDB (${why}), expected the package @duckdb/node-api: npm install @duckdb/node-api`,
    );
  }
}

function open({ DuckDBInstance }: DuckDb, memory: number): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.max(1, Math.floor(memory / 2 ** 20))}MiB`,
    // Nowhere: what does not fit fails.
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_unsigned_extensions: 'false',
  });
}

/** After this nothing can be reached but the files that were named, and nothing can be set. */
async function prepareViews(connection: DuckDBConnection, folder: string): Promise<void> {
  const parts = listParts(folder);
  if (parts.length === 0)
    throw new SnapshotError('QUERY', `found no archive in ${folder}, expected one that scan --archive has written`);
  await connection.run(`SET allowed_paths = [${parts.map(({ path }) => quoted(path)).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  for (const table of TABLE_NAMES) {
    const files = parts.filter((part) => part.table === table).map(({ path }) => path);
    await connection.run(tableView(table, files));
  }
  for (const view of READY_MADE) await connection.run(view);
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run('SET lock_configuration = true');
}

async function ask(
  { StatementType }: DuckDb,
  connection: DuckDBConnection,
  sql: string,
  limit: number,
): Promise<QueryResult> {
  const statement = await onlyOne(connection, sql);
  const type = StatementType[statement.statementType];
  // The plan of what writes is got by writing, if it is to be analysed.
  const isExplained = type === 'EXPLAIN' && EXPLAIN.test(sql);
  const explained = isExplained ? await onlyOne(connection, sql.replace(EXPLAIN, '')) : statement;
  const read = StatementType[explained.statementType];
  if (read !== 'SELECT')
    throw new SnapshotError(
      'QUERY',
      `found a statement of type ${isExplained ? `${type} ${read}` : type}, expected one that only reads: SELECT, or EXPLAIN before it`,
    );
  return resultOf(await statement.stream(), limit);
}

async function onlyOne(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const isEmpty = sql.replaceAll(';', '').trim() === '';
  const statements = isEmpty ? undefined : await connection.extractStatements(sql);
  if (statements?.count === 1) return statements.prepare(0);
  throw new SnapshotError('QUERY', `found ${statements?.count ?? 0} statements, expected a single one`);
}

/** Read until there is enough, or too much: what rows hold is not in the memory that DuckDB bounds. */
async function resultOf(result: DuckDBResult, limit: number): Promise<QueryResult> {
  const columns = result
    .deduplicatedColumnNames()
    .map((name, at) => ({ name, type: result.columnType(at).toString() }));
  const rows: (readonly QueryValue[])[] = [];
  let characters = 0;
  for await (const chunk of result.yieldRowsJson()) {
    for (const row of chunk) {
      if (rows.length === limit) return { columns, rows, isCut: true };
      const values = row.map((value, at) => plain(value, columns[at].type));
      characters += values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
      if (characters > MOST_TEXT)
        throw new SnapshotError(
          'QUERY',
          `found more than ${MOST_TEXT} characters in the first ${rows.length + 1} rows, expected fewer: LIMIT or left() make them so`,
        );
      rows.push(values);
    }
  }
  return { columns, rows, isCut: false };
}

/** DuckDB gives whole numbers as texts, whatever their size, and lists and structs as such. */
function plain(value: unknown, type: string): QueryValue {
  if (typeof value === 'string') return WHOLE.test(type) && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  return JSON.stringify(value);
}

function refusal(error: unknown): SnapshotError {
  const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
  return new SnapshotError('QUERY', first);
}
