// A leak of one call in three, as where an error is kept.
// Holder: failures

const failures = [];
export function call(n) {
  if (n % 3 === 0) failures.push(new Error(`call ${n} failed`));
}
