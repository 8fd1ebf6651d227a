import { describe, expect, test } from 'vitest';
import type { ReportInput } from '#src/report/reporter.js';
import { hostileAnalysis, hostileScan, PAYLOADS } from './hostile-inputs.js';
import { TERMINAL_ACTIVE } from './hostile-names.js';
import { readCsv } from './readers/csv.js';
import { tableCells, withoutCode } from './readers/markdown.js';
import { readOpenMetrics } from './readers/openmetrics.js';
import { SARIF, SPEEDSCOPE } from './readers/schemas.js';
import { readXml } from './readers/xml.js';
import { rendered, TEXT_REPORTERS } from './rendered.js';
import { schemaViolations } from './schema-check.js';

const ALONE = 'each by itself';
const TOGETHER = 'all together';
/** Those that break a format by what stands beside them, and those that break it by themselves. */
const GROUPS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  [ALONE]: PAYLOADS.map((name) => [name]),
  [TOGETHER]: [PAYLOADS],
};
const FORMULA = /^[\s"]*[=+\-@＝＋－＠]/;

/** Every payload through a reporter, in an analysis and in a scan. */
async function forEach(name: string, check: (text: string, input: ReportInput, names: readonly string[]) => void) {
  let checked = 0;
  for (const names of Object.values(GROUPS).flat()) {
    for (const input of [hostileAnalysis(names), hostileScan(names)]) {
      check(await rendered(name, input), input, names);
      checked += 1;
    }
  }
  expect(checked).toBe(2 * PAYLOADS.length + 2);
}

test('there are 200 payloads, all different', () => {
  expect(new Set(PAYLOADS).size).toBe(200);
});

describe('200 hostile names stay names:', () => {
  test.each(TEXT_REPORTERS)('%s has nothing that a terminal acts on, and no command of a CI service', async (name) => {
    await forEach(name, (text) => {
      expect(text.replaceAll('\r\n', '\n')).not.toMatch(TERMINAL_ACTIVE);
      expect(text).not.toContain('\t');
      expect(text.length === 0 || text.endsWith('\n')).toBe(true);
      // For people: what stands in front of a name there is blank.
      if (name !== 'terminal' && name !== 'github') expect(text).not.toMatch(/^\s*::/m);
    });
  });

  test('json and ndjson can be read, and say what there was', async () => {
    await forEach('json', (text, _, names) => {
      const { suspects, findings } = JSON.parse(text);
      expect((suspects ?? findings).map(({ title }: { title: string }) => title)).toEqual(names);
    });
    await forEach('ndjson', (text, _, names) => {
      const lines = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const told = lines.filter(({ kind }) => kind === 'suspect' || kind === 'finding');
      expect(told.map(({ title }) => title)).toEqual(names);
    });
  });

  test('csv has no formula, whatever separates cells', async () => {
    await forEach('csv', (text, _, names) => {
      const rows = readCsv(text);
      expect(rows).toHaveLength(1 + names.length);
      for (const cell of rows.flat()) expect(cell).not.toMatch(FORMULA);
      for (const piece of text.split(/[;,\t\r\n]/)) expect(piece).not.toMatch(FORMULA);
    });
  });

  test('junit is well-formed, and tells each case by its name', async () => {
    await forEach('junit', (text, { kind }, names) => {
      const suites = readXml(text).children;
      const named = suites.find(({ attributes }) => attributes.name === (kind === 'scan' ? 'findings' : 'suspects'));
      expect(named?.children).toHaveLength(names.length);
      for (const { name } of suites.flatMap(({ children }) => children)) expect(name).toBe('testcase');
      if (names[0] === '</testcase>') expect(named?.children[0].attributes.name).toBe('</testcase>');
    });
  });

  test('markdown has them in code spans alone, and all lines of a table have as many cells', async () => {
    await forEach('markdown', (text) => {
      for (const line of text.trimEnd().split('\n')) {
        const cells = line.startsWith('| ') ? tableCells(line) : [line];
        const rest = cells.map((cell) => withoutCode(cell).text).join(' ');
        expect(rest).toMatch(/^(?:#{2,3} )?[\w .,:→+'()-]*$/);
      }
      for (const table of text.split('\n\n').filter((part) => part.startsWith('| ')))
        expect(
          new Set(
            table
              .trimEnd()
              .split('\n')
              .map((line) => tableCells(line).length),
          ).size,
        ).toBe(1);
    });
  });

  test('markdown shows names as they are, bars and backticks with them', async () => {
    for (const name of [
      'a|b',
      '`|',
      'a`|`b',
      '`` ` ``',
      '<script>alert(1)</script>',
      '@someone',
      '**a**',
      '\\|',
      ' =1',
      ' a ',
      '`a` ',
    ]) {
      const text = await rendered('markdown', hostileAnalysis([name]));
      const [row] = text.slice(text.indexOf('### Classes')).split('\n').slice(4);
      const { spans } = withoutCode(tableCells(row)[0]);
      // A backslash before a bar is shown twice.
      expect(spans).toEqual([name.replaceAll('\\|', '\\\\|')]);
    }
  });

  test('github has an annotation a line', async () => {
    await forEach('github', (text, _, names) => {
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength(2 * names.length);
      for (const line of lines)
        expect(line).toMatch(
          /^::error (?:file=[^:,]*,line=3,col=5,)?title=[^:,]+::[^\r\n]+$|^::error (?:file=[^:,]*,line=3,col=5,)title=::/,
        );
      for (const line of lines) expect(line.replace(/%(?:25|0A|0D|3A|2C)/g, '')).not.toContain('%');
    });
  });

  test('sarif fits its schema, and its places are references', async () => {
    await forEach('sarif', (text, _, names) => {
      const log = JSON.parse(text);
      expect(schemaViolations(SARIF, log)).toEqual([]);
      expect(log.runs[0].results).toHaveLength(names.length);
      for (const { locations, message } of log.runs[0].results) {
        const { uri } = locations[0].physicalLocation.artifactLocation;
        expect(uri).toMatch(/^(?:[\w.~:/?#@!$&'()*+,;=-]|%[0-9A-F]{2})*$/i);
        expect(new URL(uri, 'file:///srv/').protocol).toMatch(/^(?:file|https?|node):$/);
        expect(message.text.replace(/\{\{|\}\}/g, '')).not.toMatch(/[{}]|\]\(/);
      }
    });
  });

  test('openmetrics can be read, with 100 labels of a name at most', async () => {
    await forEach('openmetrics', (text, { kind }, names) => {
      const families = readOpenMetrics(text);
      expect(families).toHaveLength(kind === 'scan' ? 13 : 10);
      for (const { samples } of families) expect(samples.length).toBeLessThanOrEqual(100);
      const objects = families.find(({ name }) => name === 'heapsleuth_class_objects');
      expect(objects?.samples).toHaveLength(Math.min(100, names.length));
    });
  });

  test('speedscope fits its schema, and every sample has its frames', async () => {
    await forEach('speedscope', (text, { kind }, names) => {
      const file = JSON.parse(text);
      expect(schemaViolations(SPEEDSCOPE, file)).toEqual([]);
      expect(file.profiles).toHaveLength(kind === 'scan' ? 3 : 2);
      for (const { samples, weights, endValue } of file.profiles) {
        expect([samples.length, weights.length]).toEqual([names.length, names.length]);
        expect(weights.reduce((sum: number, weight: number) => sum + weight, 0)).toBe(endValue);
        for (const at of samples.flat()) expect(file.shared.frames[at].name).not.toBe('');
      }
    });
  });

  test('folded has as many frames as there are', async () => {
    await forEach('folded', (text, { kind }, names) => {
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength((kind === 'scan' ? 3 : 2) * names.length);
      for (const line of lines.slice(0, names.length))
        expect(line).toMatch(/^(?:suspects|findings)(?:;[^;]+){3} 2010$/);
    });
  });
});
