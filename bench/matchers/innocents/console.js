// Lines for the console, which runners catch.

export function call(n) {
  console.log(`call ${n}`);
}
