// Notes on objects that die.

const notes = new WeakMap();
export function call(n) {
  const object = { n };
  notes.set(object, { text: `note ${n}` });
  return notes.get(object).text;
}
