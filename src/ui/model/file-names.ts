/** Base names, or whole paths where base names would not tell files apart. */
export function fileNames(files: readonly string[]): string[] {
  const names = files.map((file) => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1) || file);
  return new Set(names).size === names.length ? names : [...files];
}

/** Without what all names begin and end with, as labels of an axis: `server-1.heapsnapshot` is `1` among its like. */
export function shortNames(names: readonly string[]): string[] {
  const bare = names.map((name) => name.replace(/\.heapsnapshot(?:\.(?:gz|zst))?$|\.gz$/i, ''));
  if (bare.length < 2) return bare;
  const [one, ...others] = bare;
  let start = 0;
  while (start < one.length && others.every((name) => name[start] === one[start])) start += 1;
  // Never within a number: `9` and `10` are not `9` and `0`.
  while (start > 0 && /[\p{L}\p{N}]/u.test(one[start - 1])) start -= 1;
  const cut = bare.map((name) => name.slice(start));
  return cut.every((name) => name !== '') ? cut : bare;
}
