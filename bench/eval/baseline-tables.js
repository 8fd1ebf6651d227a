// Other ways of looking at the same series, and what they cost.
import { megabytes, seconds } from '../results.js';
import { percent } from './cells.js';

/** Nothing is tuned on them, so both halves together. */
export function baselineTable(rows) {
  const heading = ['', 'series', 'holder@1', '@3', '@10', 'or class@1', '@3', '@10', 'no answer', 'without leak'];
  const fields = ['holder1', 'holder3', 'holder10', 'class1', 'class3', 'class10', 'silent', 'alarms'];
  return [
    heading,
    rows
      .filter(({ half }) => half === 'all')
      .map((row) => [row.name, `${row.leakyRuns} + ${row.otherRuns}`, ...fields.map((field) => percent(row[field]))]),
  ];
}

export function costRow({ name, runs, failed, wallMs, cpuMs, peakBytes }) {
  return [name, String(runs), String(failed), seconds(wallMs), seconds(cpuMs), megabytes(peakBytes)];
}
