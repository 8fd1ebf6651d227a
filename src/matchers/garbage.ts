// As they are when this is loaded: test runners replace timers, and those of a test may stand still.
import { setImmediate, setTimeout } from 'node:timers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const soon = setImmediate;
const later = setTimeout;
/** Turns of the loop behind a collection: callbacks of finalization registries come in turns of their own. */
const TURNS = 4;
/** Milliseconds for what is about to end: sockets, streams, timers of a few milliseconds. */
const PAUSE = 20;

const EXPOSED = /^--expose[-_]gc$/;

/** Lets go of what nobody holds, in as many steps as that takes. */
export type CollectGarbage = () => void | Promise<void>;

/** V8's collector, whether or not it was exposed when the process began. Works in worker threads, for their own heap. */
export function garbageCollector(): () => void {
  const { gc } = globalThis as { gc?: () => void };
  if (gc !== undefined) return gc;
  // A runner's contexts do not have it, even where the process does.
  if (process.execArgv.some((argument) => EXPOSED.test(argument))) return runInNewContext('gc') as () => void;
  setFlagsFromString('--expose-gc');
  try {
    // A context made now has it, and none made later: others in this process are not to notice.
    return runInNewContext('gc') as () => void;
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}

/** Lets what has been begun come to its end, then collects twice: what finalization callbacks let go is gone after the second time. */
export async function settleAndCollect(collect: CollectGarbage): Promise<void> {
  await turns(TURNS);
  await new Promise((resolve) => later(resolve, PAUSE));
  await turns(TURNS);
  await collect();
  await turns(TURNS);
  await collect();
  await turns(1);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await inItsOwnTurn(() => undefined);
}

/** Runs something with nothing below it on the stack: frames and their values must not look like roots of a program's data. */
export function inItsOwnTurn<T>(run: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    soon(() => {
      try {
        resolve(run());
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** Calls back once, `ms` from now; the answer calls that off. */
export function after(ms: number, call: () => void): () => void {
  const timer = later(call, ms);
  return () => timer.close();
}
