import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type MeasureOptions, measureLeaks } from '#src/matchers/vitest.js';
import { scratchFolder } from '../promises/scratch-folder.js';

const folder = scratchFolder();
/** As few as can be compared: what is tested here is not how sure a suspect is. */
const SHORT: MeasureOptions = { rounds: 2, perRound: 2, warmUp: 0, folder };

function left(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('heapsleuth-'));
}

describe('measureLeaks', () => {
  test('finds what a test leaks, by the name of its variable, and not what it lets go of', async () => {
    class Session {
      readonly cart: object[] = [];
    }
    const openSessions = new Map<number, Session>();
    const leaking = await measureLeaks((call) => openSessions.set(call, new Session()), { folder });
    expect(openSessions.size).toBe(200);
    expect(leaking).not.toHaveNoLeak();
    const [{ holder, growth, title }] = leaking.suspects ?? [];
    expect(holder.expression).toMatch(/\bopenSessions\b/);
    expect(title).toMatch(/keeps Session$/);
    expect(growth?.countPerInterval).toBe(20);
    expect(growth?.count).toEqual([60, 80, 100, 120, 140, 160, 180, 200]);
    expect(leaking.rounds).toMatchObject({ count: 8, perRound: 20, warmUp: 2, folder: null });
    expect(leaking.rounds.heapUsed).toHaveLength(8);
    for (const bytes of leaking.rounds.heapUsed) expect(bytes).toBeGreaterThan(1e6);
    expect(leaking.snapshots.map(({ file }) => file)).toEqual(
      Array.from({ length: 8 }, (_, at) => `round-${at + 1}.heapsnapshot`),
    );

    let session: Session | undefined;
    const innocent = await measureLeaks(
      async () => {
        session = new Session();
        await null;
      },
      { folder },
    );
    expect(session).toBeDefined();
    expect(innocent).toHaveNoLeak();
    expect(left()).toEqual([]);
  });

  test('calls as often as it says, one call after the other', async () => {
    const seen: number[] = [];
    let running = 0;
    let most = 0;
    await measureLeaks(
      async (call) => {
        most = Math.max(most, ++running);
        seen.push(call);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
      },
      { rounds: 2, perRound: 3, warmUp: 1, folder },
    );
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most).toBe(1);
  });

  test('keeps the snapshots where it is told to, for their owner alone', async () => {
    const analysis = await measureLeaks(() => {}, { ...SHORT, folder: mkdtempSync(join(folder, 'kept-')), keep: true });
    const kept = analysis.rounds.folder ?? '';
    expect(statSync(kept).mode & 0o777).toBe(0o700);
    expect(readdirSync(kept)).toEqual(['round-1.heapsnapshot', 'round-2.heapsnapshot']);
    expect(analysis.snapshots.map(({ file }) => file)).toEqual(readdirSync(kept).map((name) => join(kept, name)));
  });

  test('lists every class, so that one that is not there has no instances', async () => {
    const analysis = await measureLeaks(() => {}, SHORT);
    const [first] = analysis.snapshots;
    if (!first.ok || first.mode === 'shallow') throw new Error('found no report');
    expect(first.classCount).toBeGreaterThan(50);
    expect(first.classes).toHaveLength(first.classCount);
    expect(analysis).toRetainLessThan(1, { class: 'Nobody' });
  });

  test('uses the collector it is given, and waits for it', async () => {
    const collected: string[] = [];
    await measureLeaks(() => void collected.push('call'), {
      ...SHORT,
      perRound: 1,
      gc: async () => {
        await null;
        collected.push('gc');
      },
    });
    expect(collected).toEqual(['call', 'gc', 'gc', 'call', 'gc', 'gc']);
  });

  test('leaves no collector behind', async () => {
    const { runInNewContext } = await import('node:vm');
    await measureLeaks(() => {}, SHORT);
    expect(runInNewContext('typeof gc')).toBe('undefined');
  });

  test('does not notice that timers stand still', async () => {
    vi.useFakeTimers();
    try {
      const analysis = await measureLeaks(() => {}, { ...SHORT, timeout: 250_000 });
      expect(analysis.snapshots.map(({ ok }) => ok)).toEqual([true, true]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('finalization callbacks have run when a round ends', async () => {
    const names = new Map<number, string>();
    const registry = new FinalizationRegistry<number>((call) => names.delete(call));
    const sizes: number[] = [];
    await measureLeaks(
      (call) => {
        if (call % 20 === 0) sizes.push(names.size);
        names.set(call, 'still there');
        registry.register({}, call);
      },
      { rounds: 3, perRound: 20, warmUp: 0, folder },
    );
    // The last object of a round may still be in a register.
    for (const size of sizes) expect(size).toBeLessThanOrEqual(1);
    expect(sizes).toHaveLength(3);
  });
});

describe('leaves nothing behind', () => {
  afterEach(() => expect(left()).toEqual([]));

  test('where the function throws, at once or later', async () => {
    const wrong = new Error('the function failed');
    const throwing = (call: number) => {
      if (call === 3) throw wrong;
    };
    await expect(measureLeaks(throwing, SHORT)).rejects.toBe(wrong);
    await expect(measureLeaks(async (call) => throwing(call), SHORT)).rejects.toBe(wrong);
  });

  test('where it is aborted: before, in a call that never ends, while the child is at work', async () => {
    const reason = new Error('no longer wanted');
    await expect(measureLeaks(() => {}, { ...SHORT, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const during = new AbortController();
    const never = measureLeaks(
      (call) => {
        if (call < 3) return undefined;
        queueMicrotask(() => during.abort(reason));
        return new Promise(() => {});
      },
      { ...SHORT, signal: during.signal },
    );
    await expect(never).rejects.toBe(reason);
    const late = new AbortController();
    let collections = 0;
    const atWork = measureLeaks(() => {}, {
      ...SHORT,
      signal: late.signal,
      // Behind the last collection comes the last snapshot, and then the child.
      gc: () => {
        if (++collections === 4) setTimeout(() => late.abort(reason), 0);
      },
    });
    await expect(atWork).rejects.toBe(reason);
  });

  test('where it takes too long', async () => {
    await expect(measureLeaks(() => new Promise(() => {}), { ...SHORT, timeout: 50 })).rejects.toThrow(
      'measureLeaks: found no end after 50 ms, expected one by then',
    );
  });

  test('of a signal that outlives it', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await measureLeaks(async () => {}, { ...SHORT, signal });
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls.length).toBeGreaterThanOrEqual(added.mock.calls.length);
  });

  test('where a snapshot cannot be written', async () => {
    const nowhere = join(folder, 'nowhere');
    await expect(measureLeaks(() => {}, { ...SHORT, folder: nowhere })).rejects.toThrow('ENOENT');
    mkdirSync(nowhere);
    const removing = (call: number) => {
      if (call === 2) for (const name of readdirSync(nowhere)) rmSync(join(nowhere, name), { recursive: true });
    };
    await expect(measureLeaks(removing, { ...SHORT, folder: nowhere })).rejects.toThrow();
    expect(readdirSync(nowhere)).toEqual([]);
  });
});

test.each([
  [{ rounds: 1 }, 'rounds: found 1, expected a whole number, 2 or more'],
  [{ rounds: 2.5 }, 'rounds: found 2.5'],
  [{ perRound: 0 }, 'perRound: found 0'],
  [{ warmUp: -1 }, 'warmUp: found -1'],
  [{ timeout: 0 }, 'timeout: found 0'],
  [{ rounds: Number.POSITIVE_INFINITY }, 'rounds: found Infinity'],
])('refuses %o before it calls anything', async (options, message) => {
  const measured = vi.fn();
  await expect(measureLeaks(measured, options)).rejects.toThrow(message);
  expect(measured).not.toHaveBeenCalled();
});
