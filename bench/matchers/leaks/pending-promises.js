// Promises that wait for an answer which never comes.
// Holder: waiting

const waiting = new Map();
export function call(n) {
  const answer = new Promise((resolve) => waiting.set(n, resolve));
  answer.then((value) => ({ n, value }));
}
