import type { Estimate } from '../base/types.js';
import { formatBytes, formatCount } from './units.js';

/** Less is over before anybody wonders. */
const LARGE = 1e9;

export function isWorthSaying({ memory, mode }: Estimate): boolean {
  return memory > LARGE || mode !== 'memory';
}

/** What a file will take, in one line, before the work on it begins. */
export function estimateText({
  file,
  mode,
  nodeCount,
  edgeCount,
  memory,
  leastMemory,
  disk,
  budget,
}: Estimate): string {
  const least = leastMemory < memory ? `, ${formatBytes(leastMemory)} at least` : '';
  const files = disk > 0 ? `, ${formatBytes(disk)} of temporary files` : '';
  const counts = `${formatCount(nodeCount)} nodes, ${formatCount(edgeCount)} edges`;
  return `${file}: ${counts}: mode ${mode}, about ${formatBytes(memory)} of memory${least} (${formatBytes(budget)} may be used)${files}`;
}
