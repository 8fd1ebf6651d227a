// Functions that are made and run.

export function call(n) {
  const functions = Array.from({ length: 30 }, (_, at) => (value) => value + at + n);
  return functions.reduce((value, run) => run(value), 0);
}
