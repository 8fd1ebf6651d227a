import { describe, expect, it } from 'vitest';
import { displayWidth, terminalText } from '#src/report/terminal-text.js';
import { createRandom } from '../build/random.js';
import { HOSTILE_NAMES, randomText, TERMINAL_ACTIVE } from './hostile-names.js';

describe('terminalText escapes', () => {
  it.each([
    ['plain name', 'plain name'],
    ['a\tb\nc\rd', 'a\\tb\\nc\\rd'],
    ['\x1b[31mred', '\\x1b[31mred'],
    ['\x9b31m', '\\x9b31m'],
    ['\x7f', '\\x7f'],
    ['\u202egpj', '\\u202egpj'],
    ['a\u200bb', 'a\\u200bb'],
    ['a\ufeffb', 'a\\ufeffb'],
    ['\ud800x\udc00', '\\ud800x\\udc00'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['\u3164', '\\u3164'],
    ['/\\d+/', '/\\d+/'],
    ['Grüße 漢字 😀', 'Grüße 漢字 😀'],
    ['e\u0301', 'e\u0301'],
    ['\u0301', '\\u0301'],
  ])('%j as %j', (text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });

  it('every C0 and C1 control and DEL', () => {
    for (let code = 0; code < 0xa0; code++) {
      if (code >= 0x20 && code < 0x7f) continue;
      expect(terminalText(String.fromCharCode(code))).toMatch(/^\\[\x20-\x7e]+$/);
    }
  });

  it('marks beyond four on one letter', () => {
    expect(terminalText(`a${'\u0301'.repeat(6)}`)).toBe(`a${'\u0301'.repeat(4)}\\u0301\\u0301`);
  });

  it('what 20,000 random texts hold, and shows nothing else twice escaped', () => {
    const random = createRandom(1);
    for (let round = 0; round < 20_000; round++) {
      const shown = terminalText(randomText(random, 24));
      expect(shown).not.toMatch(TERMINAL_ACTIVE);
      expect(terminalText(shown)).toBe(shown);
    }
  });
});

describe('terminalText cuts', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abcdef', 1, '…'],
    ['abcdef', 0, ''],
    ['', 0, ''],
    ['漢字', 4, '漢字'],
    ['漢字', 3, '漢…'],
    ['漢字', 2, '…'],
    ['a漢', 2, 'a…'],
    ['\x1bx', 5, '\\x1bx'],
    ['\x1bxy', 5, '\\x1b…'],
    ['\x1bxy', 4, '…'],
    ['e\u0301e\u0301', 2, 'e\u0301e\u0301'],
  ])('%j to %i columns: %j', (text, width, shown) => {
    expect(terminalText(text, width)).toBe(shown);
  });

  it('to the width asked for, whatever the text', () => {
    const random = createRandom(2);
    for (let round = 0; round < 20_000; round++) {
      const width = random.int(30);
      const text = randomText(random, random.int(40));
      const shown = terminalText(text, width);
      expect(displayWidth(shown)).toBeLessThanOrEqual(width);
      if (displayWidth(terminalText(text)) <= width) expect(shown).toBe(terminalText(text));
    }
  });

  it('a text of 16 million characters after reading what it shows', () => {
    const iterated: string[] = [];
    const endless = {
      *[Symbol.iterator]() {
        for (let read = 0; read < 100; read++) {
          iterated.push('x');
          yield 'x';
        }
      },
    };
    expect(terminalText(endless as unknown as string, 10)).toBe('xxxxxxxxx…');
    expect(iterated).toHaveLength(11);
  });
});

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['Grüße', 5],
    ['e\u0301', 1],
    ['漢字', 4],
    ['한', 2],
    ['ｱ', 1],
    ['Ａ', 2],
    ['😀', 2],
    ['𠀀', 2],
    ['→…█', 3],
  ])('of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

it('every hostile name is shown as printable text', () => {
  expect(HOSTILE_NAMES.length).toBeGreaterThan(20);
  for (const name of HOSTILE_NAMES) expect(terminalText(name)).not.toMatch(TERMINAL_ACTIVE);
});
