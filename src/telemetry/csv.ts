import { isFigure } from './figure.js';
import { type LineParser, type LineResult, type LineSink, LONGEST_PROCESS, type TelemetryFormat } from './format.js';
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
/** What only grows within a process, the surest first. */
const PROGRESS = ['uptime', 'numgc', 'majorgcs', 'totalallocated', 'totalallocatedbytes', 'totalalloc', 'mallocs'];
/** What others are looked at with comes first, as in JSON. */
const FIRST: readonly Metric[] = ['v8.major_gcs', 'go.num_gc', 'go.heap_objects'];
/** Names that are words as well: one of them alone makes no header of what a program says. */
const WORDS: ReadonlySet<string> = new Set(['external', 'frees', 'goal', 'live', 'rss', 'sys']);
const DELIMITERS = [',', ';', '\t'];
const MOST_COLUMNS = 1000;

/** A header with names of columns, then a sample a line. Times and processes have a column by their usual names, others are left out. */
export const csv: TelemetryFormat = {
  name: 'csv',
  recognise(line) {
    for (const delimiter of DELIMITERS) {
      const names = cellsOf(line, delimiter).map(plain);
      const metrics = names.map((name) => (Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined));
      if (isHeader(names, metrics)) {
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
  readonly #progress: number;
  readonly #columns: number;
  readonly #metrics: readonly (readonly [at: number, metric: Metric])[];

  constructor(delimiter: string, names: readonly string[], metrics: readonly (Metric | undefined)[]) {
    this.#delimiter = delimiter;
    this.#time = names.findIndex((name) => TIMES.has(name));
    this.#process = names.findIndex((name) => PROCESSES.has(name));
    this.#progress = PROGRESS.map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1;
    this.#columns = names.length;
    const known = [...metrics.entries()].flatMap(([at, metric]) => (metric ? [[at, metric] as const] : []));
    const isFirst = ([, metric]: readonly [number, Metric]) => FIRST.includes(metric);
    this.#metrics = [...known.filter(isFirst), ...known.filter((column) => !isFirst(column))];
  }

  parse(line: string, sink: LineSink): LineResult {
    if (line.trim() === '') return 'skipped';
    const cells = cellsOf(line, this.#delimiter);
    if (cells.length !== this.#columns) return { bad: `${cells.length} cells, expected ${this.#columns}` };
    const ts = this.#time < 0 ? undefined : timestampOf(cells[this.#time]);
    if (ts !== undefined && !Number.isFinite(ts)) return { bad: 'a timestamp that is none' };
    const figures = this.#metrics.filter(([at]) => cells[at] !== '');
    if (figures.length === 0) return { bad: 'no figures' };
    if (!figures.every(([at]) => isFigure(Number(cells[at])))) return { bad: 'a cell that is no figure' };
    if (this.#process >= 0 && cells[this.#process].length > LONGEST_PROCESS) return { bad: 'a process that is none' };
    sink.begin(this.#process < 0 ? '' : cells[this.#process], ts, this.#progressOf(cells));
    for (const [at, metric] of figures) sink.value(metric, Number(cells[at]));
    return 'used';
  }

  #progressOf(cells: readonly string[]): number | undefined {
    const cell = this.#progress < 0 ? '' : cells[this.#progress];
    return cell === '' || !isFigure(Number(cell)) ? undefined : Number(cell);
  }
}

function isHeader(names: readonly string[], metrics: readonly (Metric | undefined)[]): boolean {
  const known = names.filter((_, at) => metrics[at] !== undefined);
  if (names.length < 2 || known.length === 0) return false;
  if (known.length > 1 || !WORDS.has(known[0])) return true;
  return names.some((name) => TIMES.has(name) || PROCESSES.has(name));
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
