import { loadDevtoolsEngine } from './devtools-bundle.js';

const engine = await loadDevtoolsEngine();

/** One of the filters that DevTools knows by name (S12). */
export function engineFilter(name: string): { filterName?: string } {
  const filter = new engine.NodeFilter();
  filter.filterName = name;
  return filter;
}
