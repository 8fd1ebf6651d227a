import { queryArchive } from '../archive/query.js';
import { SnapshotError } from '../base/errors.js';
import { queryJson, queryText } from '../report/query-text.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import type { ProgressMode } from './terminal.js';

export interface QueryCommandOptions {
  readonly json?: boolean;
  readonly archive: string;
  readonly limit?: number;
  readonly maxMemory?: number;
  readonly progress: ProgressMode;
}

export async function queryCommand(
  sql: string,
  { json, archive, limit, maxMemory }: QueryCommandOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  const result = await queryArchive(archive, sql, { limit, maxMemory, signal: engine.signal }).catch((thrown) => {
    const error = SnapshotError.from(thrown);
    if (error.code === 'QUERY') throw new UsageError(error.message);
    throw thrown;
  });
  return {
    output: json ? queryJson(result) : queryText(result, screen),
    notes: result.isCut ? [`more than ${result.rows.length} rows: --limit asks for more`] : [],
    exitCode: EXIT.ok,
  };
}
