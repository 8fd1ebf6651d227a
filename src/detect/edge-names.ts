import type { HeapView } from '../analysis/heap-view.js';

/** Texts by which detectors of functions, timers, promises and streams know edges and nodes. */
const TEXTS = {
  // Edges that V8 names.
  boundFunction: 'bound_function',
  buffer: 'buffer',
  backingStore: 'backing_store',
  context: 'context',
  extension: 'extension',
  function: 'function',
  javascriptToNative: 'javascript_to_native',
  parameters: 'parameters_and_registers',
  previous: 'previous',
  reactions: 'reactions_or_result',
  scopeInfo: 'scope_info',
  table: 'table',
  // Properties of Node's own objects.
  bufferedValue: '<symbol kBufferedValue>',
  bufferedNode18: 'buffered',
  callback: 'callback',
  data: 'data',
  head: 'head',
  kHandle: '<symbol kHandle>',
  idleNext: '_idleNext',
  idlePrevious: '_idlePrev',
  listener: 'listener',
  next: 'next',
  onTimeout: '_onTimeout',
  chunk: 'chunk',
  repeat: '_repeat',
  socket: 'socket',
  // Properties that mark an object whatever its class is called: classes derived from `EventEmitter` have names of their own.
  contextFrame: '<symbol kAsyncContextFrame>',
  events: '_events',
  eventTargets: '<symbol kEvents>',
  readable: '_readableState',
  resourceStore: '<symbol kResourceStore>',
  writable: '_writableState',
  // Names of nodes.
  array: 'Array',
  contextCell: 'system / ContextCell',
  listenerNode: 'Listener',
  map: 'Map',
  promiseNode: 'Promise',
  promiseReaction: 'system / PromiseReaction',
  timeout: 'Timeout',
  timersList: 'TimersList',
  v8EventListener: 'V8EventListener',
} as const;

/** String indexes by what the text is for: a file may list a text twice. */
export type EdgeNames = Readonly<Record<keyof typeof TEXTS, readonly number[]>>;

const ofViews = new WeakMap<HeapView, EdgeNames>();

/** All of them at once, since every look-up goes through the lengths of all strings. Cost: one such pass a view. */
export function edgeNamesOf(view: HeapView): EdgeNames {
  const known = ofViews.get(view);
  if (known !== undefined) return known;
  const indexes = view.indexesOf(new Set<string>(Object.values(TEXTS)));
  const names = Object.fromEntries(Object.entries(TEXTS).map(([key, text]) => [key, indexes.get(text) ?? []]));
  ofViews.set(view, names as EdgeNames);
  return names as EdgeNames;
}
