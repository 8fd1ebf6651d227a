import type { LineParser, LineResult, LineSink, TelemetryFormat } from './format.js';
import { METRICS, type Metric } from './metrics.js';
import { timestampOf } from './timestamp.js';

/** Names of columns without case and marks: those of Node and Go, and what people call the same. */
const COLUMNS: Readonly<Record<string, Metric>> = {
  ...Object.fromEntries(METRICS.flatMap((metric) => [metric, metric.slice(3)].map((name) => [plain(name), metric]))),
  usedheapsize: 'v8.heap_used',
  totalheapsize: 'v8.heap_total',
  heapsizelimit: 'v8.heap_limit',
  externalmemory: 'v8.external',
  mallocedmemory: 'v8.malloced',
  totalallocatedbytes: 'v8.total_allocated',
  numberofnativecontexts: 'v8.native_contexts',
  numberofdetachedcontexts: 'v8.detached_contexts',
  pausetotalns: 'go.pause_total_ns',
};
const TIMES: ReadonlySet<string> = new Set(['ts', 'time', 'timestamp', 'date', 'datetime']);
const PROCESSES: ReadonlySet<string> = new Set(['pid', 'process', 'processid']);
const DELIMITERS = [',', ';', '\t'];
const MOST_COLUMNS = 1000;

/** A header with names of columns, then a sample a line. Times and processes have a column by their usual names, others are left out. */
export const csv: TelemetryFormat = {
  name: 'csv',
  recognise(line) {
    for (const delimiter of DELIMITERS) {
      const names = cellsOf(line, delimiter).map(plain);
      const metrics = names.map((name) => (Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined));
      if (names.length > 1 && metrics.some((metric) => metric !== undefined)) {
        return new CsvParser(delimiter, names, metrics);
      }
    }
    return undefined;
  },
};

class CsvParser implements LineParser {
  readonly isHeader = true;
  readonly #delimiter: string;
  readonly #time: number;
  readonly #process: number;
  readonly #metrics: readonly (Metric | undefined)[];

  constructor(delimiter: string, names: readonly string[], metrics: readonly (Metric | undefined)[]) {
    this.#delimiter = delimiter;
    this.#time = names.findIndex((name) => TIMES.has(name));
    this.#process = names.findIndex((name) => PROCESSES.has(name));
    this.#metrics = metrics;
  }

  parse(line: string, sink: LineSink): LineResult {
    if (line.trim() === '') return 'skipped';
    const cells = cellsOf(line, this.#delimiter);
    if (cells.length !== this.#metrics.length) {
      return { bad: `${cells.length} cells, expected ${this.#metrics.length}` };
    }
    const ts = this.#time < 0 ? undefined : timestampOf(cells[this.#time]);
    if (ts !== undefined && !Number.isFinite(ts)) return { bad: 'a timestamp that is none' };
    let begun = false;
    for (const [at, metric] of this.#metrics.entries()) {
      if (metric === undefined || cells[at] === '') continue;
      const value = Number(cells[at]);
      if (!Number.isFinite(value) || value < 0) return { bad: 'a cell that is no figure' };
      if (!begun) sink.begin(this.#process < 0 ? '' : cells[this.#process], ts);
      begun = true;
      sink.value(metric, value);
    }
    return begun ? 'used' : { bad: 'no figures' };
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Quoted cells may hold the delimiter, and a quote as two. */
function cellsOf(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter, MOST_COLUMNS).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length && cells.length < MOST_COLUMNS; at++) {
    const character = line[at];
    if (character === '"' && isQuoted && line[at + 1] === '"') cell += line[at++];
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  cells.push(cell.trim());
  return cells;
}
