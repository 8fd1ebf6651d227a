import { placeholderOf } from '../rewrite/placeholder-text.js';
import { keptUses, USE } from '../rewrite/vocabulary.js';
import { EXPRESSION_WORDS, OWN_WORDS } from './redact-words.js';

/** How much of a report's names is hidden. Values of strings are in none: a report has to be asked for those. */
export type HiddenNames = 'names' | 'full';

/** Names that may stay as what they are the names of. */
const NAMES = USE.own | USE.name;
/** A text that says what it is by how it ends: what is in a file, or runs. */
const ENDING = /\.(?:heap(?:snapshot|timeline|profile)|jsonl|ndjson|log|csv|tsv|txt|out)(?:\.gz|\.zst)?$/i;
/** Node's own, which every program has. */
const OWN_SCRIPT = /^node:[\w/-]+$/;

const KEEPS = ' keeps ';
/** What a detector says of a pattern, in place of a class. */
const COUNTED = /^(?:at least )?\d+ [a-z]|^a pending /;
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';
/** A file's name in a sentence, and how V8 calls its own. */
const SCRIPT = '[^\\s/"()\\[\\]]+\\.[cm]?[jt]sx?(?![\\p{L}\\p{N}])';
/** What a plain object is called. */
const PLAIN = '\\{[^{}"]{1,500}\\}';
const OWN = 'system \\/ \\w+';
/** A number with what belongs to it is one word, such as a number of a telephone: its parts might pass for counts. */
const WORD = '[\\p{L}\\p{N}_$#][\\p{L}\\p{N}\\p{M}_$#\\u200c\\u200d-]*';
/** Of all else only marks of ASCII and our own are no text. */
const OTHER = '[^\\x20-\\x7e→…·×–≥]+';
const SENTENCE = new RegExp([QUOTED, PLAIN, SCRIPT, OWN, WORD, OTHER].join('|'), 'gu');
/** On a path, what stands in brackets by itself is V8's name for an edge or a node. */
const PATH = new RegExp([QUOTED, SCRIPT, OWN, '\\(\\w+\\)', WORD, OTHER].join('|'), 'gu');

/**
 * Hides names in the texts of a report by the rule that `redactSnapshot` has for a snapshot's, and puts the same in their place where the key is the
 * same: a name that a text has as a whole, or as a word of its own, has the placeholder of the string that it is.
 */
export class TextRedaction {
  readonly level: HiddenNames;
  readonly #key: Uint8Array;

  constructor(level: HiddenNames, key: Uint8Array) {
    this.level = level;
    this.#key = key;
  }

  /** The name of a class, a function or a node. */
  name(text: string): string {
    // Plain objects are called by the properties they have.
    if (text.startsWith('{') || text.startsWith('function ')) return this.expression(text);
    const kept = keptUses(this.level, text) & NAMES;
    // Elements with attributes are the embedder's, and say what they say.
    const isKept = this.level === 'full' ? kept !== 0 : kept === NAMES;
    return isKept ? text : this.hidden(text);
  }

  /** Who holds something, or a step on the way there. */
  expression(text: string): string {
    return this.#words(text, PATH, EXPRESSION_WORDS);
  }

  /** What a suspect is called: who holds it, and what. */
  title(text: string): string {
    const at = text.indexOf(KEEPS);
    if (at < 0) return this.sentence(text);
    const what = text.slice(at + KEEPS.length);
    return this.expression(text.slice(0, at)) + KEEPS + (COUNTED.test(what) ? this.sentence(what) : this.name(what));
  }

  /** A sentence of this project's with names in it; `known`: those that it may have as a whole. */
  sentence(text: string, known: readonly (readonly [text: string, hidden: string])[] = []): string {
    const [first, ...rest] = known.filter(([name]) => name.length > 1);
    if (first === undefined) return this.#words(text, SENTENCE, OWN_WORDS);
    const [name, hidden] = first;
    return text
      .split(name)
      .map((part) => this.sentence(part, rest))
      .join(hidden);
  }

  script(text: string): string {
    if (this.level === 'names') return (keptUses('names', text) & USE.name) !== 0 ? text : this.hidden(text);
    return text === '' || OWN_SCRIPT.test(text) ? text : this.hidden(text);
  }

  /** A file of the command's own, which is told with its folder. */
  file(path: string): string {
    if (this.level === 'names') return path;
    return this.hidden(path) + (ENDING.exec(path)?.[0] ?? '');
  }

  /** Anything that is no text of this project's. */
  text(text: string): string {
    return this.level === 'names' || text === '' ? text : this.hidden(text);
  }

  hidden(text: string): string {
    return placeholderOf(text, this.#key);
  }

  #words(text: string, tokens: RegExp, own: ReadonlySet<string>): string {
    return text.replace(tokens, (token) => {
      if (token.startsWith('"')) return `"${this.#quoted(token)}"`;
      if (token.startsWith('{')) return this.name(token);
      if (token.startsWith('(') || /^system \/ /.test(token)) return token;
      return this.#isOwn(token, own) ? token : this.hidden(token);
    });
  }

  /** A property that is no identifier, as JSON has it. */
  #quoted(token: string): string {
    let name = token.slice(1, -1);
    try {
      name = JSON.parse(token);
    } catch {
      // Cut somewhere within.
    }
    return (keptUses(this.level, name) & USE.property) !== 0 ? token.slice(1, -1) : this.hidden(name);
  }

  #isOwn(word: string, own: ReadonlySet<string>): boolean {
    if (own.has(word) || /^\d{1,3}$/.test(word)) return true;
    if (this.level === 'full') return (keptUses('full', word) & NAMES) !== 0;
    // Scripts stay, and what does not begin as a name is none.
    if (!/^[\p{ID_Start}$_#]/u.test(word) || /\.[cm]?[jt]sx?$/.test(word)) return true;
    return (keptUses('names', word) & USE.property) !== 0 || /-/.test(word);
  }
}
