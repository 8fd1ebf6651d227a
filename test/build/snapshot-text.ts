import { createRandom, type Random } from './random.js';
import type { SnapshotTables } from './snapshot-tables.js';

/** V8: newlines between rows as V8 writes them. Compact: no whitespace. Pretty: random whitespace between all tokens. */
export type TextStyle = 'v8' | 'compact' | 'pretty';

export interface TextOptions {
  style?: TextStyle;
  /** For the whitespace of `pretty`. */
  seed?: number;
  bom?: boolean;
  /** Names of sections in the order wanted; those left unnamed follow in V8's order. */
  sectionOrder?: readonly string[];
  leaveOut?: readonly string[];
  /** Sections no reader knows, by name; the value may be nested. They stand between the real ones. */
  unknownSections?: Readonly<Record<string, unknown>>;
  /** V8 escapes everything beyond ASCII; Bun and others write raw UTF-8. Lone surrogates are always escaped. */
  strings?: 'escaped' | 'raw';
}

const WHITESPACE = ['', '', ' ', '\n', '\t', '\r\n', '  \n '];

/** The text between two tokens. */
type Gap = () => string;

function gapOf(style: TextStyle, random: Random): Gap {
  return style === 'pretty' ? () => random.pick(WHITESPACE) : () => '';
}

function escapeBeyondAscii(json: string): string {
  const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return json.replace(/[\x7f-\uffff]/g, escapeUnit);
}

function stringText(text: string, strings: 'escaped' | 'raw'): string {
  const json = JSON.stringify(text);
  return strings === 'raw' ? json : escapeBeyondAscii(json);
}

/** Any JSON value with the gap between all of its tokens. */
function valueText(value: unknown, gap: Gap): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => `${gap()}${valueText(item, gap)}${gap()}`);
    return `[${items.length === 0 ? gap() : items.join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${gap()}${JSON.stringify(key)}${gap()}:${gap()}${valueText(item, gap)}${gap()}`,
    );
    return `{${entries.length === 0 ? gap() : entries.join(',')}}`;
  }
  return JSON.stringify(value);
}

function rowsText(rows: readonly number[][], style: TextStyle, gap: Gap): string {
  if (style === 'pretty') return valueText(rows.flat(), gap);
  return `[${rows.map((row) => row.join(',')).join(style === 'v8' ? '\n,' : ',')}]`;
}

function stringsText(strings: readonly string[], options: TextOptions, style: TextStyle, gap: Gap): string {
  const texts = strings.map((text) => `${gap()}${stringText(text, options.strings ?? 'escaped')}${gap()}`);
  return `[${texts.join(style === 'v8' ? ',\n' : ',')}]`;
}

function sectionTexts(tables: SnapshotTables, options: TextOptions, style: TextStyle, gap: Gap): Map<string, string> {
  const { header, trace_tree, strings, ...rows } = tables;
  const texts = new Map<string, string>([['snapshot', valueText(header, gap)]]);
  const numeric = [
    'nodes',
    'edges',
    'trace_function_infos',
    'samples',
    'locations',
    'scopes',
    'scope_context_vars',
    'scope_uses',
  ] as const;
  for (const name of numeric) {
    const section = rows[name];
    if (section) texts.set(name, rowsText(section, style, gap));
    if (name === 'trace_function_infos') texts.set('trace_tree', valueText(trace_tree, gap));
  }
  texts.set('strings', stringsText(strings, options, style, gap));
  return texts;
}

function orderSections(texts: Map<string, string>, options: TextOptions): [string, string][] {
  const named = options.sectionOrder ?? [];
  const names = new Set([...named.filter((name) => texts.has(name)), ...texts.keys()]);
  for (const name of options.leaveOut ?? []) names.delete(name);
  return [...names].map((name) => [name, texts.get(name) ?? '']);
}

/** A `.heapsnapshot` file. */
export function writeText(tables: SnapshotTables, options: TextOptions = {}): Uint8Array {
  const style = options.style ?? 'v8';
  const gap = gapOf(style, createRandom(options.seed ?? 1));
  const sections = orderSections(sectionTexts(tables, options, style, gap), options);
  const unknown = Object.entries(options.unknownSections ?? {});
  const spread = Math.max(1, Math.ceil(sections.length / (unknown.length + 1)));
  for (const [index, [name, value]] of unknown.entries()) {
    sections.splice((index + 1) * spread + index, 0, [name, valueText(value, gap)]);
  }
  const members = sections.map(([name, text]) => `${gap()}${JSON.stringify(name)}${gap()}:${gap()}${text}${gap()}`);
  const body = `${gap()}{${members.join(style === 'v8' ? ',\n' : ',')}}${gap()}`;
  return new TextEncoder().encode(`${options.bom ? '\ufeff' : ''}${body}${style === 'v8' ? '\n' : ''}`);
}
