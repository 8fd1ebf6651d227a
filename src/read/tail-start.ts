import type { Header } from './header.js';

// What takes the second reader time, in bytes of rows that a reader gets through meanwhile (about 2 ns each); measured on the files of
// bench/README.md. A thread takes its time to start, counting is quick, strings and locations cost more by the byte.
const START_COST = 24 << 20;
const COUNT_COST = 0.14;
const REST_COST = 2;

/** How much more is laid out for both to share than the second reader is expected to read. */
const SPARE = 1.15;

/** Below this a file is read sooner than a second reader has found its place. */
const LEAST_SIZE = 4 << 20;

/**
 * From where on a second reader should lay out pieces: so that some are left when it has read what comes behind them. Undefined where it
 * is not worth while. `at`: file offset of the nodes. How many bytes the numbers have follows from the counts.
 */
export function tailStart(header: Header, at: number, size: number | undefined): number | undefined {
  if (size === undefined || size < LEAST_SIZE) return undefined;
  const { nodeCount, edgeCount, nodeFields, edgeFields } = header;
  const digits = Math.log10(nodeCount + 1);
  const nodeBytes = nodeCount * (4 + 2 * digits + 2 * (nodeFields.length - 4));
  const edgeBytes = edgeCount * (6 + digits + 2 * (edgeFields.length - 3) + 2);
  const rest = Math.max(0, size - at - nodeBytes - edgeBytes);
  // Both are done at once where nodeBytes + edgeBytes - share = START_COST + COUNT_COST × SPARE × share + REST_COST × rest + share.
  const share = (nodeBytes + edgeBytes - START_COST - REST_COST * rest) / (2 + COUNT_COST * SPARE);
  // Where it gets to no edges, it is still told from some of them where the list ends.
  const tail = Math.min(edgeBytes, Math.max(SPARE * share, 0.05 * edgeBytes));
  return Math.floor(Math.min(at + nodeBytes + edgeBytes - tail, size));
}
