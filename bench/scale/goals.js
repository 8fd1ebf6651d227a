// What large files may cost, one goal an entry. A goal takes its figure from the results by file. Where a contender was not
// run the goal stays open; where one failed too, unless it was heapsleuth.

/**
 * @typedef {import('../results.js').Result} Result
 * @typedef {{results: {name: string, share: number}[]}} CacheMeasured what bench/cache.js prints
 * @typedef {{busy: number, budget: number, runs: {peakBytes: number}[]}} BatchMeasured what bench/batch.js prints
 * @typedef {{results: Map<string, Result[]>, curve: {timeSpread: number, memorySpread: number}, cache?: CacheMeasured,
 *   batch?: BatchMeasured}} Measured `results` by the key of the file, see ./files.js
 * @typedef {{name: string, asked: string, seen: string, figure?: number, holds?: boolean}} Verdict
 */

const share = (value) => `1/${(1 / value).toFixed(1)}`;
const times = (value) => `${value.toFixed(2)} ×`;
const gigabytes = (value) => `${(value / 1e9).toFixed(2)} GB`;
const CURVE_FILES = ['1m', '3m', '10m', '20m', '40m'];
const MOST_SPREAD = 1.5;

const goals = [
  atLeast('3.5 M nodes: time of DevTools, in ours', 20, ratio('3m', 'wallMs', 'devtools', 'heapsleuth')),
  atLeast('3.5 M nodes: time of v8-heap-parser, in ours', 8, ratio('3m', 'wallMs', 'v8-heap-parser', 'heapsleuth')),
  atLeast('3.5 M nodes: memory of DevTools, in ours', 3, ratio('3m', 'peakBytes', 'devtools', 'heapsleuth')),
  atMost('3.5 M nodes: our time, in that of the floor', 2.5, ratio('3m', 'wallMs', 'heapsleuth', 'floor')),
  atLeast('40 M nodes: time of DevTools, in ours', 20, ratio('40m', 'wallMs', 'devtools', 'heapsleuth')),
  atMost('40 M nodes: peak memory', 4.5e9, peakMemory('40m'), gigabytes),
  atMost('1 to 40 M nodes: time of the dearest node, in the cheapest', MOST_SPREAD, spread('timeSpread')),
  atMost('1 to 40 M nodes: memory of the dearest node, in the cheapest', MOST_SPREAD, spread('memorySpread')),
  atMost('100 M nodes: peak memory', 14e9, peakMemory('100m'), gigabytes),
  // A process that waits for pages from a disk does not compute meanwhile.
  atLeast('100 M nodes: CPU time, in wall time', 0.8, cpuShare('100m')),
  atLeast('5 MB: time of DevTools, in ours', 3, ratio('small', 'wallMs', 'devtools', 'heapsleuth')),
  atMost('the same file again: analyze(), in its time without a cache', 1 / 20, again('analyze()'), share),
  atMost('the same file again: openSnapshot()', 1 / 20, again('openSnapshot()'), share),
  atLeast(
    'a batch of 50: CPU time, in that of all cores',
    0.9,
    batchFigure(({ busy }) => busy),
  ),
  atMost('a batch of 50: peak memory, in what is allowed', 1, batchFigure(memoryShare)),
];

/**
 * @param {Measured} measured
 * @returns {Verdict[]}
 */
export function judge(measured) {
  return goals.map(({ name, asked, figureOf, holds, format }) => {
    try {
      const figure = figureOf(measured);
      return { name, asked, seen: format(figure), figure, holds: holds(figure) };
    } catch (error) {
      if (!(error instanceof NoFigure)) throw error;
      return { name, asked, seen: error.message, holds: error.holds };
    }
  });
}

/** Why a goal has no figure, and what that says about it. */
class NoFigure extends Error {
  constructor(message, holds) {
    super(message);
    this.holds = holds;
  }
}

function atLeast(name, limit, figureOf, format = times) {
  return { name, asked: `≥ ${format(limit)}`, figureOf, format, holds: (figure) => figure >= limit };
}

function atMost(name, limit, figureOf, format = times) {
  return { name, asked: `≤ ${format(limit)}`, figureOf, format, holds: (figure) => figure <= limit };
}

function ratio(file, field, over, under) {
  return ({ results }) => resultOf(results, file, over)[field] / resultOf(results, file, under)[field];
}

function peakMemory(file) {
  return ({ results }) => resultOf(results, file, 'heapsleuth').peakBytes;
}

function cpuShare(file) {
  return ({ results }) => {
    const { cpuMs, wallMs } = resultOf(results, file, 'heapsleuth');
    return cpuMs / wallMs;
  };
}

function again(name) {
  return ({ cache }) => {
    const result = cache?.results.find((each) => each.name === name);
    if (!result) throw new NoFigure('not measured', undefined);
    return result.share;
  };
}

function batchFigure(figureOf) {
  return ({ batch }) => {
    if (!batch) throw new NoFigure('not measured', undefined);
    return figureOf(batch);
  };
}

function memoryShare({ budget, runs }) {
  return Math.max(...runs.map(({ peakBytes }) => peakBytes)) / budget;
}

/** On part of the files the goal can be missed, but not met. */
function spread(field) {
  return ({ results, curve }) => {
    for (const file of CURVE_FILES) if (results.has(file)) resultOf(results, file, 'heapsleuth');
    const figure = curve[field];
    if (CURVE_FILES.every((file) => results.has(file)) || figure > MOST_SPREAD) return figure;
    throw new NoFigure(Number.isNaN(figure) ? 'not measured' : `${times(figure)} so far`, undefined);
  };
}

function resultOf(results, file, name) {
  const result = results.get(file)?.find((each) => each.name === name);
  if (!result) throw new NoFigure('not measured', undefined);
  if (result.error) throw new NoFigure(`${name} failed`, name === 'heapsleuth' ? false : undefined);
  return result;
}
