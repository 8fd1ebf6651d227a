// What is filed by a key and never deleted.
// Holder: requests

const requests = new Map();
export function call(n) {
  requests.set(`request ${n}`, { started: n, body: new Array(8).fill(n) });
}
