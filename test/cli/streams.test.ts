import { describe, expect, it } from 'vitest';
import { ESCAPE, withoutColours } from '../report/hostile-names.js';
import { finished, run, SERIES, seriesFile, start } from './run-cli.js';

const ERASE = `\r${ESCAPE}[2K`;
const ANALYZE = ['analyze', seriesFile(1)];

describe('stdout', () => {
  it('has no colour in a pipe, colour with FORCE_COLOR, none with NO_COLOR', async () => {
    const plain = await run(ANALYZE);
    const forced = await run(ANALYZE, { FORCE_COLOR: '1' });
    const both = await run(ANALYZE, { FORCE_COLOR: '1', NO_COLOR: '1' });
    expect(plain.stdout).not.toContain(ESCAPE);
    expect(forced.stdout).toContain(`${ESCAPE}[1m`);
    expect(withoutColours(forced.stdout)).toBe(plain.stdout);
    expect(both.stdout).toBe(plain.stdout);
  });

  it('may be closed by its reader without a word on stderr', async () => {
    const child = start(['batch', SERIES, '--json', '--top', '100000']);
    child.stdout?.destroy();
    const { code, signal, stderr } = await finished(child);
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  });
});

describe('progress', () => {
  it('is silent in a pipe', async () => {
    expect((await run(ANALYZE)).stderr).toBe('');
  });

  it('--progress always draws one line on stderr, erases it, and leaves stdout alone', async () => {
    const quiet = await run(['batch', SERIES]);
    const { code, stdout, stderr } = await run(['batch', SERIES, '--progress', 'always']);
    expect(code).toBe(0);
    expect(stdout).toBe(quiet.stdout);
    expect(stderr.startsWith(ERASE)).toBe(true);
    expect(stderr.slice(ERASE.length)).toMatch(/^\[[#-]{24}\] +\d+ % {2}\d\/8 server-\d\.heapsnapshot\.gz {2}\w+/);
    expect(stderr.endsWith(ERASE)).toBe(true);
    expect(stderr).not.toContain('\n');
  });
});

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s', (name, expected) => {
  it(`ends the work with exit code ${expected}, an erased progress line and no output`, async () => {
    const child = start(['batch', SERIES, '--progress', 'always', '--concurrency', '1']);
    // The first drawing shows that the work is under way and the handlers are in place.
    child.stderr?.once('data', () => child.kill(name));
    const { code, signal, stdout, stderr } = await finished(child);
    expect({ code, signal, stdout }).toEqual({ code: expected, signal: null, stdout: '' });
    expect(stderr.endsWith(ERASE)).toBe(true);
    expect(stderr).not.toContain('    at ');
  });
});
