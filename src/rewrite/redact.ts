import { randomBytes } from 'node:crypto';
import { SnapshotError } from '../base/errors.js';
import type { RedactOptions, RedactReport } from '../base/rewrite-types.js';
import { EdgeWindow, NameCheck } from '../read/edge-window.js';
import { sourceOf } from '../read/file.js';
import { numberedMask } from '../read/header.js';
import { readSnapshot } from '../read/reader.js';
import type { OpenSource } from '../read/source.js';
import { Arena } from '../wasm/arena.js';
import { readHeaderText } from './header-text.js';
import { NamePlan } from './name-plan.js';
import { checkOutput, writeWhole } from './output.js';
import { Passes } from './passes.js';
import { checkKey } from './placeholder-text.js';
import { Placeholders } from './placeholders.js';
import { SectionWriter } from './section-writer.js';
import { collectUses } from './uses.js';

const KEY_BYTES = 32;

/** Shares of the work, as measured on 250 MB. */
const READ = 0.3;
const USES = 0.5;

/**
 * Writes a snapshot without what it says of data: DevTools opens it, and finds the same nodes, edges, sizes, dominators and distances;
 * with `basic` and `names` the same classes, too, but for what plain objects are called. `output` is gzipped where its name ends in .gz, and is there whole or not at all.
 *
 * Cost: three passes over the file, and one for each section that is not in V8's order. Memory: about 21 bytes a node, 2 a string, and
 * the table of strings. Rejects with a `SnapshotError`, its `file` set: `OUTPUT` for what cannot be written; with a RangeError for a short key.
 */
export async function redactSnapshot(
  input: string,
  output: string,
  options: RedactOptions = {},
): Promise<RedactReport> {
  try {
    return await redact(sourceOf(input), input, output, options);
  } catch (thrown) {
    if (options.signal?.aborted) throw options.signal.reason;
    if (thrown instanceof RangeError) throw thrown;
    const error = SnapshotError.from(thrown);
    error.file ??= error.code === 'OUTPUT' ? output : input;
    throw error;
  }
}

/**
 * The same for bytes that need not be a file's; `file` is what they are called. `known` has a bit for each node that is a table, where
 * the bytes do not say so.
 */
export async function redact(
  open: OpenSource,
  file: string,
  output: string,
  { level = 'basic', key = randomBytes(KEY_BYTES), signal, onProgress }: RedactOptions,
  known?: Uint32Array,
): Promise<RedactReport> {
  checkOutput(output, file);
  checkKey(key);
  const arena = await Arena.create();
  const passes = new Passes(open, arena, { file, signal, onProgress });
  passes.begin(0, READ);
  const raw = await readSnapshot(open, arena, {
    onProgress: (fraction) => passes.turn(1 << 18, fraction),
    planEdges: (header) => new EdgeWindow(arena, 0, new NameCheck(numberedMask(header))),
  });
  const header = await readHeaderText(passes);
  passes.begin(READ, USES);
  const { traceFields } = header;
  const tables = level === 'names' ? (known ?? new Uint32Array(Math.ceil(raw.header.nodeCount / 32))) : undefined;
  const uses = await collectUses(passes, raw, { traceFields, tables });
  const plan = new NamePlan(raw.strings, uses.ofString, level);
  passes.begin(USES, 1);
  const bytes = await writeWhole(output, (to) =>
    new SectionWriter(passes, raw, plan, uses, to).write(header.text, new Placeholders(raw.strings, key, level)),
  );
  passes.report('done', 1);
  const { nodeCount, edgeCount } = raw.header;
  const counts = { strings: plan.count, replaced: plan.replaced, split: plan.copies.length };
  return { file, output, level, nodeCount, edgeCount, ...counts, bytes };
}
