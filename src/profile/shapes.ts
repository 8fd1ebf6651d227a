/** Objects and lists of a profile; `other` is whatever the protocol does not know. */
export type Shape = 'profile' | 'node' | 'frame' | 'children' | 'samples' | 'sample' | 'other';

/** What a field holds: a text, a whole number from 0 or from -1 on, or a shape. */
export type Kind = 'text' | 'count' | 'position' | Shape;

/**
 * Fields that are read, by what they stand in; all others are passed over. Rule: `SamplingHeapProfile` of the inspector's HeapProfiler domain.
 * Maps, since a hostile file has fields called `__proto__`.
 */
export const FIELDS: Readonly<Record<Shape, ReadonlyMap<string, Kind>>> = {
  profile: new Map<string, Kind>([
    ['head', 'node'],
    ['samples', 'samples'],
  ]),
  node: new Map<string, Kind>([
    ['callFrame', 'frame'],
    ['selfSize', 'count'],
    ['id', 'count'],
    ['children', 'children'],
  ]),
  frame: new Map<string, Kind>([
    ['functionName', 'text'],
    ['url', 'text'],
    ['lineNumber', 'position'],
    ['columnNumber', 'position'],
  ]),
  sample: new Map<string, Kind>([['nodeId', 'count']]),
  children: new Map(),
  samples: new Map(),
  other: new Map(),
};

/** What a list's items are. */
export const ITEMS: Readonly<Partial<Record<Shape, Kind>>> = { children: 'node', samples: 'sample' };

const LISTS: ReadonlySet<Kind> = new Set<Kind>(['children', 'samples']);

export function isList(kind: Kind): boolean {
  return LISTS.has(kind);
}

export function isShape(kind: Kind): kind is Shape {
  return kind in FIELDS;
}

/** For messages. */
export const EXPECTED: Readonly<Record<Kind, string>> = {
  text: 'a text',
  count: 'a whole number from 0 to 2^53 - 1',
  position: 'a whole number from -1 on',
  profile: 'the object of a sampling heap profile',
  node: 'an object with a "callFrame" and a "selfSize"',
  frame: 'an object with a function’s name and place',
  children: 'a list of nodes',
  samples: 'a list of samples',
  sample: 'an object with a "nodeId"',
  other: 'any value',
};
