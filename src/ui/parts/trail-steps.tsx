import { LAYERS } from '../../base/scan-layers.js';
import type { TrailStep } from '../../base/scan-types.js';
import { Words } from './words.js';

/** What the layers have seen of one finding, from the outside in. */
export function TrailSteps({ trail }: { trail: readonly TrailStep[] }) {
  return (
    <ol class="trail-steps">
      {trail.map(({ level, saw }) => (
        <li key={`${level} ${saw}`}>
          <span class="layer">
            L{level} <span class="quiet">{LAYERS[level - 1]?.title}</span>
          </span>
          <Words text={saw} />
        </li>
      ))}
    </ol>
  );
}
