import { describe, expect, test } from 'vitest';
import { signatureOf } from '#src/paths/signature.js';
import type { ToldDominator } from '#src/suspects/evidence.js';
import { suspectsOfOne } from '#src/suspects/single.js';
import { evidenceOf, patternOf } from './evidence-builder.js';

function dominatorOf(
  retainedSize: number,
  members: ToldDominator['members'] | null = { className: 'Item', count: 50, retainedSize: retainedSize / 2 },
): ToldDominator {
  return {
    className: 'Service',
    retainedSize,
    accumulation: {
      ...{ className: 'Map', id: 4711, retainedSize },
      holder: { expression: 'Service.items', kind: 'field', place: { script: '/a/b.js', line: 3, column: 1 } },
      path: ['[] global', '.service Service', '.items Map'],
      identity: 'of the map',
    },
    ...(members && { members }),
  };
}

describe('suspects of one snapshot', () => {
  test('are what much memory comes together in: a pattern, never more than half sure', () => {
    const [suspect, ...others] = suspectsOfOne(evidenceOf({ dominators: [dominatorOf(400_000)] }));
    expect(others).toEqual([]);
    expect(suspect).toEqual({
      signature: signatureOf('of the map'),
      title: 'Service.items retains 50 Item',
      verdict: 'pattern',
      confidence: expect.closeTo(0.2, 12),
      seedScore: null,
      growth: null,
      retainedSize: 400_000,
      holder: { expression: 'Service.items', kind: 'field', place: { script: '/a/b.js', line: 3, column: 1 } },
      path: ['[] global', '.service Service', '.items Map'],
      evidence: [
        { label: 'share of the heap', value: 0.4 },
        { label: 'bytes of Item', value: 200_000 },
      ],
      detectors: [],
      repair: 'See whether Service.items is meant to hold so much; a second snapshot tells whether it grows',
      sampleIds: [4711],
      terms: {
        ...{ growth: 0, ages: 0, share: 0, regularity: 0, detectors: 0.4 },
        ...{ artifact: 1, bounded: 1, plateau: 1 },
      },
    });
    const [whole] = suspectsOfOne(evidenceOf({ dominators: [dominatorOf(1_000_000, null)] }));
    expect(whole).toMatchObject({ title: 'Service.items retains Map', confidence: 0.5 });
    expect(whole.evidence).toEqual([{ label: 'share of the heap', value: 1 }]);
  });

  test('take up the patterns of the same holder that are about most of the memory', () => {
    const { holder } = dominatorOf(1).accumulation;
    const findings = [
      patternOf('of the map', { strength: 0.7, bytes: 500_000 }, { holder }),
      patternOf('of its items', { strength: 0.6, name: 'second-pattern', bytes: 200_000, bounded: 0.5 }, { holder }),
      patternOf('of little', { strength: 0.9, bytes: 199_999 }, { holder }),
      patternOf('elsewhere', { strength: 0.9, bytes: 400_000 }, {}),
    ];
    const found = suspectsOfOne(evidenceOf({ findings, dominators: [dominatorOf(400_000)] }));
    expect(found.map(({ title }) => title)).toEqual([
      'Service.items retains 50 Item',
      'global.elsewhere: elsewhere as a pattern',
      'Service.items: of little as a pattern',
    ]);
    expect(found[0]).toMatchObject({
      detectors: ['test-pattern', 'second-pattern'],
      repair: 'Bound global.of the map',
      confidence: expect.closeTo(0.175, 12),
      terms: { detectors: 0.7, bounded: 0.5 },
    });
    expect(found[0].evidence.map(({ value }) => value)).toEqual([0.4, 200_000, 'of the map', 'of its items']);
    expect(found[1]).toMatchObject({
      signature: signatureOf('identity of elsewhere'),
      retainedSize: 400_000,
      sampleIds: [5, 3],
    });
  });

  test('leave out patterns that are not told and those that say nothing, and keep the 50 largest', () => {
    const findings = [
      patternOf('not told'),
      patternOf('weak', { strength: 0 }, {}),
      ...Array.from({ length: 60 }, (_, at) => patternOf(`p${at}`, { bytes: 1000 + at }, {})),
    ];
    const found = suspectsOfOne(evidenceOf({ findings }));
    expect(found).toHaveLength(50);
    expect(found.map(({ retainedSize }) => retainedSize)).toEqual(Array.from({ length: 50 }, (_, at) => 1059 - at));
    expect(found[0]).toMatchObject({ confidence: expect.closeTo(0.25, 12), title: 'global.p59: p59 as a pattern' });
  });
});
