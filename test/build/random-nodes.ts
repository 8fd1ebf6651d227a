import type { PlainNode } from './plain-snapshot.js';
import type { Random } from './random.js';

/** Equal entries make a kind more frequent. Names are chosen so that no rule makes one class name out of two texts. */
const NAMES_OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  object: [
    'Object',
    'Object',
    'Object',
    'Object',
    'Array',
    'Array',
    'Foo',
    'Foo',
    'Bar',
    'Window',
    'Map',
    'WeakMap',
    '__proto__',
    'constructor',
    'toString',
    '',
    '<a href="x y">',
    'Detached <a href="x y">',
    'system / Context',
    'V8EventListener',
    'system / NativeContext',
    '(map descriptors)',
    'Ünïcode \u{1F600}',
  ],
  hidden: ['system / NativeContext', 'system / Map', 'system / PropertyCell', 'system / Context', 'Array'],
  array: ['(map descriptors)', '(object elements)', '(object properties)', '', 'WeakMap', 'Array'],
  native: [
    '<div class="x">',
    '<div>',
    '<p id="b c">',
    'Detached <div>',
    'Detached <span class="q">',
    'Detached Orphan',
    'system / ExternalStringData',
    'system / ExternalStringData',
    'system / JSArrayBufferData',
    'Window',
    'V8EventListener',
    'InternalNode',
    'HTMLDocument',
    'system / NativeContext',
    'system / NativeContext / page',
  ],
  string: [
    'hello',
    'hello',
    '',
    'true',
    'false',
    '12',
    '13',
    'x'.repeat(700),
    'x'.repeat(700),
    'y'.repeat(324),
    'lone \ud800 surrogate',
    '"quoted"\n',
  ],
  'concatenated string': ['', 'joined'],
  'sliced string': ['part', 'Array'],
  code: ['(code)', 'Array'],
  closure: ['onclick', '', 'Array'],
  regexp: ['a+b'],
  number: ['int', 'int', 'bool', 'bool', '42'],
  synthetic: ['(GC roots)', '(Handle scope)', '(Document DOM trees)', '(Document DOM trees)'],
  symbol: ['Symbol.iterator'],
  bigint: ['bigint'],
  'object shape': ['(map)', 'system / Map'],
  'wasm object': ['WasmStruct'],
  'type of the future': ['Widget', 'Array'],
};

const WEIGHTED_TYPES: readonly string[] = Object.keys(NAMES_OF_TYPE).flatMap((type) => {
  const weights: Record<string, number> = { object: 10, hidden: 4, array: 5, native: 8, string: 2, synthetic: 2 };
  return Array<string>(weights[type] ?? 1).fill(type);
});

/** Types that make up most of a graph, so that rules about many nodes of one kind come into play. */
const THEMES: readonly (readonly string[])[] = [
  ['object'],
  ['native'],
  ['string', 'string', 'concatenated string', 'number'],
  ['array', 'hidden'],
];

const SELF_SIZES = [0, 0, 8, 16, 16, 24, 40, 56, 1000, 65_537];

/** What is decided once a snapshot rather than once a node. */
export interface NodeHabits {
  detachedness: boolean;
  traceNodeIds: boolean;
  theme: readonly string[];
}

function randomDetachedness(random: Random, type: string): number {
  const isStated = random.chance(type === 'native' ? 0.5 : 0.05);
  return isStated ? 1 + random.int(2) : 0;
}

/** Even ids belong to the embedder, odd ones to the JavaScript heap; both rise with the ordinal. */
function nextId(random: Random, previous: number, type: string): number {
  const id = previous + 1 + random.int(4);
  const isEven = type === 'native' || type === 'synthetic';
  return id % 2 === (isEven ? 0 : 1) ? id : id + 1;
}

function randomNode(random: Random, habits: NodeHabits, previousId: number): PlainNode {
  const isThematic = habits.theme.length > 0 && random.chance(0.6);
  const type = random.pick(isThematic ? habits.theme : WEIGHTED_TYPES);
  const isPlainObject = isThematic && type === 'object';
  const node: PlainNode = {
    type,
    name: isPlainObject ? 'Object' : random.pick(NAMES_OF_TYPE[type]),
    id: nextId(random, previousId, type),
    selfSize: random.pick(SELF_SIZES),
  };
  if (habits.detachedness) node.detachedness = randomDetachedness(random, type);
  if (habits.traceNodeIds) node.traceNodeId = random.int(4);
  return node;
}

function firstNodes(random: Random, habits: NodeHabits): PlainNode[] {
  const rootType = random.chance(0.97) ? 'synthetic' : random.pick(['object', 'hidden', 'native']);
  const root: PlainNode = { type: rootType, name: '', id: 1, selfSize: random.chance(0.1) ? 12 : 0 };
  const gcRoots: PlainNode = { type: 'synthetic', name: '(GC roots)', id: 3, selfSize: 0 };
  if (habits.detachedness) root.detachedness = gcRoots.detachedness = 0;
  if (habits.traceNodeIds) root.traceNodeId = gcRoots.traceNodeId = 0;
  return [root, gcRoots];
}

/** The root at 0, `(GC roots)` at 1, then nodes of all kinds. */
export function randomNodes(random: Random, count: number): PlainNode[] {
  const habits = {
    detachedness: random.chance(0.8),
    traceNodeIds: random.chance(0.3),
    theme: random.chance(0.5) ? [] : random.pick(THEMES),
  };
  const nodes = firstNodes(random, habits);
  // Some processes have run for long: their ids are beyond 2^31.
  let previousId = random.chance(0.05) ? 3_758_096_384 : 3;
  while (nodes.length < count) {
    const node = randomNode(random, habits, previousId);
    previousId = node.id;
    nodes.push(node);
  }
  return nodes;
}
