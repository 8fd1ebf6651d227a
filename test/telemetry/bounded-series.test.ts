import { expect, test } from 'vitest';
import { BoundedSeries, type Bucket } from '#src/telemetry/bounded-series.js';
import { createRandom } from '../build/random.js';

/** The same of all samples at once: so many a bucket. */
function plainBuckets(values: readonly number[], every: number): Bucket[] {
  const buckets: Bucket[] = [];
  for (let from = 0; from < values.length; from += every) {
    const some = values.slice(from, from + every);
    buckets.push({
      ...{ from, to: from + some.length - 1, count: some.length },
      ...{ least: Math.min(...some), most: Math.max(...some), last: some[some.length - 1] },
    });
  }
  return buckets;
}

test('series of any length keep at most so many buckets, and every least and largest value', () => {
  const random = createRandom(1);
  let halved = 0;
  for (let round = 0; round < 300; round++) {
    const most = 2 * (1 + random.int(8));
    const values = Array.from({ length: random.int(200) }, () => random.int(1000));
    const series = new BoundedSeries(most);
    for (const [at, value] of values.entries()) series.add(at, value);
    let every = 1;
    while (Math.ceil(values.length / every) > most) every *= 2;
    if (every > 1) halved++;
    expect(series.buckets(), `round ${round}`).toEqual(plainBuckets(values, every));
    expect(series.first).toBe(values[0] ?? Number.NaN);
    expect([series.count, series.size]).toEqual([values.length, Math.ceil(values.length / every)]);
  }
  expect(halved).toBeGreaterThan(100);
});
