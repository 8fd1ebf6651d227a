import { terminalText } from './terminal-text.js';

/** Metrics of one name may differ by so many labels: a heap has thousands of classes, and a store keeps each as a series. */
export const MOST_LABELLED = 100;

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** Metrics of one name, all of them gauges. The name ends with the unit, if there is one. */
export interface Family {
  readonly name: string;
  readonly unit?: 'bytes' | 'seconds' | 'ratio';
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** OpenMetrics 1.0's text. Families without samples are left out. */
export function openMetricsText(families: readonly Family[]): string {
  return `${families.map(familyText).join('')}# EOF\n`;
}

function familyText({ name, unit, help, samples }: Family): string {
  if (samples.length === 0) return '';
  const head = [`# TYPE ${name} gauge`, ...(unit ? [`# UNIT ${name} ${unit}`] : []), `# HELP ${name} ${help}`];
  const lines = toldApart(samples.slice(0, MOST_LABELLED)).map(
    ({ labels, value }) => `${name}${labelText(labels)} ${value}`,
  );
  return [...head, ...lines].map((line) => `${line}\n`).join('');
}

/** No two metrics may have the same labels. Classes of one name are not rare: the second one gets a label more. */
function toldApart(samples: readonly Sample[]): Sample[] {
  const seen = new Map<string, number>();
  return samples.map(({ labels, value }) => {
    const key = labelText(labels);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return { labels: times === 1 ? labels : { ...labels, nth: String(times) }, value };
  });
}

function labelText(labels: Labels): string {
  const written = Object.entries(labels).map(([key, value]) => `${key}="${labelValue(value)}"`);
  return written.length === 0 ? '' : `{${written.join(',')}}`;
}

/** Columns of a label's value. */
const WIDEST = 200;

function labelValue(text: string): string {
  return terminalText(text, WIDEST).replace(/[\\"]/g, '\\$&');
}
