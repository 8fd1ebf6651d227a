const LEVELS = '▁▂▃▄▅▆▇█';
const LONGEST = 16;

/** A series as block characters, lowest to highest: one a value, or 16 evenly chosen ones; a gap where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const chosen = values.length <= LONGEST ? values : evenly(values);
  const known = chosen.filter((value) => value !== null);
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  const level = (value: number) => (range === 0 ? 0 : Math.round(((value - low) / range) * (LEVELS.length - 1)));
  return chosen.map((value) => (value === null ? ' ' : LEVELS[level(value)])).join('');
}

/** The first and the last are among them: they say what became of it all. */
function evenly<T>(values: readonly T[]): T[] {
  const stride = (values.length - 1) / (LONGEST - 1);
  return Array.from({ length: LONGEST }, (_, place) => values[Math.round(place * stride)]);
}
