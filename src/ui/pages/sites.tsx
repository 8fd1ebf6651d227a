import type { ScanSite } from '../../base/scan-types.js';
import { formatBytes, formatBytesDelta } from '../../report/units.js';
import { Name } from '../parts/name.js';
import { PlaceName } from '../parts/place.js';
import { type PlainColumn, Rows } from '../parts/rows.js';
import { Sparkline } from '../parts/sparkline.js';

const COLUMNS: readonly PlainColumn<ScanSite>[] = [
  {
    title: 'Function',
    cell: ({ function: name, script, line, column, original }) => (
      <>
        <Name text={name} most={100} />
        <span class="quiet block">
          <PlaceName place={original ?? { script, line, column }} />
        </span>
      </>
    ),
  },
  {
    title: 'Trend',
    isMinor: true,
    cell: ({ values }) => <Sparkline values={values} label="In use, profile by profile" width={100} height={26} />,
  },
  { title: 'First', isNumber: true, isMinor: true, cell: ({ values }) => formatBytes(values[0] ?? 0) },
  { title: 'Last', isNumber: true, cell: ({ values }) => formatBytes(values[values.length - 1] ?? 0) },
  { title: 'Change', isNumber: true, cell: ({ delta }) => formatBytesDelta(delta) },
];

/** Functions that have more and more in use, by sampling heap profiles. */
export function Sites({ sites }: { sites: readonly ScanSite[] }) {
  return (
    <section>
      <h2>
        Functions with more in use <span class="note">by heap profiles, which are samples</span>
      </h2>
      <Rows caption={`${sites.length} functions, the largest change first`} columns={COLUMNS} rows={sites} />
    </section>
  );
}
