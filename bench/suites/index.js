import csr from './csr.js';
import dominators from './dominators.js';
import endToEnd from './end-to-end.js';
import scan from './scan.js';

/**
 * Every suite prepares what it needs for one snapshot file and returns its tasks.
 * @type {((file: string) => Promise<{name: string, run: () => unknown}[]>)[]}
 */
export const suites = [scan, csr, dominators, endToEnd];
