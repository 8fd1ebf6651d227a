import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { finished, run, SERIES, start } from '../cli/run-cli.js';
import {
  canFindProcesses,
  commandOf,
  type Mark,
  markedProcesses,
  newMark,
  ticksOf,
  waitForMarked,
} from './marked-processes.js';
import { scratchFolder } from './scratch-folder.js';

/** Moments at which the command is killed: `KILLS=200 npx vitest run test/promises/interruption.test.ts` for all of them. */
const KILLS = Number(process.env.KILLS ?? 10);
const SEED = 21;
const PROMISED_MS = 5000;
/** Twice what starting a process of Node takes. */
const STARTED_TICKS = 8;
const COMMAND = ['batch', SERIES, '--json', '--progress', 'always'];

const none = (pids: readonly number[]) => pids.length === 0;

function childrenOf(mark: Mark): number[] {
  return markedProcesses(mark).filter((pid) => commandOf(pid).includes('/bin/child.js'));
}

/** Everything the command could leave behind goes to a folder of the test's. */
function scratch() {
  const folder = scratchFolder();
  const mark = newMark();
  return { folder, mark, environment: { ...mark, TMPDIR: folder, TEMP: folder, TMP: folder } };
}

describe.skipIf(!canFindProcesses)('promise 21', () => {
  let whole: string;
  let lasts: number;

  beforeAll(async () => {
    const started = performance.now();
    const { code, stdout } = await run(COMMAND);
    lasts = performance.now() - started;
    expect(code).toBe(0);
    whole = stdout;
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends the command and its children in time, without a trace', async (signal, code) => {
    const { folder, mark, environment } = scratch();
    const child = start(COMMAND, environment);
    const end = finished(child);
    await once(child.stderr as NonNullable<typeof child.stderr>, 'data');
    expect(childrenOf(mark).length).toBeGreaterThan(0);
    const signalled = performance.now();
    child.kill(signal);
    expect(await end).toMatchObject({ code, signal: null, stdout: '' });
    expect(performance.now() - signalled).toBeLessThan(PROMISED_MS);
    expect(await waitForMarked(mark, none, PROMISED_MS)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('SIGINT goes by the children, to which a terminal sends it too: the command is what it ends', async () => {
    const { mark, environment } = scratch();
    const child = start(COMMAND, environment);
    const end = finished(child);
    await once(child.stderr as NonNullable<typeof child.stderr>, 'data');
    // One that is still starting has no ear for signals yet, and dies of this one: that is another case.
    const working = await waitForMarked(
      mark,
      (pids) => pids.every((pid) => ticksOf(pid) >= STARTED_TICKS),
      PROMISED_MS,
    );
    const children = working.filter((pid) => commandOf(pid).includes('/bin/child.js'));
    expect(children.length).toBeGreaterThan(0);
    for (const pid of children) process.kill(pid, 'SIGINT');
    const { code, stdout } = await end;
    expect({ code, same: stdout === whole }).toEqual({ code: 0, same: true });
  });

  test(`SIGKILL at ${KILLS} random moments leaves no child and no file, and the next run gives the same bytes`, {
    timeout: 60_000 + KILLS * 10_000,
  }, async () => {
    const random = createRandom(SEED);
    const { folder, mark, environment } = scratch();
    let killed = 0;
    for (let round = 0; round < KILLS; round++) {
      const child = start(COMMAND, environment);
      const end = finished(child);
      await pause(random.int(Math.ceil(lasts)));
      child.kill('SIGKILL');
      if ((await end).signal === 'SIGKILL') killed++;
      expect(await waitForMarked(mark, none, PROMISED_MS)).toEqual([]);
      expect(readdirSync(folder)).toEqual([]);
      const { code, stdout } = await run(COMMAND, environment);
      expect({ code, same: stdout === whole }).toEqual({ code: 0, same: true });
    }
    expect(killed).toBeGreaterThan(KILLS / 2);
  });

  test('a child that is killed from outside costs nothing but time', async () => {
    const { mark, environment } = scratch();
    // The second try has its edges in files, where suspects are not sought.
    const command = [...COMMAND, '--no-suspects'];
    const undisturbed = await run(command);
    const child = start(command, environment);
    const end = finished(child);
    await once(child.stderr as NonNullable<typeof child.stderr>, 'data');
    process.kill(childrenOf(mark)[0], 'SIGKILL');
    const { code, stdout } = await end;
    expect({ code, same: stdout === undisturbed.stdout }).toEqual({ code: 0, same: true });
  });
});
