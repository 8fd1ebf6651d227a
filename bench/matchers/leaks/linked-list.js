// A list by links.
// Holder: head

let head = null;
export function call(n) {
  head = { n, next: head };
}
