import { type HeapSnapshot, type OpenOptions, openSnapshot, SnapshotError } from '../index.js';
import { inspectText, membersText } from '../report/inspect-text.js';
import { inspectClass, inspectNode } from '../report/inspection.js';
import { inspectionJson, membersJson } from '../report/json.js';
import type { Screen } from '../report/screen.js';
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
  if (options.id === undefined && options.ordinal === undefined && options.class === undefined) {
    throw new UsageError(
      'inspect needs a node: --id N (as DevTools shows it after the @) or --ordinal N, or --class NAME to find one',
    );
  }
  chooseKernelTier([file]);
  const { cache } = options;
  const attempt = async (engineOptions: OpenOptions) => show(await openSnapshot(file, engineOptions), options, screen);
  const output = await attempt({ ...engine, cache }).catch((error) => {
    if (!(error instanceof SnapshotError && error.code === 'CACHE_BROKEN')) throw error;
    engine.onNote(`analysed afresh: ${error.message}`);
    return attempt(engine);
  });
  return { output, exitCode: EXIT.ok };
}

function show(snapshot: HeapSnapshot, options: InspectOptions, screen: Screen): string {
  const { json, top = LISTED, class: className } = options;
  try {
    if (className === undefined) {
      const inspection = inspectNode(snapshot, ordinalOf(snapshot, options), top);
      return json ? inspectionJson(inspection) : inspectText(inspection, screen);
    }
    const found = inspectClass(snapshot, className, top);
    if (found.members.total === 0)
      throw new UsageError(`found no object of the class ${className} in ${snapshot.file}`);
    return json ? membersJson(found) : membersText(found, screen);
  } finally {
    snapshot.close();
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
