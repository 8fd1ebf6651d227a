import type { GrowingSite, HeapProfile } from '../base/profile-types.js';
import type { Bytes } from '../base/types.js';
import { deltaCell } from './delta-cell.js';
import { placeText } from './place-text.js';
import { heading, type Screen } from './screen.js';
import { type Cell, type Column, renderTable } from './table.js';
import { terminalText } from './terminal-text.js';
import { formatBytes, formatBytesDelta } from './units.js';

/** Two sampling heap profiles of one program compared. */
export interface ProfileDiff {
  readonly base: string;
  readonly current: string;
  /** In use of all functions. */
  readonly total: readonly [base: Bytes, current: Bytes];
  /** Those with more in use than before, the most grown first. */
  readonly sites: readonly GrowingSite[];
}

export function profileDiff(
  [base, current]: readonly [string, string],
  [before, after]: readonly [HeapProfile, HeapProfile],
  sites: readonly GrowingSite[],
): ProfileDiff {
  return { base, current, total: [before.totalSize, after.totalSize], sites };
}

export function profileDiffJson({ base, current, total, sites }: ProfileDiff): string {
  const document = {
    ...{ schemaVersion: 1, kind: 'profile-diff', base, current, total },
    sites: sites.map(({ function: name, script, line, column, values, delta, stack }) => ({
      ...{ function: name, script, line, column, base: values[0], current: values[1], delta, stack },
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

export function profileDiffText({ base, current, total, sites }: ProfileDiff, screen: Screen): string {
  const { bold, dim } = screen.style;
  const lines: readonly (readonly [string, string])[] = [
    ['base', terminalText(base)],
    ['current', terminalText(current)],
    [
      'in use',
      `${formatBytes(total[0])} → ${formatBytes(total[1])}, by samples: ${formatBytesDelta(total[1] - total[0])}`,
    ],
  ];
  const columns: Column[] = [
    { title: 'function', shrinksTo: 18 },
    { title: 'base', align: 'right', dropOrder: 1 },
    { title: 'current', align: 'right' },
    { title: 'change', align: 'right' },
    { title: 'place', shrinksTo: 12 },
  ];
  const rows = sites.map((site): Cell[] => [
    { text: site.function, paint: bold },
    formatBytes(site.values[0]),
    formatBytes(site.values[1]),
    deltaCell(site.delta, formatBytesDelta, screen),
    placeText(site),
  ]);
  const head = lines.map(([label, value]) => `  ${dim(label.padEnd(11))}${value}\n`).join('');
  if (rows.length === 0) return `${head}\n  no function has more in use than before\n`;
  return `${head}\n${heading('Functions with more in use', 'what was freed is taken off', screen)}${renderTable(columns, rows, screen)}`;
}
