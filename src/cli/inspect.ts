import { type HeapSnapshot, openSnapshot } from '../index.js';
import { inspectText, membersText } from '../report/inspect-text.js';
import { inspectClass, inspectNode } from '../report/inspection.js';
import { inspectionJson, membersJson } from '../report/json.js';
import { formatCount } from '../report/units.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT, UsageError } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import type { SharedOptions } from './options.js';

export interface InspectOptions extends SharedOptions {
  readonly id?: number;
  readonly ordinal?: number;
  readonly class?: string;
}

const LISTED = 10;

export async function inspectCommand(
  file: string,
  options: InspectOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  const { json, top } = options;
  if (options.id === undefined && options.ordinal === undefined && options.class === undefined) {
    throw new UsageError(
      'inspect needs a node: --id N (as DevTools shows it after the @) or --ordinal N, or --class NAME to find one',
    );
  }
  chooseKernelTier([file]);
  const snapshot = await openSnapshot(file, engine);
  const output = options.class === undefined ? showNode() : showClass(options.class);
  snapshot.close();
  return { output, exitCode: EXIT.ok };

  function showNode(): string {
    const inspection = inspectNode(snapshot, ordinalOf(snapshot, options), top ?? LISTED);
    return json ? inspectionJson(inspection) : inspectText(inspection, screen);
  }

  function showClass(name: string): string {
    const found = inspectClass(snapshot, name, top ?? LISTED);
    if (found.members.total === 0) throw new UsageError(`found no object of the class ${name} in ${file}`);
    return json ? membersJson(found) : membersText(found, screen);
  }
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
