import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether processes can be found by their environment. */
export const canFindProcesses = process.platform === 'linux';

const VARIABLE = 'HEAPSLEUTH_TEST_MARK';
export type Mark = { readonly [VARIABLE]: string };

const LOOK_AGAIN_MS = 20;
let marks = 0;

/** An environment that all children inherit, so that none of them escapes by losing its parent. */
export function newMark(): Mark {
  return { [VARIABLE]: `${process.pid}-${marks++}` };
}

/** Living processes with the mark. */
export function markedProcesses(mark: Mark): number[] {
  const wanted = `${VARIABLE}=${mark[VARIABLE]}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(wanted))
    .map(Number);
}

/** Command line of a process; empty when it has gone. */
export function commandOf(pid: number): string {
  return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

/** Processor time that a process has had, in the system's ticks, a hundred a second; 0 when it has gone. */
export function ticksOf(pid: number): number {
  // Behind the name in brackets, which may have blanks: user time is the 12th field, system time the 13th.
  const fields = readText(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** Waits for a number of marked processes; what is left when the time is over. */
export async function waitForMarked(
  mark: Mark,
  isEnough: (pids: readonly number[]) => boolean,
  timeoutMs: number,
): Promise<number[]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const pids = markedProcesses(mark);
    if (isEnough(pids) || performance.now() > deadline) return pids;
    // Nothing tells one process of the end of another that is not its child.
    await pause(LOOK_AGAIN_MS);
  }
}

function environmentOf(pid: string): string[] {
  return readText(`/proc/${pid}/environ`).split('\0');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
