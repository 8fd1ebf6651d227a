// Whether what was found is right. Pure functions: runs in, figures out.

/**
 * @typedef {{confidence: number, holder: {expression: string}}} Found what is needed of a suspect
 * @typedef {{pattern: string, variant: 'leaky' | 'fixed' | 'innocent', half: 'A' | 'B', node: string,
 *   label: import('./corpus.js').Label, suspects: Found[]}} Run one program in one version of Node
 * @typedef {{pattern: string, variant: string, rank: number, reported: number, reportedRight: number}} Judged
 *   `rank` of the first right suspect, from 1, Infinity without one; `reported`: suspects above the threshold
 */

/** From this confidence on a suspect counts as reported. */
export const REPORTED = 0.75;

/** Whether a text contains one of the words as a whole one: `jobs` is in `queue.jobs`, not in `jobsDone`. */
export function mentions(text, words) {
  return words.some((word) =>
    new RegExp(`(?<![\\w$])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`).test(text),
  );
}

export function isRight({ variant, label }, { holder }) {
  return variant === 'leaky' && mentions(holder.expression, label.holders);
}

/**
 * @param {Run} run
 * @returns {Judged}
 */
export function judge(run) {
  const { pattern, variant, suspects } = run;
  const reported = suspects.filter(({ confidence }) => confidence >= REPORTED);
  return {
    pattern,
    variant,
    rank: rankOf(suspects.map((suspect) => isRight(run, suspect))),
    reported: reported.length,
    reportedRight: reported.filter((suspect) => isRight(run, suspect)).length,
  };
}

/** Place of the first right answer, from 1. */
export function rankOf(rights) {
  const position = rights.indexOf(true);
  return position < 0 ? Number.POSITIVE_INFINITY : position + 1;
}

const NOTHING = {
  ...{ leaky: 0, first: 0, third: 0, tenth: 0, reciprocal: 0, alarmed: 0, fixed: 0, fixedAlarms: 0 },
  ...{ innocent: 0, innocentAlarms: 0, reportedLeaky: 0, reported: 0, reportedRight: 0 },
};

/** Counts that every metric is a ratio of, so that those of patterns can be added up. */
export function countsOf(judged) {
  const counts = { ...NOTHING };
  for (const { variant, rank, reported, reportedRight } of judged) {
    counts[variant]++;
    counts.reported += reported;
    counts.reportedRight += reportedRight;
    if (variant === 'leaky') {
      counts.first += Number(rank <= 1);
      counts.third += Number(rank <= 3);
      counts.tenth += Number(rank <= 10);
      counts.reciprocal += 1 / rank;
      counts.alarmed += Number(reportedRight > 0);
      counts.reportedLeaky += reported;
    } else counts[`${variant}Alarms`] += Number(reported > 0);
  }
  return counts;
}

export function addCounts(all) {
  const sum = { ...NOTHING };
  for (const counts of all) for (const name in sum) sum[name] += counts[name];
  return sum;
}

/** NaN where there is nothing to take a share of. */
export function metricsOf(counts) {
  return {
    recall1: counts.first / counts.leaky,
    recall3: counts.third / counts.leaky,
    recall10: counts.tenth / counts.leaky,
    mrr: counts.reciprocal / counts.leaky,
    /** Leaks with a right suspect above the threshold. */
    reported: counts.alarmed / counts.leaky,
    /** Of the suspects reported in leaky programs, the labelled ones. */
    precision: counts.reportedRight / counts.reportedLeaky,
    /** Those reported in fixed and innocent programs count as wrong ones. */
    precisionOfAll: counts.reportedRight / counts.reported,
    fixedAlarms: counts.fixedAlarms / counts.fixed,
    innocentAlarms: counts.innocentAlarms / counts.innocent,
  };
}

const DECILES = 10;

/**
 * What share of the suspects with such a confidence are right. Every suspect of a fixed or innocent program is wrong.
 * @param {Run[]} runs
 */
export function calibrationOf(runs) {
  const bins = Array.from({ length: DECILES }, (_, at) => ({ from: at / DECILES, count: 0, right: 0, sum: 0 }));
  for (const run of runs) {
    for (const suspect of run.suspects) {
      // A tenth is not exact: 0.7 · 10 may end up below 7.
      const bin = bins[Math.min(DECILES - 1, Math.floor(suspect.confidence * DECILES + 1e-9))];
      bin.count++;
      bin.sum += suspect.confidence;
      bin.right += Number(isRight(run, suspect));
    }
  }
  return bins.map(({ from, count, right, sum }) => ({
    ...{ from, to: from + 1 / DECILES, count, right },
    meanConfidence: sum / count,
    share: right / count,
  }));
}
