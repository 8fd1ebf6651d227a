/** As DevTools calls them, in short. */
export const FILTER_TITLES: readonly (readonly [string, string])[] = [
  ['none', 'All objects'],
  ['detached-dom', 'Retained by detached DOM nodes'],
  ['event-handlers', 'Retained by event handlers'],
  ['contexts', 'Retained by contexts'],
  ['console', 'Retained by the DevTools console'],
  ['duplicate-strings', 'Duplicated strings'],
];

export function filterTitle(filter: string): string {
  return FILTER_TITLES.find(([name]) => name === filter)?.[1] ?? filter;
}
