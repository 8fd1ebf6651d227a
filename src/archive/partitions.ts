import { type Dirent, existsSync, lstatSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { compareText } from '../base/text-order.js';
import { DAY } from '../scan/sliding-ratios.js';
import { TABLE_NAMES, type TableName } from './tables.js';
import { isPartial } from './whole-file.js';

/** Hive's way to name partitions, from the largest to the smallest. */
const LEVELS = [/^year=\d{4}$/, /^month=\d{2}$/, /^day=\d{2}$/] as const;
const PART = /^part-[0-9a-f]{16}\.parquet$/;

/** A file of an archive. */
export interface ArchivePart {
  readonly table: TableName;
  /** Days since 1970. */
  readonly day: number;
  readonly path: string;
}

/** Folder of a day below a table's: `year=2026/month=11/day=28`. */
export function partitionOf(day: number): string {
  const [year, month, date] = new Date(day * DAY).toISOString().slice(0, 10).split('-');
  return join(`year=${year}`, `month=${month}`, `day=${date}`);
}

/**
 * Throws where a link is in the place of a folder of this day: what lies behind it is somewhere else, and `listParts` would never find what is
 * written there.
 */
export function refuseLinks(folder: string, table: TableName, day: number): void {
  let path = join(folder, table);
  for (const level of ['', ...partitionOf(day).split(sep)]) {
    path = join(path, level);
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new Error(`found a link ${path}, expected a folder`);
  }
}

/** The files of an archive in the order of their names: regular ones that are named as we name them. Nothing where there is no folder. */
export function listParts(folder: string): ArchivePart[] {
  return TABLE_NAMES.flatMap((table) =>
    dayFolders(join(folder, table)).flatMap(({ path, day }) =>
      entriesOf(path)
        .filter((entry) => entry.isFile() && PART.test(entry.name))
        .map((entry) => ({ table, day, path: join(path, entry.name) })),
    ),
  );
}

/** Removes what was archived for days before this one (UTC), and folders that are empty then; says how many files. */
export function removeBefore(folder: string, day: number): number {
  const old = listParts(folder).filter((part) => part.day < day);
  for (const { path } of old) rmSync(path, { force: true });
  for (const table of TABLE_NAMES)
    for (const one of dayFolders(join(folder, table))) if (one.day < day) removeEmpty(one.path);
  return old.length;
}

/** Removes the parts of one name from all days but these, and folders that are empty then. */
export function removeElsewhere(folder: string, table: TableName, name: string, days: ReadonlySet<number>): void {
  for (const { path, day } of dayFolders(join(folder, table))) {
    if (days.has(day) || !existsSync(join(path, name))) continue;
    rmSync(join(path, name), { force: true });
    removeEmpty(path);
  }
}

/** Removes what killed processes have left: partial files that are older than a day, since a younger one may be in the making. */
export function removeLeftovers(folder: string, now = Date.now()): void {
  for (const table of TABLE_NAMES) {
    for (const { path } of dayFolders(join(folder, table))) {
      for (const entry of entriesOf(path)) {
        const file = join(path, entry.name);
        if (entry.isFile() && isPartial(entry.name) && isOlder(file, now - DAY)) rmSync(file, { force: true });
      }
    }
  }
}

/** One that is gone by now is not. */
function isOlder(file: string, time: number): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && stat.mtimeMs < time;
}

interface DayFolder {
  readonly path: string;
  readonly day: number;
}

function dayFolders(table: string): DayFolder[] {
  let folders = [table];
  for (const level of LEVELS) {
    folders = folders.flatMap((folder) =>
      entriesOf(folder)
        .filter((entry) => entry.isDirectory() && level.test(entry.name))
        .map((entry) => join(folder, entry.name)),
    );
  }
  return folders.flatMap((path) => {
    const date = /year=(\d{4}).month=(\d{2}).day=(\d{2})$/.exec(path);
    const ms = date === null ? Number.NaN : Date.parse(date.slice(1).join('-'));
    return Number.isNaN(ms) ? [] : [{ path, day: ms / DAY }];
  });
}

/** Neither links nor what lies behind them: entries say themselves what they are. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
  } catch (error) {
    // What cannot be listed for another reason would be an archive with rows missing.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A day that is empty, and month and year above it if they are. */
function removeEmpty(path: string): void {
  for (const folder of [path, join(path, '..'), join(path, '..', '..')]) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}
