import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Comparisons } from '#src/serve/comparisons.js';
import { LatestFirst } from '#src/serve/latest-first.js';
import { OpenSnapshots } from '#src/serve/open-snapshots.js';
import { seriesFile } from '../cli/run-cli.js';

const FILES = [1, 2, 3, 4, 5, 6, 7].map(seriesFile);

describe('what waits for its turn', () => {
  it('comes latest first, each once, and four are remembered', () => {
    const waiting = new LatestFirst<number>();
    const forgotten = [1, 2, 3, 1, 4, 5, 6].map((one) => waiting.add(one));
    expect(forgotten).toEqual([undefined, undefined, undefined, undefined, undefined, 2, 3]);
    expect([1, 2, 3, 4, 5, 6].filter((one) => waiting.has(one))).toEqual([1, 4, 5, 6]);
    expect(Array.from({ length: 5 }, () => waiting.take())).toEqual([6, 5, 4, 1, undefined]);
  });

  it('of snapshots: whoever goes through a list does not wait for all of it', async () => {
    const { signal } = new AbortController();
    const opened = new Set<number>();
    const onProgress = () => void opened.add(states().indexOf('opening'));
    const snapshots = new OpenSnapshots(FILES, { signal, maxMemory: 1e9, showValues: false, onProgress });
    const states = () => FILES.map((_, index) => snapshots.state(index).state);
    for (const index of FILES.keys()) expect(snapshots.ask(index)).toBeUndefined();
    expect(states()).toEqual(['waiting', 'closed', 'closed', 'waiting', 'waiting', 'waiting', 'waiting']);
    await snapshots.idle();
    expect([...opened]).toEqual([0, 6, 5, 4, 3]);
    snapshots.ask(1);
    await snapshots.idle();
    expect(states()).toEqual(['ready', 'ready', 'closed', 'ready', 'ready', 'ready', 'ready']);
    snapshots.close();
  });

  it('of comparisons: the latest is there before those that were asked for meanwhile', async () => {
    const abort = new AbortController();
    const comparisons = new Comparisons(FILES, abort.signal);
    for (const current of [1, 2, 3, 4, 5, 6]) expect(comparisons.ask(0, current).state).toBe('working');
    while (comparisons.ask(0, 6).state === 'working') await setImmediate();
    expect(comparisons.ask(0, 6).state).toBe('ready');
    expect(comparisons.ask(0, 5)).toMatchObject({ state: 'working' });
    abort.abort();
    await comparisons.idle();
  });
});
