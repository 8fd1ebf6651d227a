export interface MetricFamily {
  readonly name: string;
  readonly type: string;
  readonly unit: string | undefined;
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

interface Draft extends MetricFamily {
  unit: string | undefined;
  readonly samples: { labels: Record<string, string>; value: number }[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const ESCAPED = '(?:[^"\\\\\\n]|\\\\["\\\\n])*';
const LABEL = new RegExp(`([a-zA-Z_][a-zA-Z0-9_]*)="(${ESCAPED})"`, 'gu');
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{((?:[a-zA-Z_]\\w*="${ESCAPED}")(?:,[a-zA-Z_]\\w*="${ESCAPED}")*)\\})? (\\S+)$`,
  'u',
);

/** Reads the text format of OpenMetrics 1.0, as far as gauges without times go. Throws for anything else. */
export function readOpenMetrics(text: string): MetricFamily[] {
  const families: Draft[] = [];
  const lines = text.split('\n');
  if (lines.at(-1) !== '' || lines.at(-2) !== '# EOF') throw new Error('expected # EOF as the last line');
  for (const line of lines.slice(0, -2)) {
    if (line.startsWith('# ')) readDescription(line, families);
    else readSample(line, families);
  }
  return families;
}

function readDescription(line: string, families: Draft[]): void {
  const [, kind, name, rest] = /^# (TYPE|UNIT|HELP) (\S+) (.+)$/u.exec(line) ?? [];
  const last = families.at(-1);
  if (kind === 'TYPE') {
    if (rest !== 'gauge' || families.some((family) => family.name === name)) throw new Error(`found ${line}`);
    families.push({ name, type: rest, unit: undefined, samples: [] });
    return;
  }
  if (last?.name !== name || last.samples.length > 0) throw new Error(`found ${line}, expected it behind its type`);
  if (kind !== 'UNIT') return;
  if (!name.endsWith(`_${rest}`)) throw new Error(`found the unit ${rest} of ${name}`);
  last.unit = rest;
}

function readSample(line: string, families: Draft[]): void {
  const [, name, text = '', value] = SAMPLE.exec(line) ?? [];
  const family = families.at(-1);
  if (name === undefined || family?.name !== name) throw new Error(`found ${JSON.stringify(line)}, expected a sample`);
  const labels = Object.fromEntries([...text.matchAll(LABEL)].map(([, key, escaped]) => [key, unescaped(escaped)]));
  const isKnown = family.samples.some((other) => JSON.stringify(other.labels) === JSON.stringify(labels));
  if (isKnown || !Number.isFinite(Number(value))) throw new Error(`found ${line}`);
  family.samples.push({ labels, value: Number(value) });
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character));
}
