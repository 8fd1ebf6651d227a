import { useMemo, useState } from 'preact/hooks';
import { formatBytes, formatBytesDelta, formatCount, formatCountDelta } from '../../report/units.js';
import { LineChart } from '../charts/line-chart.js';
import { lookOf, MOST_LINES } from '../charts/line-colours.js';
import { changeOf, type Grouping, type GrowingRow, growthOf, type Measure } from '../model/growth.js';
import type { Report, Snapshot } from '../model/report.js';
import { shownText } from '../model/shown-text.js';
import { Name } from '../parts/name.js';
import { Switch } from '../parts/switch.js';
import { isDark, useThemeChanges } from '../shell/theme.js';

const DRAWN_AT_FIRST = 6;
const LISTED = 150;
const MEASURES = [
  ['retainedSize', 'Retained size'],
  ['selfSize', 'Self size'],
  ['count', 'Objects'],
] as const satisfies readonly (readonly [Measure, string])[];
const GROUPINGS: Readonly<Record<Grouping, readonly [title: string, what: string]>> = {
  classes: ['Classes', 'A line is a class: all its objects, however they are held.'],
  paths: ['Paths', 'A line is a group of objects that are held in one way, by the same chain of names from the root.'],
  dominated: ['Dominated', 'A line is what objects of one path keep alive alone, by class.'],
};

export function Growth({ report }: { report: Report }) {
  const groupings = (Object.keys(GROUPINGS) as Grouping[]).filter((one) => growthOf(report, one).rows.length > 0);
  const [grouping, setGrouping] = useState<Grouping>(groupings[0] ?? 'classes');
  const [measure, setMeasure] = useState<Measure>('retainedSize');
  const [scale, setScale] = useState<'linear' | 'log'>('linear');
  const view = useMemo(() => growthOf(report, grouping), [report, grouping]);
  return (
    <>
      <div class="page-head">
        <h1>Growth over the series</h1>
        <p>
          {GROUPINGS[grouping][1]} Only what keeps rising without what holds it growing along is a suspect; a line that
          rises and levels off is usually a cache that fills.
        </p>
      </div>
      <div class="controls">
        {groupings.length > 1 && (
          <Switch
            label="Lines"
            options={groupings.map((one) => [one, GROUPINGS[one][0]] as const)}
            value={grouping}
            onChange={setGrouping}
          />
        )}
        <Switch label="Measure" options={MEASURES} value={measure} onChange={setMeasure} />
        <Switch
          label="Scale"
          options={[
            ['linear', 'Linear'],
            ['log', 'Log'],
          ]}
          value={scale}
          onChange={setScale}
        />
      </div>
      <Lines key={grouping} {...view} measure={measure} isLog={scale === 'log'} />
    </>
  );
}

interface LinesProps {
  readonly snapshots: readonly Snapshot[];
  readonly rows: readonly GrowingRow[];
  readonly measure: Measure;
  readonly isLog: boolean;
}

function Lines({ snapshots, rows, measure, isLog }: LinesProps) {
  const [chosen, setChosen] = useState<readonly number[]>(() => rows.slice(0, DRAWN_AT_FIRST).map(({ key }) => key));
  const [point, setPoint] = useState<number | null>(null);
  const [wanted, setWanted] = useState('');
  useThemeChanges();
  const looks = new Map(chosen.map((key, at) => [key, lookOf(at, isDark())]));
  const drawn = chosen.flatMap((key) => rows.find((row) => row.key === key) ?? []);
  const lines = drawn.map((row) => ({
    label: shownText(row.name, 60),
    values: row.values[measure],
    colour: looks.get(row.key)?.colour ?? '',
    dash: looks.get(row.key)?.dash ?? [],
  }));
  const text = measure === 'count' ? formatCount : formatBytes;
  const found = rows.filter(({ name, holder }) => `${name} ${holder}`.toLowerCase().includes(wanted.toLowerCase()));
  const toggle = (key: number) =>
    setChosen(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key].slice(-MOST_LINES));
  const at = point ?? snapshots.length - 1;
  return (
    <div class="growth">
      <figure>
        <LineChart
          label={`${drawn.length} lines over ${snapshots.length} snapshots; the list beside has their values`}
          x={snapshots.map((_, place) => place)}
          lines={lines}
          isLog={isLog}
          xText={(place) => shownText(snapshots[place]?.short ?? '', 12)}
          yText={text}
          height={420}
          onPoint={setPoint}
        />
        <figcaption class="quiet">
          Snapshot <Name text={snapshots[at]?.name ?? ''} most={80} />
          {point === null ? ', the last one' : ''}
        </figcaption>
      </figure>
      <div class="legend">
        <input
          type="search"
          placeholder="Filter classes and holders"
          aria-label="Filter lines by class or holder"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <ul>
          {found.slice(0, LISTED).map((row) => (
            <LegendRow
              key={row.key}
              row={row}
              look={looks.get(row.key)}
              value={row.values[measure][at] ?? null}
              change={changeOf(row.values[measure])}
              isCount={measure === 'count'}
              onToggle={() => toggle(row.key)}
            />
          ))}
        </ul>
        {found.length > LISTED && <p class="quiet">{formatCount(found.length - LISTED)} more: filter to see them</p>}
        {found.length === 0 && <p class="quiet">Nothing here is called that.</p>}
      </div>
    </div>
  );
}

interface LegendRowProps {
  readonly row: GrowingRow;
  readonly look: ReturnType<typeof lookOf> | undefined;
  readonly value: number | null;
  readonly change: number;
  readonly isCount: boolean;
  readonly onToggle: () => void;
}

function LegendRow({ row, look, value, change, isCount, onToggle }: LegendRowProps) {
  const text = isCount ? formatCount : formatBytes;
  return (
    <li>
      <label>
        <input type="checkbox" checked={look !== undefined} onChange={onToggle} />
        <svg class="swatch" viewBox="0 0 22 10" width="22" height="10" aria-hidden="true">
          {look && (
            <line
              x1="1"
              x2="21"
              y1="5"
              y2="5"
              stroke={look.colour}
              stroke-width="3"
              stroke-dasharray={look.dash.join(' ')}
            />
          )}
        </svg>
        <span class="what">
          <Name text={row.name} most={120} />
          {row.holder !== '' && (
            <span class="quiet">
              {' '}
              in <Name text={row.holder} most={120} />
            </span>
          )}
        </span>
        <span class="number">{value === null ? '–' : text(value)}</span>
        <span class="number quiet">{isCount ? formatCountDelta(change) : formatBytesDelta(change)}</span>
      </label>
    </li>
  );
}
