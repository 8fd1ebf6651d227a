import { SnapshotError } from '../base/errors.js';
import type { Analysis } from '../base/types.js';
import { FileSource } from '../read/source.js';
import { schemaViolation } from '../report/schema-check.js';
import { SCHEMAS } from '../report/schemas.js';
import type { ShardDocument, ShardSnapshot } from '../report/shard-json.js';
import type { SnapshotEvidence } from '../suspects/evidence.js';
import { type EvidenceDocument, evidenceFrom } from '../suspects/evidence-document.js';
import { analysisOf } from './analysed-file.js';

/** A text of V8 holds not many more; a shard of thousands of snapshots stays far below. */
const MAX_BYTES = 500_000_000;

/** A shard's document and where it came from. */
interface Part {
  readonly file: string;
  readonly document: ShardDocument;
}

/** What the machines together found, and how many classes they were asked to list. */
export interface MergedSeries {
  readonly analysis: Analysis;
  readonly top: number | undefined;
}

/**
 * Puts the documents of all shards together, in any order, to what one machine would have found. Nothing in them is taken on
 * trust; throws a `SnapshotError` with its `file` where one is no such document, belongs to another series or is missing.
 */
export async function mergeShards(files: readonly string[]): Promise<MergedSeries> {
  const parts = files.map(readPart);
  const { series, shard } = parts[0].document;
  for (const part of parts) checkBelongs(part, parts[0]);
  checkComplete(parts, shard.count);
  for (const part of parts) checkShare(part);
  const snapshots = parts.flatMap(({ document }) => document.snapshots).sort((a, b) => a.index - b.index);
  checkNames(parts, snapshots);
  return {
    analysis: await analysisOf(
      withEvidence(parts).map(({ outcome, classes, evidence }) => ({
        outcome,
        series: classes,
        evidence,
      })),
      { warmUp: series.warmUp, assumeSameProcess: series.assumeSameProcess },
    ),
    top: series.top,
  };
}

/** The snapshots of all parts in order, their evidence as it was before it was written. */
function withEvidence(parts: readonly Part[]) {
  const read = parts.flatMap(({ file, document }) =>
    document.snapshots.map(({ evidence, ...snapshot }) => ({
      ...snapshot,
      evidence: evidence && evidenceOf(evidence, file),
    })),
  );
  return read.sort((a, b) => a.index - b.index);
}

function evidenceOf(document: EvidenceDocument, file: string): SnapshotEvidence {
  try {
    return evidenceFrom(document);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw refusal(file, thrown.message);
    throw thrown;
  }
}

function readPart(file: string): Part {
  try {
    const value: unknown = JSON.parse(readText(file));
    const violation = schemaViolation(SCHEMAS.shard, value);
    if (violation !== undefined) throw new SnapshotError('SHARD', violation);
    return { file, document: value as ShardDocument };
  } catch (thrown) {
    // The parser's own message quotes the text.
    const failure =
      thrown instanceof SyntaxError
        ? new SnapshotError('SHARD', 'found no JSON, expected a document of a shard')
        : thrown;
    throw named(SnapshotError.from(failure), file);
  }
}

function readText(file: string): string {
  const source = new FileSource(file);
  try {
    const { size } = source;
    if (size > MAX_BYTES) {
      throw new SnapshotError('TOO_LARGE', `found a document of ${size} bytes, expected at most ${MAX_BYTES}`);
    }
    const bytes = new Uint8Array(size);
    let filled = 0;
    for (let count = -1; count !== 0 && filled < size; filled += count) count = source.read(bytes.subarray(filled));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, filled));
  } catch (thrown) {
    if (thrown instanceof TypeError)
      throw new SnapshotError('SHARD', 'found bytes that are not UTF-8, expected a text');
    throw thrown;
  } finally {
    source.close();
  }
}

/** That a part is of the same series as the first one. */
function checkBelongs({ file, document }: Part, first: Part): void {
  const [here, there] = [document, first.document];
  const compare = (what: string, found: unknown, expected: unknown) => {
    if (found !== expected) throw refusal(file, `found ${what} ${found}, expected ${expected} as in ${first.file}`);
  };
  compare('a count of shards', here.shard.count, there.shard.count);
  compare('a count of snapshots', here.series.snapshotCount, there.series.snapshotCount);
  compare('names and sizes of snapshots', here.series.listing, there.series.listing);
  compare('--top', here.series.top ?? 'none', there.series.top ?? 'none');
  compare('--warmup', here.series.warmUp ?? 'none', there.series.warmUp ?? 'none');
  compare('--assume-same-process', here.series.assumeSameProcess ?? false, there.series.assumeSameProcess ?? false);
}

function checkComplete(parts: readonly Part[], count: number): void {
  const files = new Map<number, string>();
  for (const { file, document } of parts) {
    const { index } = document.shard;
    if (index > count) throw refusal(file, `found shard ${index}, expected one from 1 to ${count}`);
    const other = files.get(index);
    if (other !== undefined) throw refusal(file, `found shard ${index} again, expected it once: it is in ${other}`);
    files.set(index, file);
  }
  if (files.size === count) return;
  let missing = 1;
  while (files.has(missing)) missing++;
  throw new SnapshotError(
    'SHARD',
    `found ${files.size} of ${count} shards, expected all of them: shard ${missing} is the first that is missing`,
  );
}

/** That a part has its share of the snapshots, each with what it needs. */
function checkShare({ file, document: { shard, series, snapshots } }: Part): void {
  const first = shard.index - 1;
  const expected = Math.max(0, Math.ceil((series.snapshotCount - first) / shard.count));
  if (snapshots.length !== expected) {
    throw refusal(file, `found ${snapshots.length} snapshots, expected ${expected} of ${series.snapshotCount}`);
  }
  for (const [at, { index }] of snapshots.entries()) {
    const place = first + at * shard.count;
    if (index !== place) throw refusal(file, `found snapshot ${index}, expected snapshot ${place}`);
  }
  for (const { index, outcome, classes } of snapshots) {
    if (outcome.ok === (classes !== undefined)) continue;
    const [has, wants] = outcome.ok ? ['no classes', 'some'] : ['classes', 'none'];
    throw refusal(file, `found ${has} for snapshot ${index}, expected ${wants}`);
  }
}

/** That the machines meant the same by a class: all took the interfaces of the last snapshot that could be read. */
function checkNames(parts: readonly Part[], snapshots: readonly ShardSnapshot[]): void {
  const last = snapshots.findLast(({ outcome }) => outcome.ok)?.index;
  const named = parts.filter(({ document }) => document.snapshots.some(({ outcome }) => outcome.ok));
  for (const { file, document } of named) {
    const { names } = document;
    if (names?.from !== last) {
      throw refusal(
        file,
        `found interfaces of ${names === undefined ? 'no snapshot' : `snapshot ${names.from}`}, expected those of snapshot ${last}, the last one that could be read`,
      );
    }
    if (names?.digest !== named[0].document.names?.digest) {
      throw refusal(file, `found other interfaces of snapshot ${last}, expected the same as in ${named[0].file}`);
    }
  }
}

function refusal(file: string, message: string): SnapshotError {
  return named(new SnapshotError('SHARD', message), file);
}

function named(error: SnapshotError, file: string): SnapshotError {
  error.file = file;
  return error;
}
