import { expect, it } from 'vitest';
import type { Progress } from '#src/base/types.js';
import { createProgressLine, progressText } from '#src/cli/progress.js';
import { allowsColour, screenOf, showsProgress } from '#src/cli/terminal.js';
import { displayWidth } from '#src/report/terminal-text.js';
import { HOSTILE_NAMES, TERMINAL_ACTIVE } from '../report/hostile-names.js';

const step = (index: number, fraction: number, file = `dir/app-${index}.heapsnapshot`): Progress => ({
  file,
  index,
  total: 4,
  stage: 'dominators',
  fraction,
});

it('the line adds up what every file has done', () => {
  expect(progressText(step(1, 0.5), [1, 0.5], 100)).toBe(
    '[#########---------------]  37 %  2/4 app-1.heapsnapshot  dominators',
  );
});

it('the line fits its width and escapes file names', () => {
  for (const name of HOSTILE_NAMES) {
    const line = progressText(step(0, 0.5, name), [0.5], 79);
    expect(displayWidth(line)).toBeLessThanOrEqual(79);
    expect(line).not.toMatch(TERMINAL_ACTIVE);
  }
});

it('redraws at most every 80 ms and erases the line once', () => {
  const written: string[] = [];
  let now = 0;
  const line = createProgressLine({ columns: 80, write: (text) => written.push(text) }, () => now);
  line.update(step(0, 0.1));
  now = 79;
  line.update(step(0, 0.2));
  expect(written).toHaveLength(1);
  now = 80;
  line.update(step(1, 0.2));
  expect(written).toHaveLength(2);
  expect(written[1]).toContain('  10 %  2/4 ');
  line.clear();
  line.clear();
  expect(written.slice(2)).toEqual(['\r\x1b[2K']);
});

it('writes nothing when it has drawn nothing', () => {
  const written: string[] = [];
  createProgressLine({ write: (text) => written.push(text) }).clear();
  expect(written).toEqual([]);
});

it.each([
  ['auto', { isTTY: true }, {}, true],
  ['auto', { isTTY: true }, { CI: 'true' }, false],
  ['auto', { isTTY: true }, { TERM: 'dumb' }, false],
  ['auto', {}, {}, false],
  ['always', {}, { CI: 'true' }, true],
  ['never', { isTTY: true }, {}, false],
] as const)('progress %s on %j in %j: %s', (mode, stream, environment, shown) => {
  expect(showsProgress(mode, stream, environment)).toBe(shown);
});

it.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { NO_COLOR: '' }, true],
  [{ isTTY: true }, { FORCE_COLOR: '0' }, false],
  [{}, {}, false],
  [{}, { FORCE_COLOR: '1' }, true],
  [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
])('colour on %j in %j: %s', (stream, environment, allowed) => {
  expect(allowsColour(stream, environment)).toBe(allowed);
});

it('a terminal gives its width, everything else a fixed one', () => {
  expect(screenOf({ isTTY: true, columns: 93 }, {}).width).toBe(93);
  expect(screenOf({ isTTY: true }, {}).width).toBe(80);
  expect(screenOf({ isTTY: true, columns: 10 }, {}).width).toBe(40);
  expect(screenOf({ columns: 93 }, {}).width).toBe(120);
});
