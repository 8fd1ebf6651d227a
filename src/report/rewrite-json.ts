import type { ExtractReport, RedactReport } from '../base/rewrite-types.js';
import { toJson } from './json.js';

// What has been written, as documents: rebuilt key by key, as all of them are.

export function redactJson(report: RedactReport): string {
  const { file, output, level, nodeCount, edgeCount, bytes, strings, replaced, split } = report;
  return toJson({
    ...{ schemaVersion: 1, kind: 'redaction', file, output, level, nodeCount, edgeCount, bytes },
    ...{ strings, replaced, split },
  });
}

export function extractJson(report: ExtractReport): string {
  const { file, output, level, nodeCount, edgeCount, bytes, id, pathNodes, dominated, taken, edgesCut } = report;
  const { retainedSize, takenSize } = report;
  return toJson({
    ...{ schemaVersion: 1, kind: 'extraction', file, output, level, nodeCount, edgeCount, bytes },
    ...{ id, pathNodes, dominated, taken, edgesCut, retainedSize, takenSize },
  });
}
