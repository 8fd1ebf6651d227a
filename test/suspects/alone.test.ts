import { expect, test } from 'vitest';
import { collectEvidence } from '#src/suspects/collect.js';
import { NOT_LISTED } from '#src/suspects/evidence.js';
import { suspectsOfOne } from '#src/suspects/single.js';
import { corpusFile } from '../api/snapshot-files.js';
import { seriesFile } from '../cli/run-cli.js';
import { tellFile } from '../paths/told-snapshot.js';

const FILES = [seriesFile(8), ...['node18', 'node24', 'chrome156'].map(corpusFile)];

test.each(FILES)('a snapshot that is never compared has the suspects it has as part of a series: %s', async (file) => {
  const { arena, view } = await tellFile(file);
  const inSeries = await collectEvidence(arena, view.snapshot, { isTold: true });
  const alone = await collectEvidence(arena, view.snapshot, { isTold: true, isAlone: true });
  expect(alone.findings.length).toBeGreaterThan(0);
  // Positions in a table that is not there are no positions.
  const unlisted = { chain: expect.any(Array), sampleGroups: expect.any(Array) };
  const comparable = inSeries.findings.map((pattern) => ({ ...pattern, told: { ...pattern.told, ...unlisted } }));
  expect(alone.findings).toEqual(comparable);
  for (const { told } of alone.findings) expect(new Set(told?.chain)).toEqual(new Set([NOT_LISTED]));
  expect(suspectsOfOne(alone)).toEqual(suspectsOfOne(inSeries));
  expect(alone.groups.members.length).toBe(0);
});
