import { SnapshotError } from '../base/errors.js';
import type { ExtractOptions, ExtractReport } from '../base/rewrite-types.js';
import { checkOutput } from '../rewrite/output.js';
import { threadsForFile } from './cores.js';
import { runTask } from './run-task.js';
import type { OpenResult } from './tasks.js';

/**
 * Writes part of a snapshot as a snapshot of its own: the node with this id, what it dominates, nearest first and up to a limit, and its path
 * to the root. Ids and self sizes stay, values of strings do not, unless `level` is `none`. `output` is as for `redactSnapshot`.
 *
 * Within what the node dominates, dominators and retained sizes are those of the whole snapshot as long as nothing is cut. Retained sizes on
 * the path, retainers from elsewhere, places in scripts and totals are not. Rejects like `openSnapshot`, and with `OUTPUT`; with a RangeError
 * where no node has the id.
 */
export async function extractSnapshot(
  input: string,
  id: number,
  output: string,
  options: ExtractOptions = {},
): Promise<ExtractReport> {
  checkOutput(output, input);
  const { signal, onProgress } = options;
  const task = { kind: 'open', file: input, threads: threadsForFile(input) } as const;
  const handover = await runTask<OpenResult>(task, input, { signal, onProgress });
  const { extractFrom } = await import('../rewrite/extract.js');
  try {
    return await extractFrom(input, handover, id, output, options);
  } catch (thrown) {
    if (thrown instanceof SnapshotError) thrown.file ??= thrown.code === 'OUTPUT' ? output : input;
    throw thrown;
  }
}
