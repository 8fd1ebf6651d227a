import type { AllocationSite, GrowingSite, HeapProfile } from '../base/profile-types.js';
import { compareSites } from './site-table.js';
import { Texts } from './texts.js';

const MOST_GROWING = 50;

interface Draft {
  readonly values: number[];
  /** Of the latest profile that has it: only what the last one has can have grown. */
  site: AllocationSite;
}

/**
 * The 50 functions that have grown most from the first profile to the last, by bytes, then by name and place. Of two profiles that is what
 * pprof's `-diff_base` shows of a rise. Functions are the same where name, script, line and column are.
 */
export function diffProfiles(series: readonly HeapProfile[]): GrowingSite[] {
  const drafts = new Map<string, Draft>();
  const texts = new Texts();
  for (const [at, { sites }] of series.entries()) {
    for (const site of sites) {
      const key = `${texts.numberOf(site.function)}:${texts.numberOf(site.script)}:${site.line}:${site.column}`;
      const draft = drafts.get(key) ?? { site, values: series.map(() => 0) };
      draft.site = site;
      draft.values[at] = site.selfSize;
      drafts.set(key, draft);
    }
  }
  return Array.from(drafts.values(), growthOf)
    .filter(({ delta }) => delta > 0)
    .sort((a, b) => b.delta - a.delta || compareSites(a, b))
    .slice(0, MOST_GROWING);
}

function growthOf({ site: { function: name, script, line, column, count, stack }, values }: Draft): GrowingSite {
  return {
    ...{ function: name, script, line, column, values },
    delta: values[values.length - 1] - values[0],
    rises: values.filter((value, at) => at > 0 && value > values[at - 1]).length,
    ...(count !== undefined && { count }),
    stack,
  };
}
