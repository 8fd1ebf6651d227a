import { SnapshotError } from '../base/errors.js';
import { UsageError } from './exit-codes.js';
import { OutputError } from './output.js';

/** For what the library rejects with: exit codes tell apart what was asked for, what was read and what could not be written. */
export function orOutputError(thrown: unknown): never {
  if (thrown instanceof RangeError) throw new UsageError(thrown.message);
  if (thrown instanceof SnapshotError && thrown.code === 'OUTPUT')
    throw new OutputError(`${thrown.file ?? 'output'}: ${thrown.message}`);
  throw thrown;
}
