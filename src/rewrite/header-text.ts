import { MAX_DEPTH, readValue } from '../read/json-value.js';
import type { Passes } from './passes.js';

/** A header is one or two kilobytes; this is room for any that means well. */
const MAX_HEADER = 1 << 20;

const COUNTS = ['node_count', 'edge_count', 'trace_function_count', 'extra_native_bytes', 'root_index'];

/** The header of the snapshot that is written, and what nobody else asks of it. */
export interface HeaderText {
  readonly text: string;
  readonly traceFields: readonly string[];
}

/** Takes over how the sections are laid out and how long they are. All else, such as a title, may be anything. */
export async function readHeaderText(passes: Passes): Promise<HeaderText> {
  const text = await passes.over((input) =>
    passes.find(input, 'snapshot', () => readValue(input, MAX_DEPTH, MAX_HEADER)),
  );
  const { meta, ...rest } = JSON.parse(text) as Record<string, unknown>;
  const layout = Object.entries(meta as Record<string, unknown>).filter(
    ([name, value]) => /^\w+_(?:fields|types)$/.test(name) && Array.isArray(value),
  );
  const counts = Object.entries(rest).filter(([name, value]) => COUNTS.includes(name) && Number.isSafeInteger(value));
  const fields = new Map(layout).get('trace_function_info_fields');
  return {
    text: JSON.stringify({ meta: Object.fromEntries(layout), ...Object.fromEntries(counts) }),
    traceFields: Array.isArray(fields) ? fields : [],
  };
}
