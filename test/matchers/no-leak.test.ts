import { beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '#src/index.js';
import { assertNoLeak, describeLeaks, type LeakMeasurement } from '#src/matchers/vitest.js';
import { HOSTILE_NAMES } from '../report/hostile-names.js';
import { demoAnalysis, failureOf, withSuspects } from './analyses.js';

let leaky: Analysis;
let innocent: Analysis;

beforeAll(async () => {
  leaky = await demoAnalysis(8);
  innocent = withSuspects(leaky, () => ({ confidence: 0.5 }));
});

describe('toHaveNoLeak', () => {
  test('fails for the demo, and says what leaks, who holds it and what to change', () => {
    const message = failureOf(() => expect(leaky).toHaveNoLeak());
    expect(message).toContain('found a leak in 7 snapshots, expected none');
    expect(message).toContain('1. InvoiceServer.inFlight keeps RequestContext');
    expect(message).toContain('leak suspect, confidence 0.95');
    expect(message).toMatch(/growth {4}\+50 and \+852\.4 kB an interval · 200 → 500 · \S+ linear/);
    expect(message).toMatch(/held by {3}InvoiceServer\.inFlight {2}\S+server\.cjs:64/);
    expect(message).toContain('→ variable this InvoiceServer → .inFlight Map');
    expect(message).toContain('change    Cap InvoiceServer.inFlight');
    expect(message).toContain(`signature ${leaky.suspects?.[0].signature}`);
  });

  test('passes where no suspect is sure enough, and its opposite says what comes nearest', () => {
    expect(innocent).toHaveNoLeak();
    const message = failureOf(() => expect(innocent).not.toHaveNoLeak());
    expect(message).toContain('found no leak of confidence 0.75 or more in 7 snapshots');
    expect(message).toContain('1. InvoiceServer.inFlight keeps RequestContext');
    expect(leaky).not.toHaveNoLeak();
  });

  test('counts as a leak what is as sure as was asked for', () => {
    expect(innocent).not.toHaveNoLeak({ minConfidence: 0.5 });
    expect(innocent).toHaveNoLeak({ minConfidence: 0.51 });
    expect(failureOf(() => expect(leaky).toHaveNoLeak({ minConfidence: 0 }))).toContain(
      'minConfidence: found 0, expected more than 0 and at most 1',
    );
    expect(failureOf(() => expect(leaky).not.toHaveNoLeak({ minConfidence: Number.NaN }))).toContain('found NaN');
  });

  test('ignores by signature, title, holder, class and pattern, and by nothing like it', () => {
    const [{ signature, title, holder }] = leaky.suspects ?? [];
    for (const ignored of [signature, title, holder.expression, 'RequestContext', /^InvoiceServer/, /inFlight$/g])
      expect(leaky).toHaveNoLeak({ ignore: ['nothing', ignored] });
    for (const other of ['Request', 'InvoiceServer', signature.slice(1), '', /^inFlight/])
      expect(leaky).not.toHaveNoLeak({ ignore: [other] });
    expect(failureOf(() => expect(leaky).not.toHaveNoLeak({ ignore: [signature] }))).toContain(
      'ignored, as was asked for: 1',
    );
  });

  test('the heap may grow as much as was said, and no more', () => {
    const message = failureOf(() => expect(innocent).toHaveNoLeak({ maxGrowth: '100 kB' }));
    expect(message).toMatch(/the heap grows by 8\d\d\.\d kB an interval over 7 snapshots, expected 100\.0 kB at most/);
    expect(message).toContain('no suspect has confidence 0.75 or more');
    expect(innocent).toHaveNoLeak({ maxGrowth: '1 MB' });
    expect(innocent).toHaveNoLeak({ maxGrowth: 1e6 });
    const both = failureOf(() => expect(leaky).toHaveNoLeak({ maxGrowth: 0 }));
    expect(both).toMatch(/found a leak in 7 snapshots, expected none\nthe heap grows by/);
    for (const maxGrowth of ['much', '', '-1 MB', '1 TB', -1, Number.NaN])
      expect(failureOf(() => expect(innocent).toHaveNoLeak({ maxGrowth }))).toContain('maxGrowth: found ');
  });

  test('tells rounds where there were some', () => {
    const rounds = { count: 8, perRound: 20, warmUp: 2, heapUsed: [], folder: null };
    const measured: LeakMeasurement = { ...leaky, rounds };
    expect(failureOf(() => expect(measured).toHaveNoLeak())).toMatch(
      /found a leak in 8 rounds of 20 calls, expected none[\s\S]+a round ·/,
    );
  });
});

describe('what is measured in a test runner', () => {
  const rounds = { count: 8, perRound: 20, warmUp: 2, heapUsed: [], folder: null };
  const as = (expression: string, title: string, path: string[] = []): LeakMeasurement => ({
    ...withSuspects(leaky, ({ holder }) => ({ title, path, holder: { ...holder, expression } })),
    rounds,
  });

  test("leaves out what is the runner's own, where it is a runner's", () => {
    const title = 'global.console keeps {message, origin, type}';
    expect(as('global.console', title)).toHaveNoLeak();
    expect({ ...as('global.console', title), rounds: undefined }).not.toHaveNoLeak();
    expect(as('global.console', 'global.console keeps Session')).not.toHaveNoLeak();
    expect(as('global.consoles', title)).not.toHaveNoLeak();
  });

  test('a variable is told by name where the path has it, and all names where not', () => {
    const several = 'block variable (one of 8)';
    const told = (path: string[]) =>
      failureOf(() => expect(as(`${several}.list in a.test.js`, `${several}.list keeps Session`, path)).toHaveNoLeak());
    const one = told(['variable fn function', 'block variable sessions Object', '.list Array']);
    expect(one).toContain('1. block variable sessions.list keeps Session');
    expect(one).toContain('held by   block variable sessions.list in a.test.js');
    for (const path of [[], ['block variable (a or b) Map'], ['variable fn function']])
      expect(told(path)).toContain('1. block variable (one of 8).list keeps Session');
    expect(told(['block variable $& Map'])).toContain('1. block variable $&.list keeps Session');
  });
});

describe('neither toHaveNoLeak nor its opposite passes', () => {
  const both = (value: unknown, options = {}) => {
    const message = failureOf(() => expect(value).toHaveNoLeak(options));
    expect(failureOf(() => expect(value).not.toHaveNoLeak(options))).toBe(message);
    return message;
  };

  test.each([
    [undefined, 'found undefined'],
    [null, 'found null'],
    [Promise.resolve(), 'found a promise: await it first'],
    ['a.heapsnapshot', 'found a string'],
    [{}, 'found an object that is none'],
    [{ schemaVersion: 2, snapshots: [] }, 'found an object that is none'],
  ])('for %o, which is no analysis', (value, found) => {
    expect(both(value)).toBe(`toHaveNoLeak: ${found}, expected the result of analyze() or measureLeaks()`);
  });

  test('for too few snapshots', async () => {
    for (const count of [1, 3]) {
      const analysis = await demoAnalysis(count);
      expect(both(analysis)).toBe(
        `toHaveNoLeak: found ${count} of ${count} snapshots to compare, of which no suspect can be surer than ${count === 1 ? 0.5 : 0.7}; expected more, four or better six, for minConfidence 0.75`,
      );
      expect(both(analysis, { minConfidence: 0.9 })).toContain('for minConfidence 0.9');
    }
    // Three can say as much as that.
    expect(await demoAnalysis(3)).not.toHaveNoLeak({ minConfidence: 0.6 });
    expect(both(await demoAnalysis(1), { minConfidence: 0.1 })).toContain('found 1 of 1 snapshots to compare');
  });

  test('for snapshots that failed, even where the others have no leak', () => {
    const failed = { ok: false, file: 'broken\u001b[31m', error: { code: 'SYNTAX', message: 'found }', file: 'x' } };
    const analysis = { ...innocent, snapshots: [...innocent.snapshots, failed] };
    expect(both(analysis)).toBe(
      'toHaveNoLeak: found 1 of 9 snapshots that could not be analysed, expected none: broken\\x1b[31m: found }',
    );
  });

  test('for an analysis in which no leaks were sought', async () => {
    expect(both(await demoAnalysis(2, { suspects: false }))).toContain('in which no leaks were sought');
    expect(both(await demoAnalysis(2, { mode: 'shallow' }))).toContain('in which no leaks were sought');
    expect(both({ schemaVersion: 1, snapshots: [] })).toContain('in which no leaks were sought');
  });
});

test('names from a heap reach no terminal as they are', () => {
  const told = (name: string) =>
    failureOf(() =>
      assertNoLeak(
        withSuspects(leaky, (suspect) => ({
          ...{ title: name, path: [name, name], repair: name },
          holder: { ...suspect.holder, expression: name, place: { script: name, line: 1, column: 1 } },
          evidence: [{ label: name, value: name }],
        })),
      ),
    );
  const lines = told('plain').split('\n').length;
  expect(HOSTILE_NAMES.length).toBeGreaterThan(20);
  for (const name of HOSTILE_NAMES) {
    const text = told(name);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(text.split('\n')).toHaveLength(lines);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(1000);
  }
});

describe('without a runner', () => {
  test('assertNoLeak throws what describeLeaks says', () => {
    const text = describeLeaks(leaky);
    expect(text).toContain('1. InvoiceServer.inFlight keeps RequestContext');
    expect(() => assertNoLeak(leaky)).toThrowError(expect.objectContaining({ code: 'ERR_ASSERTION', message: text }));
    expect(assertNoLeak(innocent)).toBeUndefined();
    expect(describeLeaks(innocent, { minConfidence: 0.6 })).toContain('found no leak of confidence 0.6 or more');
  });

  test('both throw where there is nothing to say', () => {
    const empty = { schemaVersion: 1, snapshots: [] } as const;
    expect(() => assertNoLeak(empty)).toThrow('assertNoLeak: found an analysis of 0 snapshots');
    expect(() => describeLeaks(empty)).toThrow('describeLeaks: found an analysis of 0 snapshots');
  });
});
