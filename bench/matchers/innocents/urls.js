// Addresses.

export function call(n) {
  const url = new URL(`/path/${n}?q=${n}#part`, 'https://example.org');
  url.searchParams.append('more', 'yes');
  return url.href.length;
}
