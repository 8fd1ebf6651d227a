import { describe, expect, test } from 'vitest';
import { analyze, analyzeHere } from '#src/batch/analyze.js';

const FILE = new URL('../corpus/node26.heapsnapshot.gz', import.meta.url).pathname;
const MISSING = new URL('../corpus/nothing.heapsnapshot', import.meta.url).pathname;

describe('a file analysed on the calling thread', () => {
  test('gives what a thread of its own gives', async () => {
    const stages: string[] = [];
    const here = await analyzeHere(FILE, { onProgress: ({ stage }) => stages.push(stage) });
    expect(here).toEqual(await analyze(FILE));
    expect([...new Set(stages)]).toEqual(['read', 'graph', 'dominators', 'distances', 'classes', 'done']);
  });

  test('is an outcome when it cannot be read', async () => {
    const { snapshots } = await analyzeHere(MISSING);
    expect(snapshots).toMatchObject([{ ok: false, file: MISSING, error: { code: 'UNREADABLE' } }]);
  });

  test.each(['read', 'graph', 'classes'])('rejects with the reason of an abort while at %s', async (at) => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ stage }: { stage: string }) => {
      if (stage === at) abort.abort(reason);
    };
    await expect(analyzeHere(FILE, { signal: abort.signal, onProgress })).rejects.toBe(reason);
    // The arena and the second thread serve the next call as if nothing had happened.
    expect(await analyzeHere(FILE)).toEqual(await analyze(FILE));
  });
});
