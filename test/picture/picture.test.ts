import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AnalyzeOptions, analyze, findWaste, type SnapshotReport } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import type { PictureOptions, SnapshotPicture } from '#src/base/report-types.js';
import { analyzeHere } from '#src/batch/analyze.js';
import { analysisJson } from '#src/report/json.js';
import { corpusFile, scratchFolder, writeWithNode } from '../api/snapshot-files.js';
import { seriesFile } from '../cli/run-cli.js';
import { writeIn } from '../promises/scratch-folder.js';

const folder = scratchFolder();
const SERIES = [6, 7, 8].map(seriesFile);
const BROKEN = writeIn(folder, 'broken.heapsnapshot', '{"snapshot":');

async function pictures(files: readonly string[], options: AnalyzeOptions): Promise<(SnapshotPicture | undefined)[]> {
  const { snapshots } = await analyze(files, { picture: true, ...options });
  return snapshots.map((outcome) => (outcome as SnapshotReport).picture);
}

describe('what is shown of a series', () => {
  test('is the same from threads and processes, with suspects and without, and of the last snapshot that can be read', async () => {
    const [last] = await pictures([SERIES[2]], {});
    expect(last?.tree.id).toHaveLength(5000);
    expect(last?.waste).toEqual(await findWaste(SERIES[2]));
    for (const isolation of ['thread', 'process'] as const)
      for (const suspects of [undefined, false] as const) {
        const found = await pictures([...SERIES, BROKEN], { isolation, suspects });
        expect(found).toEqual([undefined, undefined, last, undefined]);
      }
  });

  test('is the same of a file that is analysed here, and is in no document', async () => {
    const [shown] = await pictures([corpusFile('node24')], {});
    const here = await analyzeHere(corpusFile('node24'), { picture: true });
    expect((here.snapshots[0] as SnapshotReport).picture).toEqual(shown);
    expect(analysisJson(here)).toBe(analysisJson(await analyzeHere(corpusFile('node24'))));
    const text = JSON.stringify(shown);
    expect(text).toBe(JSON.stringify((await pictures([corpusFile('node24')], {}))[0]));
    expect(text.length).toBeLessThan(400_000);
  });

  test('is as much as is asked for, and has no values unless they are', async () => {
    const [file] = writeWithNode(folder, 'values', 1);
    const picture: PictureOptions = { nodes: 40, wasteItems: 1 };
    const [few] = await pictures([file], { picture });
    expect(few?.tree.id).toHaveLength(40);
    expect(few?.waste.kinds.every(({ items }) => items.length <= 1)).toBe(true);
    const [hidden] = await pictures([file], {});
    const [all] = await pictures([file], { picture: { showValues: true, nodes: 100_000, wasteItems: 10_000 } });
    const secret = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
    expect(JSON.stringify(all).includes(secret)).toBe(true);
    expect(JSON.stringify(hidden).includes(secret)).toBe(false);
  });

  test('is not there where edges are in files, nor where they are not looked at', async () => {
    expect(await pictures([SERIES[2]], { mode: 'external' })).toEqual([undefined]);
    expect(await pictures([SERIES[2]], { mode: 'shallow' })).toEqual([undefined]);
  });
});

describe('what is shown comes from a cache', () => {
  test.each(['thread', 'process'] as const)('by its options, of a %s', async (isolation) => {
    const cache = join(folder, `cache-${isolation}`);
    const options = { isolation, cache } as const;
    const [expected] = await pictures([SERIES[0]], {});
    // A report without a picture is none where one is asked for.
    await analyze([SERIES[0]], options);
    expect(await pictures([SERIES[0]], options)).toEqual([expected]);
    const stages: string[] = [];
    const again = await pictures([SERIES[0]], { ...options, onProgress: ({ stage }) => stages.push(stage) });
    expect(again).toEqual([expected]);
    expect(new Set(stages)).toEqual(new Set(['done']));
    const [fewer] = await pictures([SERIES[0]], { ...options, picture: { nodes: 10 } });
    expect(fewer?.tree.id).toHaveLength(10);
    expect(await pictures([SERIES[0]], { ...options, picture: false })).toEqual([undefined]);
    rmSync(cache, { recursive: true });
  });
});
