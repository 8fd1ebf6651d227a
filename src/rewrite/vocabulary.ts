// What texts are V8's own and what is a name, told by their look.

import type { RedactionLevel } from '../base/rewrite-types.js';

/** What a string of the table is used as: a bit for each. */
export const USE = {
  /** The name of a node that is a value: a text, a number, a pattern, a symbol. */
  value: 1,
  /** The name of a node that is V8's or the embedder's own. */
  own: 2,
  /** A class, function, script or variable. */
  name: 4,
  /** An edge that V8 or the embedder has named. */
  link: 8,
  property: 16,
  /** A property of an object that has so many of them that it is a table. */
  entry: 32,
} as const;

export const ALL_USES = 63;

/** Own properties from which on an object is a table, and their names are data. Paths count as many (paths/holder.ts). */
export const TABLE_PROPERTIES = 32;

/** What V8 calls values without saying what they are. DevTools counts as arrays what is called so, whatever type it has. */
const VALUES: ReadonlySet<string> = new Set([
  ...['(concatenated string)', '(sliced string)', '(external string)', 'symbol', 'private symbol', 'bigint'],
  ...['number', 'heap number', 'smi number', 'int', 'bool', 'double', 'string', 'true', 'false', 'Array'],
]);

/** All that V8 puts in brackets but `(code for handlePayment)`, which says what the function is called. */
const OWN =
  /^(?:system(?: \/ \w+(?: \(\w+\))?)?|\((?![^)]* for )[A-Za-z -]{1,64}\)|C\+\+ [A-Za-z -]{1,64}|Node \/ [\w:]{1,64}|true|false|null|undefined|private symbol)$/;

/** `sloppy_function_map`, `3`, `827 / ObjectPrototypeToString`. */
const LINK = /^(?:\d{1,9} \/ )?[\w$]{1,80}$/;

/** Positions, by which rules tell weak entries of V8's lists from others. */
const POSITION = /^\d{1,3}$/;

/** Classes that every program has, and names that rules go by. */
const BUILT_IN: ReadonlySet<string> = new Set([
  ...[
    'Object',
    'Array',
    'Function',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'WeakRef',
    'Promise',
    'Date',
    'RegExp',
    'Proxy',
  ],
  ...['String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Error', 'AggregateError', 'EvalError', 'RangeError'],
  ...['ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView'],
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'FinalizationRegistry'],
  ...['Generator', 'AsyncFunction', 'AsyncGenerator', 'GeneratorFunction', 'Module', 'Atomics', 'Intl', 'JSON', 'Math'],
  ...['Reflect', 'WebAssembly', 'global', 'Window', '__proto__', 'sloppy_function_map', '<dummy>', '(anonymous)'],
]);

/** Also `get size`, `#private` and `<symbol Symbol.iterator>`. Longer ones, and those with many digits, are tokens more often than names. */
const IDENTIFIER = /^(?:(?:[gs]et )?[#\p{ID_Start}$_][\p{ID_Continue}$]{0,39}|<symbol [A-Za-z_$][\w.$]{0,39}>)$/u;
/** The same of ASCII, which most are: what Unicode says of letters takes milliseconds to compile. */
const ASCII_IDENTIFIER = /^(?:(?:[gs]et )?[#A-Za-z$_][\w$]{0,39}|<symbol [A-Za-z_$][\w.$]{0,39}>)$/;
const BEYOND_ASCII = /[^ -~]/;
const MANY_DIGITS = /(?:\d\D*){5}/;

/** What the names of a WeakMap's edges begin with: those of key and value follow, and may be values. */
export const PART_OF_KEY = /^\d+ \/ part of key \(/;
/** A script that is called by its whole text. */
const WHOLE_SCRIPT = /^(?:data|javascript):/i;
/** An element with attributes, as Chrome names nodes of documents. */
export const TAG = /^(?:Detached )?<[^ ]* /;

/** Which of all uses a text is kept for; in others it is replaced. */
export function keptUses(level: RedactionLevel, text: string): number {
  if (level === 'none' || text === '') return ALL_USES;
  return (VALUES.has(text) ? USE.value : 0) | keptNames(level, text);
}

function keptNames(level: RedactionLevel, text: string): number {
  if (level === 'full') return keptInFull(text);
  const link = PART_OF_KEY.test(text) ? 0 : USE.link;
  const name = WHOLE_SCRIPT.test(text) ? 0 : USE.name;
  const kept = (TAG.test(text) ? 0 : USE.own) | name | link;
  if (level === 'basic') return kept | USE.property | USE.entry;
  if (BUILT_IN.has(text) || POSITION.test(text)) return kept | USE.property | USE.entry;
  return isIdentifier(text) && !MANY_DIGITS.test(text) ? kept | USE.property : kept;
}

function isIdentifier(text: string): boolean {
  return ASCII_IDENTIFIER.test(text) || (BEYOND_ASCII.test(text) && IDENTIFIER.test(text));
}

function keptInFull(text: string): number {
  if (BUILT_IN.has(text)) return ALL_USES & ~USE.value;
  if (POSITION.test(text)) return USE.link | USE.property | USE.entry;
  const kept = OWN.test(text) ? USE.own | USE.name : 0;
  return LINK.test(text) ? kept | USE.link : kept;
}
