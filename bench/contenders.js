import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Above this size V8's default heap limit stops some of the peers, so they get most of the machine. */
const LARGE_FILE_BYTES = 1e9;

/**
 * Whole programs that open a snapshot and end up with retained sizes and class sums (`json-parse` only with the text as a value).
 * The first one is what the others are compared with.
 * @returns {import('./measure.js').Contender[]}
 */
export function contendersFor(file, fileBytes) {
  const heapLimit =
    fileBytes > LARGE_FILE_BYTES ? [`--max-old-space-size=${Math.floor((totalmem() * 0.8) / 2 ** 20)}`] : [];
  const peer = (name) => ({ name, command: process.execPath, args: [...heapLimit, at(`peers/${name}.js`), file] });
  return [
    { name: 'heapsleuth', command: process.execPath, args: [at('../dist/cli/main.js'), 'analyze', file, '--json'] },
    peer('devtools'),
    peer('memlab'),
    peer('v8-heap-parser'),
    peer('json-parse'),
  ];
}
