import { freemem, totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { availableMemory, residentBytes } from '#src/batch/memory.js';

const MIB = 2 ** 20;
const MACHINE = { '/proc/meminfo': 'MemTotal:       16384 kB\nMemAvailable:    8192 kB\n' };
const UNLIMITED = '9223372036854771712\n';

function availableWith(files: Readonly<Record<string, string>>): number {
  return availableMemory((path) => files[path]);
}

describe('memory that is available', () => {
  it('is what the machine has without control groups', () => {
    expect(availableWith(MACHINE)).toBe(8 * MIB);
    expect(availableWith({ ...MACHINE, '/proc/self/cgroup': '0::/\n' })).toBe(8 * MIB);
  });

  it('is a guess where the system does not tell', () => {
    expect(availableWith({})).toBeGreaterThanOrEqual(totalmem() / 2);
    expect(availableWith({})).toBeLessThanOrEqual(Math.max(totalmem() / 2, freemem() + 64 * MIB));
  });

  it('is what version 2 leaves, caches that can go not counted', () => {
    const group = {
      ...MACHINE,
      '/proc/self/cgroup': '0::/service/job\n',
      '/sys/fs/cgroup/service/job/memory.max': `${6 * MIB}\n`,
      '/sys/fs/cgroup/service/job/memory.current': `${3 * MIB}\n`,
    };
    expect(availableWith(group)).toBe(3 * MIB);
    const stat = `anon 12\ninactive_file ${MIB}\nactive_file 99\n`;
    expect(availableWith({ ...group, '/sys/fs/cgroup/service/job/memory.stat': stat })).toBe(4 * MIB);
    expect(availableWith({ ...group, '/sys/fs/cgroup/service/job/memory.high': `${4 * MIB}\n` })).toBe(MIB);
  });

  it('is what the tightest of the groups around leaves, and never below nothing', () => {
    const around = {
      ...MACHINE,
      '/proc/self/cgroup': '0::/service/job\n',
      '/sys/fs/cgroup/service/job/memory.max': 'max\n',
      '/sys/fs/cgroup/service/job/memory.current': `${MIB}\n`,
      '/sys/fs/cgroup/service/memory.max': `${2 * MIB}\n`,
      '/sys/fs/cgroup/service/memory.current': `${5 * MIB}\n`,
    };
    expect(availableWith(around)).toBe(0);
  });

  it('is what version 1 leaves; no limit is a very large one', () => {
    const group = {
      ...MACHINE,
      '/proc/self/cgroup': '12:cpu:/docker/abc\n9:memory:/docker/abc\n0::/\n',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': `${5 * MIB}\n`,
      '/sys/fs/cgroup/memory/memory.usage_in_bytes': `${2 * MIB}\n`,
      '/sys/fs/cgroup/memory/memory.stat': `inactive_file 5\ntotal_inactive_file ${MIB}\n`,
    };
    expect(availableWith(group)).toBe(4 * MIB);
    expect(availableWith({ ...group, '/sys/fs/cgroup/memory/memory.limit_in_bytes': UNLIMITED })).toBe(8 * MIB);
  });

  it('of a group whose path leads upwards does not leave the folder of groups', () => {
    const files = { ...MACHINE, '/proc/self/cgroup': '0::/../../etc\n' };
    const read: string[] = [];
    availableMemory((path) => {
      read.push(path);
      return (files as Record<string, string>)[path];
    });
    for (const path of read.slice(2)) expect(path).toMatch(/^\/sys\/fs\/cgroup\//);
  });
});

describe.skipIf(process.platform !== 'linux')('resident bytes', () => {
  it('of this process are those that Node says', () => {
    const told = process.memoryUsage.rss();
    const read = residentBytes(process.pid) as number;
    expect(read).toBeGreaterThan(told / 2);
    expect(read).toBeLessThan(told * 2);
  });

  it('of no process are unknown', () => {
    expect(residentBytes(2 ** 22 + 1)).toBeUndefined();
  });
});
