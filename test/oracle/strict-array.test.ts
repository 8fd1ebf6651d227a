import { describe, expect, it } from 'vitest';
import { createRandom } from '../build/random.js';
import { plainNumbers } from './plain/numbers.js';
import { plainStrings } from './plain/strings.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe('plainNumbers', () => {
  it.each([
    ['[]', []],
    [' [ ] ', []],
    ['[0,1,\n 22\t,9007199254740991]\r\n', [0, 1, 22, 9007199254740991]],
  ])('reads %j', (text, items) => {
    expect(plainNumbers(bytesOf(text))).toEqual({ ok: true, items });
  });

  it('reads signs where they are allowed', () => {
    expect(plainNumbers(bytesOf('[-1,5]'), true)).toEqual({ ok: true, items: [-1, 5] });
  });

  it.each([
    ['', 'TRUNCATED', 0],
    ['[', 'TRUNCATED', 1],
    ['[12', 'TRUNCATED', 3],
    ['[1,', 'TRUNCATED', 3],
    ['[1.5', 'TRUNCATED', 4],
    ['[1,]', 'SYNTAX', 3],
    ['[,1]', 'SYNTAX', 1],
    ['[01]', 'SYNTAX', 2],
    ['[1.]', 'SYNTAX', 3],
    ['[1 2]', 'SYNTAX', 3],
    ['[1]2', 'SYNTAX', 3],
    ['[+1]', 'SYNTAX', 1],
    ['[1,"2"]', 'SYNTAX', 3],
    ['[3,-1]', 'NUMBER', 3],
    ['[3,1.0]', 'NUMBER', 3],
    ['[3,1e3]', 'NUMBER', 3],
    ['[3,9007199254740992]', 'NUMBER', 3],
  ])('refuses %j: %s at %i', (text, problem, offset) => {
    expect(plainNumbers(bytesOf(text))).toEqual({ ok: false, problem, offset });
  });
});

describe('plainStrings', () => {
  it('unescapes, keeps lone surrogates and says where each string stands', () => {
    expect(plainStrings(bytesOf(' ["a\\n\\u0041é", "\\ud800", ""]'))).toEqual({
      ok: true,
      items: [
        { text: 'a\nAé', start: 3, end: 14 },
        { text: '\ud800', start: 18, end: 24 },
        { text: '', start: 28, end: 28 },
      ],
    });
  });

  it.each([
    ['["a', 'TRUNCATED', 3],
    ['["a\\', 'TRUNCATED', 4],
    ['["\\u12', 'TRUNCATED', 6],
    ['["a\tb"]', 'SYNTAX', 3],
    ['["\\x"]', 'SYNTAX', 3],
    ['["\\u12G4"]', 'SYNTAX', 6],
    ['["a" "b"]', 'SYNTAX', 5],
    ['[1]', 'SYNTAX', 1],
  ])('refuses %j: %s at %i', (text, problem, offset) => {
    expect(plainStrings(bytesOf(text))).toEqual({ ok: false, problem, offset });
  });
});

describe('both twins', () => {
  it('accept what JSON.parse accepts, on random text', () => {
    const random = createRandom(7);
    let accepted = 0;
    for (let round = 0; round < 20_000; round++) {
      const alphabet = round % 2 === 0 ? '[]],,, 0019-.e' : '[]],, """"\\nu0a\n';
      const inner = Array.from({ length: random.int(7) }, () => random.pick([...alphabet])).join('');
      const text = `[${inner}]`;
      const parsed = parseOrUndefined(text);
      const numbers = plainNumbers(bytesOf(text), true);
      const strings = plainStrings(bytesOf(text));
      const isNumbers = Array.isArray(parsed) && parsed.every((item) => typeof item === 'number');
      const isStrings = Array.isArray(parsed) && parsed.every((item) => typeof item === 'string');
      if (numbers.ok) expect(numbers.items, text).toEqual(parsed);
      else if (numbers.problem !== 'NUMBER') expect(isNumbers, text).toBe(false);
      if (strings.ok)
        expect(
          strings.items.map((item) => item.text),
          text,
        ).toEqual(parsed);
      else expect(isStrings, text).toBe(false);
      if (numbers.ok || strings.ok) accepted++;
    }
    expect(accepted).toBeGreaterThan(500);
  });
});
