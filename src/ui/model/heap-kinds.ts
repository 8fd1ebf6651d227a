import type { Statistics } from '../../base/types.js';

export interface HeapKind {
  readonly name: string;
  readonly bytes: number;
}

/** What the heap consists of, as DevTools' statistics tell it; the parts add up to the whole. Those without a byte are left out. */
export function heapKinds({ total, native, v8heap }: Statistics): HeapKind[] {
  const { code, jsArrays, strings, system } = v8heap;
  const kinds = [
    { name: 'code', bytes: code },
    { name: 'strings', bytes: strings },
    { name: 'arrays', bytes: jsArrays },
    { name: 'typed arrays and buffers', bytes: native.typedArrays },
    { name: 'other native memory', bytes: native.total - native.typedArrays },
    { name: 'system', bytes: system },
  ];
  const rest = total - kinds.reduce((sum, { bytes }) => sum + bytes, 0);
  return [...kinds, { name: 'other objects', bytes: rest }].filter(({ bytes }) => bytes > 0);
}
