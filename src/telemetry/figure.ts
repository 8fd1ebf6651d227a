/** Whether a number can be what a sample says: no amount of memory, and no count, is beyond what a double has exactly. */
export function isFigure(value: number): boolean {
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}
