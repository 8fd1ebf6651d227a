import type { WasteItem, WasteKind, WasteReport, WasteText } from '../base/waste-types.js';
import { toJson } from './json.js';
import { holderJson } from './suspect-json.js';

/** Rebuilt key by key, as all documents are: the order of keys is part of the format. */
export function wasteJson(report: WasteReport): string {
  const { kinds, ...head } = wasteParts(report);
  return toJson({ schemaVersion: 1, kind: 'waste', ...head, overlap: true, kinds });
}

export function wasteParts({ file, nodeCount, totalSize, kinds }: WasteReport): WasteReport {
  return { file, nodeCount, totalSize, kinds: kinds.map(kindJson) };
}

function kindJson({ kind, reclaimable, atMost, count, note, itemCount, items }: WasteKind): WasteKind {
  return {
    ...{ kind, reclaimable },
    ...(atMost !== undefined && { atMost }),
    count,
    ...(note !== undefined && { note }),
    itemCount,
    items: items.map(itemJson),
  };
}

function itemJson({
  holder,
  className,
  count,
  bytes,
  reclaimable,
  atMost,
  note,
  sampleIds,
  text,
}: WasteItem): WasteItem {
  return {
    holder: holderJson(holder),
    ...{ className, count, bytes, reclaimable },
    ...(atMost !== undefined && { atMost }),
    ...{ note, sampleIds },
    ...(text && { text: textJson(text) }),
  };
}

function textJson({ length, fingerprint, value }: WasteText): WasteText {
  return { length, fingerprint, ...(value !== undefined && { value }) };
}
