import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesNeeded, type Demand, demandOf, PROCESS_BYTES } from '#src/batch/estimate.js';
import { corpusFile } from '../api/snapshot-files.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';

const folder = scratchFolder();
const TEXT = Buffer.from(toJson(randomGraph(5))).toString('utf8');

/** A file whose header claims these counts, and whose content is that long at least. */
function claiming(name: string, nodes: number, edges: number, bytes: number): string {
  const header = TEXT.replace(/"node_count":\d+/, `"node_count":${nodes}`).replace(
    /"edge_count":\d+/,
    `"edge_count":${edges}`,
  );
  return writeIn(folder, name, header + ' '.repeat(bytes));
}

const of = (file: string, size: number): Promise<Demand> => demandOf(file, size);

describe('the memory a snapshot will need', () => {
  it('comes from the counts of its header', async () => {
    const file = claiming('counts', 1000, 5000, 80_000);
    const demand = await of(file, 0);
    expect(demand.guessed).toBe(false);
    expect(demand.columns).toBeGreaterThanOrEqual(64 * 1000 + 13 * 5000);
    expect(demand.columns).toBeLessThan(64 * 1000 + 13 * 5000 + 20_000);
    expect(bytesNeeded(demand, 1)).toBe(PROCESS_BYTES + demand.columns);
    expect(bytesNeeded(demand, 2)).toBe(PROCESS_BYTES + demand.columns + demand.beside);
    expect(demand.beside).toBeGreaterThan(16 * 1000);
  });

  it('includes text, which stays in memory', async () => {
    const [short, long] = [claiming('short', 1000, 5000, 90_000), claiming('long', 1000, 5000, 1_090_000)];
    expect((await of(long, 0)).columns - (await of(short, 0)).columns).toBe(1_000_000);
  });

  it.each(['.gz', '.zst'])('of a compressed file comes from its header too: %s', async (suffix) => {
    const demand = await of(corpusFile('node12').replace(/\.gz$/, suffix), 0);
    expect(demand.guessed).toBe(false);
    const { columns } = await of(corpusFile('node12'), 0);
    expect(demand.columns).toBe(columns);
  });

  it.each([
    ['garbage', '\x7fELF\x02\x01', 2],
    ['compressed garbage', gzipSync('nothing to see'), 16],
    ['a header behind the nodes', `{"nodes":[],"snapshot":${' '.repeat(20_000)}{}}`, 2],
    ['counts that the file cannot hold', TEXT.replace(/"node_count":\d+/, '"node_count":1000000000000'), 2],
  ])('is guessed by the size for %s', async (name, content, factor) => {
    expect(await of(writeIn(folder, name, content), 1000)).toEqual({
      columns: factor * 1000,
      beside: 0,
      guessed: true,
    });
  });

  it.each(['', 'nothing here', 'damaged'])('is nothing for a file that cannot be read: "%s"', async (name) => {
    writeIn(folder, 'damaged', Buffer.from('1f8b0800000000000003ffff', 'hex'));
    expect(await of(join(folder, name), 0)).toEqual({ columns: 0, beside: 0, guessed: true });
  });

  it('is never more than what the engine can address', async () => {
    const compressed = writeIn(folder, 'vast', gzipSync(TEXT.replace(/"node_count":\d+/, '"node_count":999999999999')));
    expect((await of(compressed, 0)).columns).toBeLessThan(2 ** 32);
  });
});
