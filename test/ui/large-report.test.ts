import { join } from 'node:path';
import { analyze } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import type { AnalysisInput } from '#src/report/reporter.js';
import { createScreen } from '#src/report/screen.js';
// @ts-expect-error: what makes snapshots for benchmarks is plain JavaScript
import { writeSnapshot } from '../../bench/generator/snapshot.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { readIsland } from '../report/readers/island.js';
import { rendered } from '../report/rendered.js';
import { pictureOf } from './picture.js';
import { withPicture } from './report-inputs.js';

const folder = scratchFolder();
const NODES = 1_000_000;

describe('a snapshot of a million nodes', () => {
  test('gives a file of 5 MB at most, which says what was cut', async () => {
    const file = join(folder, 'large.heapsnapshot');
    writeSnapshot(file, { nodeCount: NODES, edgeCount: 3 * NODES, seed: 6 });
    const analysis = withPicture(await analyze([file], { top: 10_000 }), await pictureOf(file));
    const input: AnalysisInput = {
      kind: 'analysis',
      analysis,
      screen: createScreen(100, false),
      rows: 15,
      root: '/srv',
    };
    const page = await rendered('html', input);
    expect(Buffer.byteLength(page)).toBeLessThan(1_500_000);
    const { leftOut, tree } = readIsland(page);
    expect(tree?.nodeCount).toBe(NODES);
    expect(tree?.depth.length).toBe(5000);
    expect(leftOut).toContainEqual({ what: 'nodes of the dominator tree', shown: 5000, of: NODES });
  });
});
