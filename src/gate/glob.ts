/** Whether `pattern`, in which `*` stands for any text, is what all of `text` looks like. Cost: the product of their lengths at most. */
export function matchesGlob(pattern: string, text: string): boolean {
  let [at, next] = [0, 0];
  /** Where to go on when what follows the last star does not fit. */
  let [star, retry] = [-1, 0];
  while (at < text.length) {
    if (pattern[next] === '*') [star, retry, next] = [next, at, next + 1];
    else if (next < pattern.length && pattern[next] === text[at]) [at, next] = [at + 1, next + 1];
    else if (star >= 0) [at, retry, next] = [retry + 1, retry + 1, star + 1];
    else return false;
  }
  while (pattern[next] === '*') next += 1;
  return next === pattern.length;
}
