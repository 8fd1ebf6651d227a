// The floor: what any program pays that reads the numbers of a snapshot. It reads the whole file in windows of 4 MiB straight
// into WebAssembly's memory and turns every number of `nodes` and `edges` into a u32, which the next ones overwrite. It keeps
// no column, checks nothing but how many numbers there are, leaves strings and all other sections alone, and runs on one thread.
//   node bench/floor/floor.js FILE
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { digitLoopFile } from './compile.js';

const PAGE = 65536;
const WINDOW_BYTES = 4 << 20;
/** Behind an empty page and the two with the numbers; see ./digit-loop.ts. */
const WINDOW = 3 * PAGE;
const CLOSING = 0x5d;
const LISTS = ['"nodes":[', '"edges":['];
const LONGEST_MARK = 16;

// The optimising compiler at once, as the command of heapsleuth has it: a slow floor would flatter everybody.
setFlagsFromString('--no-liftoff');
const memory = new WebAssembly.Memory({ initial: (WINDOW + WINDOW_BYTES) / PAGE + 1 });
const { instance } = await WebAssembly.instantiate(readFileSync(digitLoopFile), { env: { memory } });
const { scan, numberCount } = instance.exports;
const bytes = Buffer.from(memory.buffer, WINDOW, WINDOW_BYTES);

const header = readLists(process.argv[2]);
const expected =
  header.node_count * header.meta.node_fields.length + header.edge_count * header.meta.edge_fields.length;
if (numberCount() !== expected) throw new Error(`found ${numberCount()} numbers, the header says ${expected}`);
console.log(JSON.stringify({ nodeCount: header.node_count, numberCount: numberCount() }));

/** Reads the file to its end; returns its header. */
function readLists(path) {
  const file = openSync(path);
  const marks = [...LISTS];
  let header;
  let inList = false;
  for (let position = 0; ; ) {
    const length = readSync(file, bytes, 0, WINDOW_BYTES, position);
    header ??= parseHeader(bytes.latin1Slice(0, Math.min(length, PAGE)));
    for (let at = 0; at < length; ) {
      if (!inList) {
        const start = marks.length > 0 ? bytes.subarray(0, length).indexOf(marks[0], at) : -1;
        if (start < 0) break;
        at = start + marks.shift().length;
      }
      at = scan(WINDOW + at, WINDOW + length) - WINDOW;
      inList = at === length || bytes[at] !== CLOSING;
    }
    if (length < WINDOW_BYTES) break;
    // The mark of a list may lie across two windows.
    position += length - (inList || marks.length === 0 ? 0 : LONGEST_MARK);
  }
  closeSync(file);
  return header;
}

function parseHeader(text) {
  const nodes = text.indexOf(LISTS[0]);
  if (!text.startsWith('{"snapshot":') || nodes < 0)
    throw new Error('expected a plain snapshot that starts with its header');
  return JSON.parse(text.slice('{"snapshot":'.length, text.lastIndexOf(',', nodes)));
}
