import { sourceOf } from '../read/file.js';
import type { OpenSource } from '../read/source.js';
import { csv } from './csv.js';
import type { LineParser, TelemetryFormat } from './format.js';
import { gcTrace } from './gc-trace.js';
import { jsonLines } from './json-lines.js';
import { type LineOptions, LONGEST_LINE, readLines } from './lines.js';
import { type Observe, type ProcessSeries, Recorder } from './recorder.js';
import { traceGc } from './trace-gc.js';

/** All formats, each told by its lines; the most telling first. */
export const FORMATS: readonly TelemetryFormat[] = [jsonLines, traceGc, gcTrace, csv];

/** Lines at the start of a file in which a format is looked for. */
const MOST_TRIED = 1000;
/** Bad lines whose place is told. */
const MOST_TOLD = 20;

export interface BadLine {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

/** One file of telemetry. */
export interface Telemetry {
  /** Undefined where no line was recognised: then the file is none. */
  readonly format: string | undefined;
  readonly lines: number;
  readonly used: number;
  /** Of no telemetry, such as a program's own output. */
  readonly skipped: number;
  readonly bad: number;
  /** The first ones. */
  readonly badLines: readonly BadLine[];
  readonly processes: readonly ProcessSeries[];
  /** Samples of more processes than are told apart. */
  readonly left: number;
}

export interface TelemetryOptions extends LineOptions {
  readonly observe?: Observe;
}

/**
 * Reads a file of telemetry, plain, gzip or Zstandard, whatever its format and size; memory does not depend on the size. Lines that are
 * broken are counted and told, the others used. Cost: about 3 µs a line. Throws what cannot be read, and the signal's reason.
 */
export function readTelemetry(file: string, options: TelemetryOptions = {}): Promise<Telemetry> {
  return telemetryFrom(sourceOf(file), options);
}

export async function telemetryFrom(
  open: OpenSource,
  { observe, ...options }: TelemetryOptions = {},
): Promise<Telemetry> {
  const reading = new Reading(new Recorder(observe));
  await readLines(
    open,
    (text, number) => reading.take(text, number),
    (number) => reading.spoil(number, `longer than ${LONGEST_LINE.toLocaleString('en-US')} bytes`),
    options,
  );
  return reading.result;
}

class Reading {
  readonly #recorder: Recorder;
  #format: string | undefined;
  #parser: LineParser | undefined;
  #lines = 0;
  #used = 0;
  #skipped = 0;
  #bad = 0;
  readonly #badLines: BadLine[] = [];

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  take(text: string, number: number): void {
    this.#lines = number;
    const parser = this.#parser ?? this.#recognise(text);
    if (parser === undefined) {
      this.#skipped++;
      return;
    }
    const isFirst = this.#parser === undefined;
    this.#parser = parser;
    if (isFirst && parser.isHeader) {
      this.#skipped++;
      return;
    }
    const result = parser.parse(text, this.#recorder);
    if (result === 'used') this.#used++;
    else if (result === 'skipped') this.#skipped++;
    else this.spoil(number, result.bad);
  }

  spoil(line: number, reason: string): void {
    this.#lines = line;
    this.#bad++;
    if (this.#badLines.length < MOST_TOLD) this.#badLines.push({ line, reason });
  }

  get result(): Telemetry {
    return {
      ...{ format: this.#format, lines: this.#lines, used: this.#used, skipped: this.#skipped, bad: this.#bad },
      badLines: this.#badLines,
      processes: this.#recorder.processes,
      left: this.#recorder.left,
    };
  }

  #recognise(line: string): LineParser | undefined {
    if (this.#lines > MOST_TRIED) return undefined;
    for (const format of FORMATS) {
      const parser = format.recognise(line);
      if (parser === undefined) continue;
      this.#format = format.name;
      return parser;
    }
    return undefined;
  }
}
