import { describe, expect, it } from 'vitest';
import { NODE_SORTS } from '#src/explore/class-members.js';
import { corpusFile } from '../api/snapshot-files.js';
import { exploreFile } from './explored.js';

describe('members of classes', () => {
  it.each(['chrome156', 'node20'])('%s: are those of the library, sorted three ways', async (corpus) => {
    const { graph, index, snapshot, classKeys } = await exploreFile(corpusFile(corpus));
    const { starts, sorted } = index.members;
    const keys = {
      retained: (node: number) => -graph.retainedSize[node],
      self: (node: number) => -graph.selfSizes[node],
      distance: (node: number) => (graph.distance[node] < 0 ? Number.POSITIVE_INFINITY : graph.distance[node]),
    };
    const classes = snapshot.classes();
    expect(classes.length).toBeGreaterThan(100);
    for (const { key, name, count } of classes) {
      const number = classKeys.indexOf(key);
      const found = [...sorted.retained.subarray(starts[number], starts[number + 1])];
      expect(found).toHaveLength(count);
      for (const node of found) expect(snapshot.className(node)).toBe(name);
      const members = found.toSorted((a, b) => a - b);
      for (const sort of NODE_SORTS) {
        const expected = members.toSorted((a, b) =>
          keys[sort](a) === keys[sort](b) ? 0 : keys[sort](a) - keys[sort](b),
        );
        expect([...sorted[sort].subarray(starts[number], starts[number + 1])], `${name} by ${sort}`).toEqual(expected);
      }
    }
    expect(sorted.retained).toHaveLength(classes.reduce((sum, { count }) => sum + count, 0));
  });
});
