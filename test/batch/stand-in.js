// A child process that does to some files what fate does to others, told by their names; everything else is the real child's.
// Each attempt at such a file is noted beside it.

import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';

const MEBIBYTE = 2 ** 20;

const FATES = {
  /** V8's heap runs out, and V8 ends the process. */
  heap() {
    const hoard = [];
    for (;;) hoard.push(new Array(10_000).fill(hoard.length));
  },
  /** As when the system ends it. */
  killed: () => process.kill(process.pid, 'SIGKILL'),
  aborts: () => process.abort(),
  leaves: () => process.exit(7),
  hangs() {
    for (;;);
  },
  /** Takes memory that nobody has expected, for as long as it may. */
  swells() {
    const hoard = [];
    setInterval(() => hoard.push(Buffer.alloc(16 * MEBIBYTE, 1)), 5);
  },
};

function meetFate({ kind, task }) {
  if (kind !== 'task') return true;
  const [, fate, once] = /^([a-z]+)(-once)?-/.exec(basename(task.file)) ?? [];
  if (!Object.hasOwn(FATES, fate ?? '')) return true;
  appendFileSync(`${task.file}.tries`, `${task.memory}\n`);
  if (once && task.memory === 'low') return true;
  FATES[fate]();
  return false;
}

// Comes before the real child's listener, which does not hear of what meets its fate.
const { emit } = process;
process.emit = (event, ...values) =>
  event === 'message' && !meetFate(values[0]) ? true : emit.call(process, event, ...values);

await import(new URL('../../dist/batch/child.js', import.meta.url));
