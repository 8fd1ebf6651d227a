import { engineVersion } from '../base/engine-version.js';
import type { DominatorTree, LeftOut, ReportDocument, SnapshotPicture } from '../base/report-types.js';
import type { Analysis } from '../base/types.js';
import { gateJson } from './gate-json.js';
import { analysisParts, inertJson } from './json.js';
import {
  cutAnalysis,
  cutGate,
  cutScan,
  cutTelemetry,
  cutTree,
  cutWaste,
  type Limits,
  limitsAt,
} from './report-cuts.js';
import type { ReportInput } from './reporter.js';
import { scanParts } from './scan-json.js';
import { wasteParts } from './waste-json.js';

/** What a page is to take, with all that is around the document. */
const MOST_BYTES = 5_000_000;
/** What none may take. */
const LIMIT = 20_000_000;
/** How often limits are halved: 2,000 of something are 1 by then. */
const ROUNDS = 12;

/**
 * The document of the HTML report as the text of a script that is none: nothing in it ends one or begins a comment. As much as a person can
 * look at, and less where it would take more than `MOST_BYTES` with the `others` bytes of the page. Throws where nothing is left to cut.
 */
export function reportDocumentText(input: ReportInput, others: number): string {
  let text = '';
  for (let round = 0; round < ROUNDS; round++) {
    const limits = limitsAt(0.5 ** round);
    text = islandText(reportDocument(input, limits), limits.text);
    if (Buffer.byteLength(text) + others <= MOST_BYTES) return text;
  }
  const bytes = Buffer.byteLength(text) + others;
  if (bytes > LIMIT) throw new Error(`found a report of ${bytes} bytes with all cut that can be, expected ${LIMIT}`);
  return text;
}

/** What people look at, cut to these limits, with what was cut. Values of strings are in it only where they were asked for. */
export function reportDocument(input: ReportInput, limits: Limits = limitsAt(1)): ReportDocument {
  const leftOut: LeftOut[] = [...(input.leftOut ?? [])];
  const picture = pictureOf(input.analysis);
  return {
    schemaVersion: 1,
    kind: 'report',
    engineVersion: engineVersion(),
    scan: input.kind === 'scan' ? scanParts(cutScan(input.report, limits, leftOut)) : null,
    analysis: input.analysis ? analysisParts(cutAnalysis(input.analysis, limits, leftOut)) : null,
    tree: picture ? cutTree(picture.tree, limits, leftOut) : null,
    waste: picture ? wasteParts(cutWaste(picture.waste, limits, leftOut)) : null,
    telemetry: cutTelemetry(input.telemetry ?? [], limits, leftOut),
    gate: input.gate ? gateJson(cutGate(input.gate, limits, leftOut)) : null,
    leftOut,
  };
}

function pictureOf(analysis: Analysis | undefined): SnapshotPicture | undefined {
  const last = analysis?.snapshots.findLast((outcome) => outcome.ok && outcome.mode === undefined);
  return last?.ok && last.mode === undefined ? last.picture : undefined;
}

/**
 * JSON with `<` and `>` as escapes, which only strings have: so there is no `</script`, `<!--` or `-->`. Longer texts than `most` are cut.
 */
function islandText(document: ReportDocument, most: number): string {
  return inertJson(clippedJson(document, most)).replace(
    /[<>&]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

/** The tree apart: of its many numbers none is asked whether it is a text. */
function clippedJson(document: ReportDocument, most: number): string {
  const clipped = (value: unknown) =>
    typeof value === 'string' && value.length > most
      ? `${value.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
      : value;
  const jsonOf = (value: unknown) => JSON.stringify(value, (_, part) => clipped(part));
  const treeJson = (tree: DominatorTree) =>
    JSON.stringify({ ...tree, file: clipped(tree.file), texts: tree.texts.map(clipped) });
  const parts = Object.entries({ ...document, tree: null }).map(([name, part]) => {
    const json = name === 'tree' && document.tree ? treeJson(document.tree) : jsonOf(part);
    return `"${name}":${json}`;
  });
  return `{${parts.join()}}`;
}
