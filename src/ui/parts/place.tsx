import type { Place } from '../../base/suspect-types.js';
import { Name } from './name.js';

/** `server.cjs:64:14`, with the folder in a quieter tone: the end of a path says most. */
export function PlaceName({ place: { script, line, column } }: { place: Place }) {
  const cut = Math.max(script.lastIndexOf('/'), script.lastIndexOf('\\')) + 1;
  return (
    <span class="place" title="where the holder is written">
      {cut > 0 && (
        <span class="folder">
          <Name text={script.slice(0, cut)} most={120} />
        </span>
      )}
      <Name text={`${script.slice(cut)}${line > 0 ? `:${line}` : ''}${line > 0 && column > 0 ? `:${column}` : ''}`} />
    </span>
  );
}
