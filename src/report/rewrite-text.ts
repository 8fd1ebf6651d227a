import type { ExtractReport, RedactReport } from '../base/rewrite-types.js';
import type { Screen } from './screen.js';
import { terminalText } from './terminal-text.js';
import { counted, formatBytes, formatCount, formatExactBytes } from './units.js';

/** What has been written, for people. */
export function redactText({ output, level, ...counts }: RedactReport, { style }: Screen): string {
  const { nodeCount, edgeCount, strings, replaced, split, bytes } = counts;
  return lines(`${style.bold(terminalText(output))} is ${formatBytes(bytes)} of text, redacted: ${level}.`, style, [
    ['graph', `${counted(nodeCount, 'node')}, ${counted(edgeCount, 'edge')}, as they were`],
    ['strings', `${formatCount(replaced)} of ${formatCount(strings)} replaced`],
    ['both', `${formatCount(split)} more stay as names and are replaced as values`],
  ]);
}

export function extractText(report: ExtractReport, { style }: Screen): string {
  const { output, level, id, nodeCount, edgeCount, pathNodes, dominated, taken, edgesCut } = report;
  const redacted = level === 'none' ? 'with all its values' : `redacted: ${level}`;
  const below = taken < dominated ? `the nearest ${formatCount(taken)} of ` : 'all ';
  const shown: [string, string][] = [
    ['graph', `${counted(nodeCount, 'node')}, ${counted(edgeCount, 'edge')}; ids and self sizes are the file's`],
    ['path', `${counted(pathNodes, 'node')} from the root to @${id}`],
    ['below', `${below}${counted(dominated, 'node')} that @${id} dominates`],
    ['sizes', `${formatExactBytes(report.takenSize)} of the ${formatExactBytes(report.retainedSize)} that it retains`],
    ['left out', `${counted(edgesCut, 'edge')} from there to nodes that are not in it`],
  ];
  const title = `${style.bold(terminalText(output))} has @${id} and what it holds, ${redacted}.`;
  return `${lines(title, style, shown)}${comparable(report)}`;
}

/** What may be compared with the whole snapshot. */
function comparable({ id, taken, dominated }: ExtractReport): string {
  const inside =
    taken < dominated ? 'Retained sizes are those of what is there' : `Retained sizes are right from @${id} on`;
  return `${inside}; those on the path, totals, other retainers, and places in scripts are not to be compared.\n`;
}

function lines(title: string, { dim }: Screen['style'], rows: readonly (readonly [string, string])[]): string {
  return `${title}\n${rows.map(([label, value]) => `  ${dim(label.padEnd(10))}${value}\n`).join('')}`;
}
