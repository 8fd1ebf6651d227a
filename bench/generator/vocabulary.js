// The words of a service's heap, most frequent first: names are picked skewed to the front.

// biome-ignore format: a table
export const propertyNames = combine(
  ['id', 'name', 'value', 'type', 'data', 'next', 'key', 'parent',
   'state', 'options', 'items', 'user', 'created', 'status', 'path', 'url'],
  ['', 'Count', 'List', 'ById', 'Handler', 'Config', 'Cache', 'At', 'Total', 'Index', 'Version', 'Hash', 'Source',
   'Limit'],
);

// biome-ignore format: a table
export const classNames = combine(
  ['Session', 'Order', 'Request', 'Event', 'User', 'Cache', 'Socket', 'Route'],
  ['', 'Entry', 'State', 'Handle', 'Store', 'Listener', 'Queue', 'Record'],
);

// biome-ignore format: a table
export const functionNames = combine(
  ['get', 'set', 'on', 'handle', 'create', 'resolve', 'parse', 'emit', 'load', 'flush'],
  ['', 'Data', 'Error', 'Close', 'Request', 'Message', 'Timeout', 'Value', 'Next', 'Connection', 'Listener', 'Batch'],
);

// biome-ignore format: a table
export const commonTexts = [
  'active', 'GET', 'POST', 'utf8', 'pending', 'application/json', 'default', 'en', 'de', 'closed', 'error', 'HTTP/1.1', 'not found',
  'production', 'keep-alive', 'gzip', 'session', 'Europe/Berlin', 'EUR', 'anonymous',
];

/** Below `(GC roots)`, in V8's order. */
// biome-ignore format: a table
export const rootNames = [
  '(Bootstrapper)', '(Builtins)', '(Client heap)', '(Code flusher)', '(Compilation cache)', '(Debugger)',
  '(Extensions)', '(Eternal handles)', '(External strings)', '(Global handles)', '(Handle scope)', '(Micro tasks)',
  '(Read-only roots)', '(Relocatable)', '(Retain maps)', '(Shareable object cache)', '(SharedStruct type registry)',
  '(Smi roots)', '(Stack roots)', '(Startup object cache)', '(Internalized strings)', '(Strong root list)',
  '(Strong roots)', '(Thread manager)', '(Traced handles)', '(Weak roots)', '(Write barrier)',
];

function combine(stems, endings) {
  return endings.flatMap((ending) => stems.map((stem) => stem + ending));
}
