import type { ScanInput } from '../../base/scan-types.js';
import { counted, formatBytes, formatCount } from '../../report/units.js';
import { type Report, type Snapshot, sizeOf } from '../model/report.js';
import { comparisonOf } from '../model/verdict.js';
import { Failure } from '../parts/failure.js';
import { Name } from '../parts/name.js';
import { type PlainColumn, Rows } from '../parts/rows.js';
import { Words } from '../parts/words.js';

export function Inputs({ report }: { report: Report }) {
  const { snapshots, document } = report;
  const failed = snapshots.filter(({ outcome }) => !outcome.ok).length;
  return (
    <>
      <div class="page-head">
        <h1>Inputs</h1>
        <p>
          {failed > 0
            ? `${counted(failed, 'snapshot')} of ${snapshots.length} could not be read; the rest was analysed without.`
            : 'All snapshots could be read.'}
        </p>
      </div>
      {snapshots.length > 0 && <Snapshots report={report} />}
      <Comparison report={report} />
      {document.scan && <Files inputs={document.scan.inputs} />}
    </>
  );
}

export function Snapshots({ report }: { report: Report }) {
  const { series, warmUp = 0 } = {
    series: report.document.analysis?.series,
    warmUp: report.document.analysis?.series?.warmUp,
  };
  const compared = new Set(series?.compared);
  const left = report.series.filter(({ index }) => !compared.has(index)).slice(0, warmUp);
  const roleOf = ({ index, outcome }: Snapshot) => {
    if (!outcome.ok || series === undefined) return '';
    if (series.restarts.includes(index)) return 'another process begins';
    if (compared.has(index)) return compared.size > 1 ? 'compared' : '';
    return left.some((one) => one.index === index) ? 'left out as warm-up' : 'not compared';
  };
  const columns: PlainColumn<Snapshot>[] = [
    { title: 'Snapshot', cell: ({ name }) => <Name text={name} /> },
    {
      title: 'Nodes',
      isNumber: true,
      isMinor: true,
      cell: ({ outcome }) => (outcome.ok ? formatCount(outcome.nodeCount) : ''),
    },
    {
      title: 'Edges',
      isNumber: true,
      isMinor: true,
      cell: ({ outcome }) => (outcome.ok ? formatCount(outcome.edgeCount) : ''),
    },
    { title: 'Size', isNumber: true, cell: ({ outcome }) => (outcome.ok ? formatBytes(sizeOf(outcome)) : '') },
    {
      title: '',
      cell: (snapshot) => (snapshot.outcome.ok ? roleOf(snapshot) : <Failure error={snapshot.outcome.error} />),
    },
  ];
  return <Rows caption={`${counted(report.snapshots.length, 'snapshot')}`} columns={columns} rows={report.snapshots} />;
}

function Comparison({ report }: { report: Report }) {
  const notes = report.document.analysis?.series?.notes ?? [];
  const told = comparisonOf(report);
  if (told === '' && notes.length === 0) return null;
  return (
    <section>
      <h2>How they were compared</h2>
      <p>{told}</p>
      {notes.length > 0 && (
        <ul>
          {notes.map((note) => (
            <li key={note}>
              <Words text={note} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const FILE_COLUMNS: readonly PlainColumn<ScanInput>[] = [
  { title: 'File', cell: ({ file }) => <Name text={file} /> },
  { title: 'Kind', cell: ({ kind }) => (kind === 'other' ? 'not known' : kind) },
  { title: 'Format', isMinor: true, cell: ({ format }) => format ?? '' },
  {
    title: 'Lines used',
    isNumber: true,
    isMinor: true,
    cell: ({ lines, used }) =>
      lines === undefined || used === undefined ? '' : `${formatCount(used)} of ${formatCount(lines)}`,
  },
  { title: '', cell: (input) => <FileNotes input={input} /> },
];

function Files({ inputs }: { inputs: readonly ScanInput[] }) {
  return (
    <section>
      <h2>Files of the folder</h2>
      <Rows caption={counted(inputs.length, 'file')} columns={FILE_COLUMNS} rows={inputs} />
    </section>
  );
}

function FileNotes({ input: { bad = 0, badLines = [], left = 0, error } }: { input: ScanInput }) {
  return (
    <>
      {error && <Failure error={error} />}
      {bad > 0 && <span class="block">{counted(bad, 'broken line')}</span>}
      {badLines.map(({ line, reason }) => (
        <span class="quiet block" key={line}>
          line {formatCount(line)}: <Words text={reason} most={200} />
        </span>
      ))}
      {left > 0 && <span class="block">{counted(left, 'sample')} of more processes than are told apart left out</span>}
    </>
  );
}
