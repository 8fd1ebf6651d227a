import type { SnapshotErrorData } from '../../base/errors.js';
import { formatCount } from '../../report/units.js';
import { Words } from './words.js';

/** Why a file could not be read: its code, what was found and expected, and the byte. */
export function Failure({ error: { code, message, byteOffset } }: { error: SnapshotErrorData }) {
  return (
    <span class="failure">
      <span class="tag bad">{code}</span> <Words text={message} most={500} />
      {byteOffset !== undefined && <span class="quiet"> at byte {formatCount(byteOffset)}</span>}
    </span>
  );
}
