import { openSnapshot, whatIf } from 'heapsleuth';
import { beforeAll, describe, expect, it } from 'vitest';
import { sourceOf } from '#src/read/file.js';
import { seriesFile } from '../cli/run-cli.js';
import { analyseWith, type EngineAnalysis } from '../engine/engine.js';
import { lossWithout } from './engine.js';

const FILE = seriesFile(8);
/** Nodes tried of each snapshot: every so many. */
const TRIED = 60;

describe('the map of the demo series', () => {
  let map: { id: number; retained: number; heap: number };
  beforeAll(async () => {
    const snapshot = await openSnapshot(FILE);
    const [leaked] = snapshot.members('RequestContext').filter((node) => snapshot.pathToRoot(node).length > 3);
    const step = snapshot.pathToRoot(leaked).find(({ name }) => name === 'inFlight');
    const node = step?.to as number;
    const { id, retainedSize } = snapshot.columns;
    map = { id: id[node], retained: retainedSize[node], heap: snapshot.totalSize };
    snapshot.close();
  });

  it('frees its retained size when it is cut', async () => {
    const report = await whatIf(FILE, [`@${map.id}`]);
    expect(map.retained).toBeGreaterThan(8_000_000);
    expect(report).toMatchObject({ file: FILE, sumOfRetained: map.retained, total: map.heap });
    expect(report.freed.bytes).toBe(map.retained);
    expect(report.cuts).toEqual([{ expression: `@${map.id}`, nodes: 1, edges: 0 }]);
  });

  it('and the same when only its edge is', async () => {
    const report = await whatIf(FILE, ['class:InvoiceServer.inFlight'], { top: 3 });
    expect(report.freed.bytes).toBe(map.retained);
    expect(report.cuts[0].edges).toBe(1);
    expect(report.classes).toHaveLength(3);
    expect(report.classes[0]).toMatchObject({ name: 'system / JSArrayBufferData', count: 500 });
  });

  it('what several hold together counts, unlike in their retained sizes', async () => {
    const [together, apart] = [
      await whatIf(FILE, ['class:Buffer']),
      await whatIf(FILE, [`@${map.id}`, 'class:Buffer']),
    ];
    expect(together.freed.bytes).toBeGreaterThan(8_000_000);
    expect(apart.freed.bytes).toBeLessThan(apart.sumOfRetained);
    expect(apart.freed.bytes).toBeGreaterThan(map.retained);
  });
});

describe.each([['node18'], ['node26'], ['chrome156'], ['expose-internals']])(
  '%s: a node that is cut frees its retained size',
  (name) => {
    let engine: EngineAnalysis;
    beforeAll(async () => {
      const file = new URL(`../corpus/${name}.heapsnapshot.gz`, import.meta.url).pathname;
      engine = await analyseWith(sourceOf(file));
    });

    it(`for ${TRIED} of its nodes, the root among them`, () => {
      const { retainedSize } = engine;
      const step = Math.floor(retainedSize.length / TRIED);
      for (let node = 0; node < retainedSize.length; node += step) {
        expect(lossWithout(engine, [node]).freed.bytes, `node ${node}`).toBe(retainedSize[node]);
      }
    });
  },
);

describe('whatIf rejects', () => {
  it('what is no expression before it looks for the file', async () => {
    await expect(whatIf('absent', ['nonsense'])).rejects.toMatchObject({ code: 'CUT' });
  });

  it('what matches nothing, and says in which file', async () => {
    await expect(whatIf(FILE, ['class:NoSuchClass'])).rejects.toMatchObject({ code: 'CUT', file: FILE });
  });

  it('a file that cannot be read', async () => {
    await expect(whatIf('absent', ['@1'])).rejects.toMatchObject({ code: 'UNREADABLE', file: 'absent' });
  });

  it('with the reason of a signal', async () => {
    await expect(whatIf(FILE, ['@1'], { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
  });
});
