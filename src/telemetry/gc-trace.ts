import { isFigure } from './figure.js';
import type { LineParser, LineResult, LineSink, TelemetryFormat } from './format.js';

/**
 * What Go prints with `GODEBUG=gctrace=1`: the number of the collection, seconds since the start, megabytes when it began, when it ended and
 * what was live, and the goal. Older releases do not say what stacks and globals take.
 */
const LINE =
  /^gc (\d+) @([\d.]+)s (\d+)%: ([\d.+]+) ms clock, ([\d.+/]+) ms cpu, (\d+)->(\d+)->(\d+) MB, (\d+) MB goal,(?: (\d+) MB stacks, (\d+) MB globals,)? (\d+) P(?: \(forced\))?$/;

const MEGABYTE = 1 << 20;

export const gcTrace: TelemetryFormat = {
  name: 'gctrace log',
  recognise: (line) => (LINE.test(line) ? parser : undefined),
};

const parser: LineParser = {
  isHeader: false,
  parse(line: string, sink: LineSink): LineResult {
    const found = line.startsWith('gc ') ? LINE.exec(line) : null;
    if (found === null) return 'skipped';
    const [, number, seconds, , clock, , , end, live, goal] = found;
    const sizes = [end, live, goal].map((megabytes) => Number(megabytes) * MEGABYTE);
    const phases = clock.split('+').map(Number);
    const [count, since] = [Number(number), 1000 * Number(seconds)];
    if (![count, since, ...sizes, ...phases].every(isFigure)) return { bad: 'a number that is none' };
    // A lower number is another process.
    sink.begin('', since, count);
    sink.value('go.num_gc', count);
    sink.value('go.heap_alloc', sizes[0]);
    sink.value('go.live', sizes[1]);
    sink.value('go.goal', sizes[2]);
    // Sweep termination and mark termination stop the world; what lies between runs beside it.
    if (phases.length === 3) sink.value('go.gc_pause_ms', phases[0] + phases[2]);
    return 'used';
  },
};
