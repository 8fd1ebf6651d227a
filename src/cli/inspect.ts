import { type HeapSnapshot, openSnapshot } from '../index.js';
import { inspectText } from '../report/inspect-text.js';
import { inspectNode } from '../report/inspection.js';
import { inspectionJson } from '../report/json.js';
import { formatCount } from '../report/units.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import type { SharedOptions } from './options.js';

export interface InspectOptions extends SharedOptions {
  readonly id?: number;
  readonly ordinal?: number;
}

const LISTED = 10;

export async function inspectCommand(
  file: string,
  options: InspectOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  const { json, top } = options;
  if (options.id === undefined && options.ordinal === undefined) {
    throw new UsageError('inspect needs a node: --id N (as DevTools shows it after the @) or --ordinal N');
  }
  const snapshot = await openSnapshot(file, engine);
  const inspection = inspectNode(snapshot, ordinalOf(snapshot, options), top ?? LISTED);
  const output = json ? inspectionJson(inspection) : inspectText(inspection, screen);
  snapshot.close();
  return { output, exitCode: EXIT.ok };
}

function ordinalOf(snapshot: HeapSnapshot, { id, ordinal }: InspectOptions): number {
  const { file, nodeCount } = snapshot;
  if (id !== undefined) {
    const found = snapshot.ordinalOf(id);
    if (found === -1)
      throw new UsageError(`found no node with the id ${id} among the ${formatCount(nodeCount)} of ${file}`);
    return found;
  }
  if (ordinal === undefined || ordinal >= nodeCount) {
    throw new UsageError(`found no node ${ordinal}: ${file} has the ordinals 0 to ${nodeCount - 1}`);
  }
  return ordinal;
}
