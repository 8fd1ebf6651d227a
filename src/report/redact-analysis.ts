import { basename } from 'node:path';
import type { SnapshotErrorData } from '../base/errors.js';
import type { DominatorTree, SnapshotPicture } from '../base/report-types.js';
import type { GroupGrowth, Place, Suspect, SuspectHolder } from '../base/suspect-types.js';
import type { Analysis, Growth, Outcome, SnapshotReport } from '../base/types.js';
import type { WasteItem, WasteReport } from '../base/waste-types.js';
import type { TextRedaction } from './redact-text.js';

/** What a file is called in place of its path; the same for the same file wherever it is told. */
export type FileNames = (file: string) => string;

/** Base names where they tell the files apart, as reports call them: so a scan's inputs and its snapshots have one name. */
export function fileNames(text: TextRedaction, files: readonly string[]): FileNames {
  const names = new Set(files.map((file) => basename(file)));
  const isUnique = names.size === new Set(files).size;
  if (text.level === 'names') return (file) => file;
  return (file) => text.file(isUnique ? basename(file) : file);
}

/** All texts of an analysis. Signatures, ids and figures stay. */
export function redactAnalysis(analysis: Analysis, text: TextRedaction, nameOf: FileNames): Analysis {
  const { snapshots, growth, series, suspects } = analysis;
  return {
    ...analysis,
    snapshots: snapshots.map((outcome) => redactOutcome(outcome, text, nameOf)),
    ...(growth && { growth: redactGrowth(growth, text) }),
    ...(series && { series: { ...series, notes: series.notes.map((note) => text.sentence(note)) } }),
    ...(suspects && { suspects: suspects.map((suspect) => redactSuspect(suspect, text)) }),
  };
}

function redactOutcome(outcome: Outcome, text: TextRedaction, nameOf: FileNames): Outcome {
  const file = nameOf(outcome.file);
  if (!outcome.ok) return { ...outcome, file, error: redactError(outcome.error, text, outcome.file, file) };
  const classes = outcome.classes.map((row) => redactClass(row, text));
  if (outcome.mode === 'shallow') return { ...outcome, file, classes } as Outcome;
  const picture = outcome.picture && redactPicture(outcome.picture, text, nameOf);
  return { ...outcome, file, classes, ...(picture && { picture }) } as SnapshotReport;
}

/** What the system says names files. */
export function redactError(error: SnapshotErrorData, text: TextRedaction, file: string, hidden: string) {
  return { ...error, message: text.sentence(error.message, [[file, hidden]]) };
}

/** A key ends with the name. */
export function redactClass<Row extends { readonly key: string; readonly name: string }>(
  row: Row,
  text: TextRedaction,
): Row {
  const name = text.name(row.name);
  const place = row.key.endsWith(row.name) ? row.key.slice(0, row.key.length - row.name.length) : '';
  return { ...row, key: `${place}${name}`, name };
}

function redactGrowth(growth: Growth, text: TextRedaction): Growth {
  const { classes, paths, dominated } = growth;
  return {
    ...growth,
    classes: classes.map((row) => redactClass(row, text)),
    ...(paths && { paths: paths.map((group) => redactGroup(group, text)) }),
    ...(dominated && { dominated: dominated.map((group) => redactGroup(group, text)) }),
  };
}

function redactGroup(group: GroupGrowth, text: TextRedaction): GroupGrowth {
  return { ...group, holder: redactHolder(group.holder, text), className: text.name(group.className) };
}

export function redactHolder(holder: SuspectHolder, text: TextRedaction): SuspectHolder {
  const { expression, place } = holder;
  return {
    ...{ ...holder, expression: text.expression(expression) },
    ...(place && { place: redactPlace(place, text) }),
  };
}

export function redactPlace(place: Place, text: TextRedaction): Place {
  return { ...place, script: text.script(place.script) };
}

/** What sentences about a suspect have as a whole. The script first: the expression may be a part of its name. */
export function knownOf({ expression, place }: SuspectHolder, text: TextRedaction): (readonly [string, string])[] {
  const known = [[expression, text.expression(expression)] as const];
  return place === undefined ? known : [[place.script, text.script(place.script)], ...known];
}

function redactSuspect(suspect: Suspect, text: TextRedaction): Suspect {
  const { title, holder, path, evidence, repair, suppressed } = suspect;
  const known = knownOf(holder, text);
  const shown = (sentence: string) => text.sentence(sentence, known);
  return {
    ...suspect,
    title: title.includes(' keeps ') ? text.title(title) : shown(title),
    holder: redactHolder(holder, text),
    path: path.map((step) => text.expression(step)),
    evidence: evidence.map(({ label, value }) => ({
      label: shown(label),
      value: typeof value === 'number' ? value : shown(value),
    })),
    repair: shown(repair),
    ...(suppressed && { suppressed: { ...suppressed, reason: text.text(suppressed.reason) } }),
  };
}

function redactPicture(
  { tree, waste, classes }: SnapshotPicture,
  text: TextRedaction,
  nameOf: FileNames,
): SnapshotPicture {
  return {
    tree: redactTree(tree, text, nameOf),
    waste: redactWaste(waste, text, nameOf),
    classes: classes.map((row) => redactClass(row, text)),
  };
}

function redactTree(tree: DominatorTree, text: TextRedaction, nameOf: FileNames): DominatorTree {
  return { ...tree, file: nameOf(tree.file), texts: tree.texts.map((one) => text.name(one)) };
}

function redactWaste(waste: WasteReport, text: TextRedaction, nameOf: FileNames): WasteReport {
  const item = (one: WasteItem): WasteItem => ({
    ...one,
    holder: redactHolder(one.holder, text),
    className: text.name(one.className),
    note: text.sentence(one.note, knownOf(one.holder, text)),
    // A fingerprint without a key is as good as the text, for short ones.
    ...(one.text && { text: { length: one.text.length, fingerprint: text.hidden(one.text.fingerprint) } }),
  });
  const kinds = waste.kinds.map((kind) => ({
    ...kind,
    ...(kind.note !== undefined && { note: text.sentence(kind.note) }),
    items: kind.items.map(item),
  }));
  return { ...waste, file: nameOf(waste.file), kinds };
}
