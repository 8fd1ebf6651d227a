import type { Arena } from '#src/wasm/arena.js';
import { SCANNER, SLOT, STATUS } from '#src/wasm/kernels.js';

/** What a kernel did with one window. Positions are relative to the window's first byte. */
export interface Step {
  readonly status: number;
  readonly position: number;
  readonly count: number;
  readonly state: number;
  /** Strings only: bytes written, and how many of them belong to a string that the window's end has cut. */
  readonly output: number;
  readonly pending: number;
  /** Strings only: how many are to be looked at again. */
  readonly marked: number;
}

/** One call of a scanning kernel on a window: what it began in, and how many items it may write. */
export type Call = (from: number, end: number, state: number, pending: number, result: number) => number;

export interface Outcome {
  readonly status: number;
  /** Whether `]` was read. */
  readonly closed: boolean;
  /** Offset of the byte behind `]`, of the offending byte, or of the first one not consumed. */
  readonly offset: number;
}

/** Readable bytes behind a window, as the reader keeps them. */
const GUARD = 64;

/**
 * Feeds the bytes behind `[` to a kernel in windows that end where `ends` says and at the end, carrying over what it leaves.
 * `onStep` sees every call. Behind a window lie zeros, as in the reader.
 */
export function drive(
  arena: Arena,
  bytes: Uint8Array,
  ends: readonly number[],
  call: Call,
  onStep: (step: Step) => void,
): Outcome {
  return arena.scratch(() => {
    const window = arena.allocate('u8', bytes.length + GUARD);
    const result = arena.allocate('u32', 16);
    const memory = arena.view(window);
    const slots = arena.view(result);
    let offset = 1;
    let state: number = SCANNER.first;
    let pending = 0;
    for (const end of [...ends, bytes.length]) {
      memory.fill(0);
      memory.set(bytes.subarray(offset, end));
      const to = window.offset + end - offset;
      let from = window.offset;
      for (;;) {
        const status = call(from, to, state, pending, result.offset);
        const position = slots[SLOT.position];
        const count = slots[SLOT.count];
        const isIdle = position === from && count === 0;
        state = slots[SLOT.state];
        pending = slots[SLOT.pending];
        offset += position - from;
        onStep({
          status,
          position: position - from,
          count,
          state,
          output: slots[SLOT.output],
          pending,
          marked: slots[SLOT.marked],
        });
        if (status !== STATUS.ok || state === SCANNER.closed)
          return { status, closed: state === SCANNER.closed, offset };
        if (isIdle || position === to) break;
        from = position;
      }
    }
    return { status: STATUS.ok, closed: false, offset };
  });
}
