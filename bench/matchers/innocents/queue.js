// A queue that is emptied.

const queue = [];
export async function call(n) {
  for (let at = 0; at < 20; at++) queue.push({ at, n });
  while (queue.length > 0) {
    await null;
    queue.shift();
  }
}
