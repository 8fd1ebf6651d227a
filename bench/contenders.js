import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { compileDigitLoop } from './floor/compile.js';
import { preparePeers } from './prepare.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Above this size V8's default heap limit stops some of the peers, so they get most of the machine. */
const LARGE_FILE_BYTES = 1e9;

/**
 * Whole programs that open a snapshot and end up with retained sizes and class sums; `json-parse` ends up with the text as a
 * value, `floor` with nothing, and `node` does not even look at the file. Of those chosen, the first one is what the others
 * are compared with.
 * @returns {import('./measure.js').Contender[]}
 */
export function contendersFor(file, fileBytes) {
  const heapLimit =
    fileBytes > LARGE_FILE_BYTES ? [`--max-old-space-size=${Math.floor((totalmem() * 0.8) / 2 ** 20)}`] : [];
  const node = (name, args, prepare) => ({ name, command: process.execPath, args, prepare });
  const peer = (name) => node(name, [...heapLimit, at(`peers/${name}.js`), file], preparePeers);
  return [
    node('heapsleuth', [at('../dist/bin/heapsleuth.js'), 'analyze', file, '--json', '--no-suspects']),
    peer('devtools'),
    peer('memlab'),
    peer('v8-heap-parser'),
    peer('json-parse'),
    node('floor', [at('floor/floor.js'), file], compileDigitLoop),
    node('node', ['-e', '0']),
  ];
}

/** Those with the given names, in this order; throws a RangeError that lists what there is. */
export function chooseContenders(all, names) {
  return names.map((name) => {
    const contender = all.find((each) => each.name === name);
    if (contender) return contender;
    throw new RangeError(`no contender ${name}; there are ${all.map((each) => each.name).join(', ')}`);
  });
}

/** What the contenders need and do not have yet: packages, bundles, a compiled loop. */
export async function prepareContenders(contenders) {
  for (const prepare of new Set(contenders.map((contender) => contender.prepare))) await prepare?.();
}
