// A list of a class's own.
// Holder: Registry

class Entry {
  constructor(n) {
    this.n = n;
  }
}
class Registry {
  static all = [];
  static add(n) {
    Registry.all.push(new Entry(n));
    return new Registry();
  }
  size = Registry.all.length;
}
export function call(n) {
  Registry.add(n);
}
