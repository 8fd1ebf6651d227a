import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { AnalysisMode, AnalyzeOptions, Bytes, Estimate } from '../base/types.js';
import { type Choice, chooseMode, comfortOf } from '../external/modes.js';
import { type Demand, demandOf } from './estimate.js';
import { availableMemory } from './memory.js';
import type { WorkPlan } from './tasks.js';

/** Of the memory that is available; others want some too. */
const DEFAULT_SHARE = 0.8;
/** Smaller files fit wherever Node does, and are done before anybody has asked how. */
const SMALL_FILE = 16 * 2 ** 20;

/** What may be taken now when nobody says how much. */
export function defaultBudget(): Bytes {
  return DEFAULT_SHARE * availableMemory();
}

export const folderFor = ({ tempFolder }: Pick<AnalyzeOptions, 'tempFolder'>): string => tempFolder ?? tmpdir();

/** The plan for a file that shares the memory with nobody, and what it will take, where that is known. Throws `TOO_LARGE`. */
export async function planFile(
  file: string,
  options: Pick<AnalyzeOptions, 'mode' | 'tempFolder' | 'maxMemory'>,
  share = 1,
): Promise<{ readonly work: WorkPlan; readonly estimate?: Omit<Estimate, 'index'> }> {
  const { mode = 'auto' } = options;
  const folder = folderFor(options);
  const size = sizeOf(file);
  if (mode === 'auto' && size < SMALL_FILE)
    return { work: { mode: 'memory', otherwise: 'external', budget: 0, folder, text: size } };
  const budget = (options.maxMemory ?? defaultBudget()) / share;
  const demand = await demandOf(file, size);
  const choice = demand.counts && chooseMode(demand.counts, budget, mode);
  const work = workPlan(mode, demand, choice, budget, folder);
  return { work, ...(choice && { estimate: estimateOf(file, demand, choice, budget) }) };
}

/** Without the promises of Node's file system, which a small file would spend more time on than on all of this. */
function sizeOf(file: string): Bytes {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** The plan that follows from a choice; without one, all there is to go by is what was asked for. */
export function workPlan(
  asked: AnalysisMode,
  { counts }: Demand,
  choice: Choice | undefined,
  budget: Bytes,
  folder: string,
): WorkPlan {
  const mode = choice?.mode ?? (asked === 'auto' ? 'memory' : asked);
  const otherwise = asked === 'auto' && mode === 'memory' ? 'external' : undefined;
  return { mode, budget, folder, text: counts?.text ?? 0, ...(otherwise && { otherwise }) };
}

export function estimateOf(file: string, { counts }: Demand, choice: Choice, budget: Bytes): Omit<Estimate, 'index'> {
  const { mode, memory, disk } = choice;
  const { nodes, edges } = counts ?? { nodes: 0, edges: 0 };
  const comfort = counts && mode === 'external' ? Math.max(memory, Math.min(comfortOf(counts), budget)) : memory;
  return { file, mode, nodeCount: nodes, edgeCount: edges, memory: comfort, leastMemory: memory, disk, budget };
}
