// Lines of a log that are kept.
// Holder: log

const log = [];
export function call(n) {
  log.push(`${new Array(20).fill(n).join(',')} was handled`);
}
