import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from '../build/random.js';
import { finished, run, SERIES, start } from '../cli/run-cli.js';
import { scratchFolder } from './scratch-folder.js';

/** Moments at which the command is killed: `KILLS=200 npx vitest run test/promises/cache-interruption.test.ts` for all of them. */
const KILLS = Number(process.env.KILLS ?? 8);
const COMMAND = ['batch', SERIES, '--json', '--progress', 'always'];

const caches = join(scratchFolder(), 'caches');
const command = [...COMMAND, `--cache=${caches}`];
const partial = () => (existsSync(caches) ? readdirSync(caches).filter((name) => !name.endsWith('.heapidx')) : []);

test('promise 21: SIGTERM leaves no half-written cache', async () => {
  const child = start(command);
  const end = finished(child);
  await once(child.stderr as NonNullable<typeof child.stderr>, 'data');
  child.kill('SIGTERM');
  expect(await end).toMatchObject({ code: 143, stdout: '' });
  expect(partial()).toEqual([]);
});

test(`promise 21: SIGKILL at ${KILLS} random moments: the next run gives the same bytes and tidies up`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const random = createRandom(22);
  rmSync(caches, { recursive: true, force: true });
  const started = performance.now();
  const { stdout: whole } = await run(command);
  const lasts = performance.now() - started;
  let killed = 0;
  for (let round = 0; round < KILLS; round++) {
    if (round % 2 === 0) for (const name of readdirSync(caches)) rmSync(join(caches, name));
    const child = start(command);
    const end = finished(child);
    await pause(random.int(Math.ceil(lasts)));
    child.kill('SIGKILL');
    if ((await end).signal === 'SIGKILL') killed++;
    const { code, stdout } = await run(command);
    expect({ code, same: stdout === whole }).toEqual({ code: 0, same: true });
    expect(partial()).toEqual([]);
  }
  expect(killed).toBeGreaterThan(KILLS / 4);
});
