const DAY = 86_400;

/** Labels of times, in UTC as everywhere in the report: hours, with the date where it begins. `splits`: seconds since 1970. */
export function timeLabels(splits: readonly number[], increment: number): string[] {
  let day = '';
  return splits.map((seconds) => {
    // Logs that count from their program's start have no dates.
    if (seconds < 1e8) return `${seconds} s`;
    const [date, time] = new Date(seconds * 1000).toISOString().split('T');
    const label = increment >= DAY ? '' : time.slice(0, increment < 60 ? 8 : 5);
    const isNew = date !== day;
    day = date;
    return isNew ? [label, date].filter(Boolean).join('\n') : label;
  });
}
