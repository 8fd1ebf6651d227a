import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Bytes } from '../base/types.js';

/** Text of a system file; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

/**
 * Memory that this process and its children can still take without anybody being killed or swapped out for it: what the
 * machine has, or less where a control group of this process (a container's, a service's) allows less.
 */
export function availableMemory(read: ReadText = readText): Bytes {
  return Math.min(availableOnMachine(read), ...groupFolders(read).map((folder) => roomIn(folder, read)));
}

/** Resident bytes of a process; undefined where the system does not tell, or the process has ended. */
export function residentBytes(pid: number, read: ReadText = readText): Bytes | undefined {
  return kilobytes(read(`/proc/${pid}/status`), 'VmRSS');
}

function availableOnMachine(read: ReadText): Bytes {
  // Elsewhere what counts as free leaves out the caches that the system would give back, so half of everything is a better guess.
  return kilobytes(read('/proc/meminfo'), 'MemAvailable') ?? Math.max(freemem(), totalmem() / 2);
}

interface GroupFolder {
  readonly path: string;
  /** Version of the control groups: the names of the files differ. */
  readonly version: 1 | 2;
}

/** The folders of this process's control group and of all around it: each may set a limit. */
function groupFolders(read: ReadText): GroupFolder[] {
  const folders: GroupFolder[] = [];
  for (const line of (read('/proc/self/cgroup') ?? '').split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined) continue;
    if (controllers === '') {
      // Beside version 1, version 2 has a folder of its own.
      for (const root of ['/sys/fs/cgroup', '/sys/fs/cgroup/unified']) folders.push(...upwards(root, path, 2));
    } else if (controllers.split(',').includes('memory')) {
      folders.push(...upwards('/sys/fs/cgroup/memory', path, 1));
    }
  }
  return folders;
}

/** In a container the path may be the host's, which leads nowhere; the root is then the container's own group. */
function upwards(root: string, path: string, version: 1 | 2): GroupFolder[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '.' && name !== '..');
  return Array.from({ length: names.length + 1 }, (_, depth) => ({
    path: join(root, ...names.slice(0, names.length - depth)),
    version,
  }));
}

const FILES = {
  1: { limits: ['memory.limit_in_bytes'], usage: 'memory.usage_in_bytes', cache: 'total_inactive_file' },
  2: { limits: ['memory.max', 'memory.high'], usage: 'memory.current', cache: 'inactive_file' },
} as const;

function roomIn({ path, version }: GroupFolder, read: ReadText): Bytes {
  const { limits, usage, cache } = FILES[version];
  const limit = Math.min(...limits.map((name) => wholeNumber(read(join(path, name)))));
  const used = wholeNumber(read(join(path, usage)));
  if (!Number.isFinite(limit) || !Number.isFinite(used)) return Number.POSITIVE_INFINITY;
  // Pages of files read once count as used and are given back when needed.
  const [, cached] = new RegExp(`^${cache} (\\d+)$`, 'm').exec(read(join(path, 'memory.stat')) ?? '') ?? [];
  return Math.max(0, limit - Math.max(0, used - Number(cached ?? 0)));
}

/** Infinite where there is no number: no file, or the word `max`. */
function wholeNumber(text: string | undefined): number {
  return text !== undefined && /^\d+\s*$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

function kilobytes(text: string | undefined, field: string): Bytes | undefined {
  const [, number] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(text ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * 1024;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
