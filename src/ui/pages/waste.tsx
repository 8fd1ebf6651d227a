import type { WasteItem, WasteKind, WasteReport } from '../../base/waste-types.js';
import { counted, formatBytes, formatCount, formatShare } from '../../report/units.js';
import { WASTE_TITLES } from '../../report/waste-titles.js';
import { fileNames } from '../model/file-names.js';
import { inspectCommand } from '../model/inspect-command.js';
import { Name } from '../parts/name.js';
import { NodeId } from '../parts/node-id.js';
import { PlaceName } from '../parts/place.js';
import { type PlainColumn, Rows } from '../parts/rows.js';
import { Words } from '../parts/words.js';

export function Waste({ waste, file }: { waste: WasteReport; file: string }) {
  const found = waste.kinds.filter(({ count, note }) => count > 0 || note !== undefined);
  const none = waste.kinds.filter((kind) => !found.includes(kind));
  return (
    <>
      <div class="page-head">
        <h1>{wasteSentence(waste)}</h1>
        <p>
          Memory that <Name text={fileNames([waste.file])[0]} most={120} /> spends on nothing. Reclaimable is what would
          certainly be free; at most is an upper bound, where the file cannot tell. Two kinds may count the same bytes.
        </p>
      </div>
      <WasteKinds waste={waste} />
      {found.map((kind) => (
        <KindSection key={kind.kind} kind={kind} file={file} />
      ))}
      {none.length > 0 && (
        <p class="quiet">Nothing found of: {none.map(({ kind }) => WASTE_TITLES[kind].toLowerCase()).join(', ')}.</p>
      )}
    </>
  );
}

export function wasteSentence({ kinds }: WasteReport): string {
  const [largest] = kinds;
  if (largest === undefined || largest.reclaimable <= 0) return 'Nothing is certainly wasted.';
  return `${WASTE_TITLES[largest.kind]}: ${formatBytes(largest.reclaimable)} would be free without them.`;
}

export function WasteKinds({ waste }: { waste: WasteReport }) {
  const most = Math.max(1, ...waste.kinds.map(({ reclaimable, atMost }) => Math.max(reclaimable, atMost ?? 0)));
  const columns: PlainColumn<WasteKind>[] = [
    { title: 'Kind', cell: ({ kind }) => WASTE_TITLES[kind] },
    { title: 'Count', isNumber: true, isMinor: true, cell: ({ count }) => formatCount(count) },
    { title: 'Reclaimable', isNumber: true, cell: ({ reclaimable }) => formatBytes(reclaimable) },
    {
      title: 'Of heap',
      isNumber: true,
      isMinor: true,
      cell: ({ reclaimable }) => formatShare(reclaimable, waste.totalSize),
    },
    { title: 'At most', isNumber: true, cell: ({ atMost }) => (atMost === undefined ? '' : formatBytes(atMost)) },
    {
      title: '',
      isMinor: true,
      cell: ({ reclaimable, atMost = 0 }) => (
        <svg class="span-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect class="at-most" width={(100 * Math.max(reclaimable, atMost)) / most} height="8" />
          <rect class="sure" width={(100 * reclaimable) / most} height="8" />
        </svg>
      ),
    },
  ];
  return <Rows caption="By kind" columns={columns} rows={waste.kinds} />;
}

function KindSection({ kind, file }: { kind: WasteKind; file: string }) {
  const { items, itemCount, note } = kind;
  return (
    <section aria-labelledby={`waste-${kind.kind}`}>
      <h2 id={`waste-${kind.kind}`}>{WASTE_TITLES[kind.kind]}</h2>
      {note !== undefined && (
        <p class="quiet">
          <Words text={note} />
        </p>
      )}
      {items.length > 0 && (
        <Rows
          caption={`${items.length} of ${counted(itemCount, 'item')}, most reclaimable first`}
          columns={itemColumns(items, file)}
          rows={items}
        />
      )}
    </section>
  );
}

function itemColumns(items: readonly WasteItem[], file: string): PlainColumn<WasteItem>[] {
  const all: (PlainColumn<WasteItem> | false)[] = [
    {
      title: 'Held by',
      cell: ({ holder, note }) => (
        <>
          <Name text={holder.expression} />
          {holder.place && holder.place.line > 0 && (
            <span class="quiet block">
              <PlaceName place={holder.place} />
            </span>
          )}
          {note !== '' && (
            <span class="quiet block">
              <Words text={note} most={200} />
            </span>
          )}
        </>
      ),
    },
    { title: 'Class', isMinor: true, cell: ({ className }) => <Name text={className} most={80} /> },
    items.some(({ text }) => text?.value !== undefined) && { title: 'Text', isMinor: true, cell: textCell },
    { title: 'Count', isNumber: true, isMinor: true, cell: ({ count }) => formatCount(count) },
    { title: 'Bytes', isNumber: true, isMinor: true, cell: ({ bytes }) => formatBytes(bytes) },
    { title: 'Reclaimable', isNumber: true, cell: ({ reclaimable }) => formatBytes(reclaimable) },
    items.some(({ atMost }) => atMost !== undefined) && {
      title: 'At most',
      isNumber: true,
      cell: ({ atMost }) => (atMost === undefined ? '' : formatBytes(atMost)),
    },
    {
      title: 'Look at',
      isMinor: true,
      cell: ({ sampleIds: [id] }) =>
        id === undefined ? (
          ''
        ) : (
          <code class="nowrap" title={inspectCommand(file, id)}>
            <NodeId id={id} />
          </code>
        ),
    },
  ];
  return all.filter((column) => column !== false);
}

function textCell({ text }: WasteItem) {
  return text?.value === undefined ? '' : <Name text={text.value} most={60} />;
}
