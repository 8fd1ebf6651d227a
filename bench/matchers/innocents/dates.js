// Dates and numbers as people write them.

const format = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
export function call(n) {
  return format.format(new Date(n * 86_400_000)) + n.toLocaleString('en');
}
