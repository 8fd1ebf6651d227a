// Expressions and their matches.

export function call(n) {
  const text = `a${n} b${n} c${n}`;
  return [...text.matchAll(/([a-c])(\d+)/g)].map(([, letter]) => letter).join('');
}
