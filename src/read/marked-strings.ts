// Which strings are marked while their bytes are near, since a rule may name them: by their first byte and their length.

/** Texts that a rule names. */
const RULE_NAMES = [
  'Object',
  'Array',
  '(map descriptors)',
  'system / NativeContext',
  'sloppy_function_map',
  '(Document DOM trees)',
  'system / ExternalStringData',
  'system / JSArrayBufferData',
  'elements',
  '__proto__',
] as const;

export type RuleName = (typeof RULE_NAMES)[number];

/** What the name of a detached native node begins with. */
export const DETACHED = 'Detached ';

/** No WeakMap pair has a shorter name than this (analysis/ephemerons.ts). */
export const SHORTEST_PAIR = '0 / part of key ( @1) -> value ( @2) pair in WeakMap (table @3)'.length;

/** The last bit of a mask stands for this length and all above. */
const LONG = 31;

/** Bits for lengths from `least` on. */
function from(least: number): number {
  return -1 << Math.min(least, LONG);
}

/**
 * By first byte: a bit for each length in bytes that is marked. Escapes change the length, so a string with any is marked where
 * its first byte has a bit at all; the backslash may hide any first character.
 */
export const MARKED_LENGTHS = new Uint32Array(256);
for (const name of RULE_NAMES) MARKED_LENGTHS[name.charCodeAt(0)] |= 1 << name.length;
MARKED_LENGTHS[DETACHED.charCodeAt(0)] |= from(DETACHED.length);
for (const digit of '0123456789') MARKED_LENGTHS[digit.charCodeAt(0)] |= from(SHORTEST_PAIR);
MARKED_LENGTHS['\\'.charCodeAt(0)] = from(1);
