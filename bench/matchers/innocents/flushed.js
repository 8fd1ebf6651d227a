// A batch that is sent when it is full: how full it is differs from round to round.

let batch = [];
export function call(n) {
  batch.push({ n, text: `line ${n}` });
  if (batch.length === 33) batch = [];
}
