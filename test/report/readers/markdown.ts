/** A backslash takes the meaning away from these when GitHub tells cells apart. */
const ESCAPED = /\\[!-/:-@[-`{-~]|[^|\\]|\\/gy;

/** The cells of a table's line, as GitHub tells them apart: before it looks for code spans. */
export function tableCells(line: string): string[] {
  const inner = line.replace(/^\| /, '').replace(/ \|$/, '');
  const cells = [''];
  for (let at = 0; at < inner.length; ) {
    if (inner[at] === '|') {
      cells.push('');
      at += 1;
      continue;
    }
    ESCAPED.lastIndex = at;
    const [piece] = ESCAPED.exec(inner) as RegExpExecArray;
    cells[cells.length - 1] += piece === '\\|' ? '|' : piece;
    at += piece.length;
  }
  return cells.map((cell) => cell.trim());
}

/** A line without its code spans (CommonMark 6.1), and what is in those. */
export function withoutCode(line: string): { readonly text: string; readonly spans: readonly string[] } {
  const spans: string[] = [];
  let text = '';
  for (let at = 0; at < line.length; ) {
    const fence = /^`+/.exec(line.slice(at))?.[0];
    const end = fence === undefined ? -1 : closingFence(line, at + fence.length, fence.length);
    if (fence === undefined || end < 0) {
      text += fence ?? line[at];
      at += fence?.length ?? 1;
      continue;
    }
    const content = line.slice(at + fence.length, end);
    const isPadded = /^ .* $/u.test(content) && content.trim() !== '';
    spans.push(isPadded ? content.slice(1, -1) : content);
    at = end + fence.length;
  }
  return { text, spans };
}

function closingFence(line: string, from: number, length: number): number {
  for (const { 0: run, index } of line.slice(from).matchAll(/`+/g)) if (run.length === length) return from + index;
  return -1;
}
