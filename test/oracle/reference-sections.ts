import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parser } from 'stream-json/parser.js';
import type { SnapshotHeader } from '../build/snapshot-tables.js';

type Token = parser.Token;

/** The sections of a snapshot file as they stand there: numbers in file order, nothing resolved. */
export interface ReferenceSections {
  header: SnapshotHeader;
  numbers: Map<string, number[]>;
  strings: string[];
}

const NUMBER_SECTIONS = new Set([
  'nodes',
  'edges',
  'trace_function_infos',
  'samples',
  'locations',
  'scopes',
  'scope_context_vars',
  'scope_uses',
]);

/** Rebuilds one JSON value, nested or not, from its tokens. */
interface ValueBuilder {
  take(token: Token): void;
  value(): unknown;
}

function createValueBuilder(): ValueBuilder {
  const open: { container: unknown[] | Record<string, unknown>; key: string }[] = [];
  let result: unknown;

  function add(value: unknown): void {
    const parent = open.at(-1);
    if (parent === undefined) result = value;
    else if (Array.isArray(parent.container)) parent.container.push(value);
    else parent.container[parent.key] = value;
  }

  function take(token: Token): void {
    if (token.name === 'startObject' || token.name === 'startArray') {
      const container = token.name === 'startArray' ? [] : {};
      add(container);
      open.push({ container, key: '' });
    } else if (token.name === 'endObject' || token.name === 'endArray') {
      open.pop();
    } else if (token.name === 'keyValue') {
      const parent = open.at(-1);
      if (parent) parent.key = token.value;
    } else if (token.name === 'numberValue') {
      add(Number(token.value));
    } else if ('value' in token) {
      add(token.value);
    }
  }

  return { take, value: () => result };
}

/** Sorts tokens into sections. Sections may stand in any order; those with other names are skipped. */
function createCollector() {
  const sections = new Set<string>();
  const numbers = new Map<string, number[]>();
  const strings: string[] = [];
  const header = createValueBuilder();
  let depth = 0;
  let section = '';

  function enter(name: string): void {
    if (sections.has(name)) throw new Error(`section ${name}: found twice, expected once`);
    sections.add(name);
    section = name;
    if (NUMBER_SECTIONS.has(name)) numbers.set(name, []);
  }

  function take(token: Token): void {
    if (token.name === 'endObject' || token.name === 'endArray') depth--;
    if (depth === 1 && token.name === 'keyValue') enter(token.value);
    else if (section === 'snapshot' && depth >= 1) header.take(token);
    else if (section === 'strings' && token.name === 'stringValue') strings.push(token.value);
    else if (token.name === 'numberValue') numbers.get(section)?.push(Number(token.value));
    if (token.name === 'startObject' || token.name === 'startArray') depth++;
  }

  function finish(): ReferenceSections {
    for (const name of ['snapshot', 'nodes', 'edges', 'strings']) {
      if (!sections.has(name)) throw new Error(`section ${name}: found none, expected one`);
    }
    return { header: header.value() as SnapshotHeader, numbers, strings };
  }

  return { take, finish };
}

/** Reads a whole file into memory, token by token. Throws on JSON errors and on missing or repeated sections. */
export async function readSections(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<ReferenceSections> {
  const collector = createCollector();
  const tokens = parser.asStream({ streamValues: false });
  tokens.on('data', collector.take);
  await pipeline(Readable.from(chunks), tokens);
  return collector.finish();
}
