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
    // A lower number is another process.
    sink.begin('', 1000 * Number(seconds), Number(number));
    sink.value('go.num_gc', Number(number));
    sink.value('go.heap_alloc', Number(end) * MEGABYTE);
    sink.value('go.live', Number(live) * MEGABYTE);
    sink.value('go.goal', Number(goal) * MEGABYTE);
    // Sweep termination and mark termination stop the world; what lies between runs beside it.
    const phases = clock.split('+').map(Number);
    if (phases.length === 3) sink.value('go.gc_pause_ms', phases[0] + phases[2]);
    return 'used';
  },
};
