// A property of the global object.
// Holder: leakedRecords

globalThis.leakedRecords = [];
export function call(n) {
  globalThis.leakedRecords.push({ n, text: `record ${n}` });
}
