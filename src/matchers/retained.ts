import type { Analysis, Bytes, ClassSummary, SnapshotReport } from '../base/types.js';
import type { HeapSnapshot } from '../graph/heap-snapshot.js';
import { terminalText } from '../report/terminal-text.js';
import { formatBytes } from '../report/units.js';
import { analysed } from './measurement.js';

/** Of what the retained size is asked; without either, of the whole heap. */
export interface RetainedOptions {
  /** By its name, or by its key where several share a name. */
  readonly class?: string;
  /** Of one node; needs a `HeapSnapshot`. */
  readonly id?: number;
}

/** What is retained, and by what. */
export interface Retained {
  readonly bytes: Bytes;
  /** `Session`, `node @4711`, `the heap`. */
  readonly what: string;
  /** How many there are; undefined for a heap. */
  readonly count?: number;
  /** Set where the class is not listed: it retains this or less. */
  readonly isAtMost?: boolean;
}

const WHO = 'toRetainLessThan';

/** From a snapshot that is open, or from the last one of an analysis. Throws where the figure cannot be had. */
export function retainedBy(value: unknown, options: RetainedOptions): Retained {
  if (options.class !== undefined && options.id !== undefined)
    throw new TypeError(`${WHO}: found a class and an id, expected one of them`);
  return isSnapshot(value) ? ofSnapshot(value, options) : ofAnalysis(analysed(value, WHO), options);
}

/** By what it can do: a test runner may have loaded the class twice. */
function isSnapshot(value: unknown): value is HeapSnapshot {
  const { classes, ordinalOf, totalSize } = (value ?? {}) as Partial<HeapSnapshot>;
  return typeof classes === 'function' && typeof ordinalOf === 'function' && typeof totalSize === 'number';
}

function ofSnapshot(snapshot: HeapSnapshot, { class: name, id }: RetainedOptions): Retained {
  if (id !== undefined) {
    const ordinal = snapshot.ordinalOf(id);
    if (ordinal < 0) throw new RangeError(`${WHO}: found no node @${id} in ${terminalText(snapshot.file)}`);
    return { bytes: snapshot.figure('retainedSize', ordinal), what: `node @${id}` };
  }
  if (name === undefined) return { bytes: snapshot.totalSize, what: 'the heap' };
  const classes = snapshot.classes();
  return ofClass(name, classes, classes.length);
}

function ofAnalysis(analysis: Analysis, { class: name, id }: RetainedOptions): Retained {
  if (id !== undefined)
    throw new TypeError(`${WHO}: found an analysis and an id, expected a snapshot of openSnapshot(): ids are there`);
  const last = lastOf(analysis);
  if (name === undefined) return { bytes: last.totalSize, what: 'the heap' };
  return ofClass(name, last.classes, last.classCount);
}

function lastOf({ snapshots }: Analysis): SnapshotReport {
  const last = snapshots[snapshots.length - 1];
  if (last === undefined) throw new Error(`${WHO}: found an analysis without snapshots, expected one or more`);
  const file = terminalText(last.file);
  if (!last.ok) throw new Error(`${WHO}: the last snapshot failed: ${file}: ${terminalText(last.error.message)}`);
  if (last.mode === 'shallow')
    throw new Error(
      `${WHO}: found a shallow report of ${file}, expected one of another mode: it has no retained sizes`,
    );
  return last;
}

/**
 * A report lists the classes that retain most: what it does not list retains no more than the last one listed. A class that is in no
 * complete list has no instances, which retain nothing.
 */
function ofClass(name: string, classes: readonly ClassSummary[], classCount: number): Retained {
  const byKey = classes.filter(({ key }) => key === name);
  const found = byKey.length > 0 ? byKey : classes.filter((row) => row.name === name);
  const what = terminalText(name, 100);
  if (found.length > 1) {
    const keys = found.map(({ key }) => terminalText(key, 100)).join('  ');
    throw new Error(`${WHO}: found ${found.length} classes called ${what}, expected the key of one: ${keys}`);
  }
  if (found.length === 1) return { bytes: found[0].retainedSize, what, count: found[0].count };
  if (classes.length >= classCount) return { bytes: 0, what, count: 0 };
  return { bytes: classes[classes.length - 1]?.retainedSize ?? Number.POSITIVE_INFINITY, what, isAtMost: true };
}

/** Whether it is less; throws where a class is not listed and it could be either. */
export function isLess({ bytes, what, isAtMost = false }: Retained, limit: Bytes): boolean {
  if (isAtMost && bytes >= limit)
    throw new Error(
      `${WHO}: found no ${what} among the classes listed, of which the last retains ${formatBytes(bytes)}; expected a report of all: analyze(files, { top: Infinity })`,
    );
  return bytes < limit;
}
