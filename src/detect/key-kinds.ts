import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';

/**
 * What the keys of a container look like. `hidden`: small integers and the like, which a snapshot does not show. The keys themselves
 * are data and go into no report.
 */
export type KeyKind = 'ascending' | 'times' | 'ids' | 'objects' | 'texts' | 'numbers' | 'hidden';

const LONGEST_KEY = 256;
/** Milliseconds or seconds of this century, or a date as ISO 8601 writes it. */
const TIME = /^(?:1\d{12}|1\d{9}|20\d\d-\d\d-\d\d[T ].*)$/;
const ID = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|(?=.*\d)[\w-]{20,})$/i;
const NUMBERED = /^(.*?)(\d{1,15})$/s;
/** So many of the keys have to be of a kind. */
const MOST_OF = 0.8;

/** `keys`: some of a container's, in the order of insertion. */
export function kindOfKeys(view: HeapView, keys: readonly Ordinal[], hasEntries: boolean): KeyKind {
  const { nodeTypes } = view;
  const types = keys.map((key) => view.nodeType[key]);
  const texts = keys.filter((_, at) => types[at] === nodeTypes.string).map((key) => textOf(view, key));
  if (keys.length === 0) return hasEntries ? 'numbers' : 'hidden';
  if (isMost(types.filter((type) => type === nodeTypes.number).length, keys.length)) return 'numbers';
  return texts.length * 2 < keys.length ? kindOfOthers(view, types) : kindOfTexts(texts);
}

function kindOfOthers({ nodeTypes }: HeapView, types: readonly number[]): KeyKind {
  const isText = (type: number) => type === nodeTypes['concatenated string'] || type === nodeTypes['sliced string'];
  return isMost(types.filter(isText).length, types.length) ? 'texts' : 'objects';
}

export function kindOfTexts(texts: readonly string[]): KeyKind {
  if (isMost(texts.filter((text) => TIME.test(text)).length, texts.length)) return 'times';
  if (isMost(texts.filter((text) => ID.test(text)).length, texts.length)) return 'ids';
  return isAscending(texts) ? 'ascending' : 'texts';
}

/** `k1`, `k2`, `k9`, `k10` …: a counter with something in front. */
function isAscending(texts: readonly string[]): boolean {
  let steps = 0;
  let previous: RegExpExecArray | null = null;
  for (const text of texts) {
    const next = NUMBERED.exec(text);
    if (next && previous && next[1] === previous[1] && Number(next[2]) > Number(previous[2])) steps++;
    previous = next;
  }
  return texts.length > 2 && isMost(steps, texts.length - 1);
}

function isMost(count: number, of: number): boolean {
  return of > 0 && count >= MOST_OF * of;
}

function textOf(view: HeapView, node: Ordinal): string {
  return view.strings.text(view.nodeName[node], LONGEST_KEY);
}
