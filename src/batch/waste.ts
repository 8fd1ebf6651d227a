import type { WasteOptions, WasteReport } from '../base/waste-types.js';
import { threadsForFile } from './cores.js';
import { runTask } from './run-task.js';

const DEFAULT_TOP = 20;

/**
 * Memory of one snapshot that is spent on nothing: strings twice, stores half empty, collections without content, variables nobody uses.
 * Rejects like `openSnapshot`. Values of strings stay in the snapshot unless `showValues` is set.
 */
export function findWaste(file: string, options: WasteOptions = {}): Promise<WasteReport> {
  const { top = DEFAULT_TOP, showValues = false, ...open } = options;
  return runTask({ kind: 'waste', file, top, showValues, threads: threadsForFile(file) }, file, open);
}
