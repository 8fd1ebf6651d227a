/** The `strings` section under construction: every text gets one index, so no two entries are equal. */
export interface StringTable {
  readonly strings: string[];
  indexOf(text: string): number;
}

/** V8 puts a dummy entry first; index 0 is never used for a real name. */
export function createStringTable(): StringTable {
  const strings = ['<dummy>'];
  const indexes = new Map<string, number>([['<dummy>', 0]]);

  function indexOf(text: string): number {
    let index = indexes.get(text);
    if (index === undefined) {
      index = strings.length;
      strings.push(text);
      indexes.set(text, index);
    }
    return index;
  }

  return { strings, indexOf };
}
