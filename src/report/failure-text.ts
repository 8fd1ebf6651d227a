import { basename } from 'node:path';
import type { SnapshotErrorData } from '../base/errors.js';
import type { Outcome } from '../base/types.js';
import type { Screen } from './screen.js';
import { terminalText } from './terminal-text.js';
import { formatCount } from './units.js';

/** `TRUNCATED: found …, expected … (byte 1,234)`, uncut: an error's end is where its reason stands. */
export function failureText({ code, message, byteOffset }: SnapshotErrorData): string {
  const place = byteOffset === undefined ? '' : ` (byte ${formatCount(byteOffset)})`;
  return terminalText(`${code}: ${message}${place}`);
}

/** Each failed file with its error; `''` when all could be read. */
export function renderFailures(snapshots: readonly Outcome[], screen: Screen): string {
  const { bold, red } = screen.style;
  const labels = fileLabels(snapshots);
  const lines = snapshots.flatMap((snapshot, index) =>
    snapshot.ok ? [] : `  ${bold(terminalText(labels[index]))}  ${failureText(snapshot.error)}\n`,
  );
  if (lines.length === 0) return '';
  return `${bold(red(`Failed: ${lines.length} of ${snapshots.length}`))}\n${lines.join('')}`;
}

/** Base names, or whole paths where base names would not tell the files apart. */
export function fileLabels(snapshots: readonly { readonly file: string }[]): string[] {
  const names = snapshots.map(({ file }) => basename(file));
  return new Set(names).size === names.length ? names : snapshots.map(({ file }) => file);
}
