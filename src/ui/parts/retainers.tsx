import { Name } from './name.js';

/** The end of a path in a line, as it says who holds what: `… → .inFlight Map → (table) → []`. */
export function ShortPath({ path, steps = 5 }: { path: readonly string[]; steps?: number }) {
  const shown = path.slice(-steps);
  return (
    <ol class="short-path" aria-label={`Path from the root, the last ${shown.length} of ${path.length} steps`}>
      {path.length > shown.length && <li class="more">… {path.length - shown.length} more</li>}
      {shown.map((step, at) => (
        <li key={at}>
          <Name text={step} most={80} />
        </li>
      ))}
    </ol>
  );
}
