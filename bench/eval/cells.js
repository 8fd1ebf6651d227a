// How shares are written: in %.

/** Nothing where there is nothing to take a share of. */
export const percent = (share) => (share === null || Number.isNaN(share) ? '' : (100 * share).toFixed(0));

export function withInterval(row, name) {
  const interval = row.intervals[name];
  if (Number.isNaN(row[name]) || !interval) return percent(row[name]);
  return `${percent(row[name])} [${percent(interval.low)}–${percent(interval.high)}]`;
}
