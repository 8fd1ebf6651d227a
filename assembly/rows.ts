// Rows of `nodes` and `edges` as V8 writes them: text straight into columns, without 64-bit integers in between.
//
// 64 bytes at a time, as long as every byte is what it is in nearly all files: digits, one comma between two numbers, and a line
// feed in front of each row's last comma or nowhere. The commas are found as a bit mask; between them numbers are read in pairs,
// with no branch that depends on the text. Where anything is odd, or does not fit its column, the kernels leave off in front of
// that block, for the general scanner: they never decide that something is wrong.

import { BLOCK, maskOf } from './byte-masks';
import { SLOT_COUNT, SLOT_POSITION, setU32, setU8 } from './memory';
import {
  COMMA,
  EVEN,
  HUNDRED,
  LEADING,
  LINE_FEED,
  NIBBLES,
  NINE,
  TEN,
  TEN_THOUSAND,
  ZERO,
} from './row-constants';

/** Numbers are turned into values eight digits at a time. */
const EIGHT: usize = 8;

/** One bit for each of the 64 bytes in a … d that is no digit. */
@inline
function nonDigits(a: v128, b: v128, c: v128, d: v128, zero: v128, nine: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(i8x16.gt_u(i8x16.sub(a, zero), nine))) |
    (<u64>(<u32>i8x16.bitmask(i8x16.gt_u(i8x16.sub(b, zero), nine))) << 16) |
    (<u64>(<u32>i8x16.bitmask(i8x16.gt_u(i8x16.sub(c, zero), nine))) << 32) |
    (<u64>(<u32>i8x16.bitmask(i8x16.gt_u(i8x16.sub(d, zero), nine))) << 48)
  );
}

/**
 * Not zero where a block is anything but numbers with a comma between two of them, and a line feed in front of some of the commas.
 * The block begins with a number's first byte; what its last bytes are shows only in the next one.
 */
@inline
function oddOf(gaps: u64, commas: u64, feeds: u64, zeros: u64): u64 {
  const begins: u64 = (gaps << 1) | 1;
  const behindFeeds: u64 = feeds << 1;
  // A byte of another kind; a comma or a feed without a number in front; a feed without a comma behind; a zero before a digit.
  return (
    (gaps ^ commas ^ feeds) |
    (begins & ((commas & ~behindFeeds) | feeds | (zeros & (~gaps >> 1)))) |
    (behindFeeds & ~commas)
  );
}

/** The value of two numbers of up to eight digits each, in lanes 0 and 1: their digits, one a byte, in the two halves of `digits`. */
@inline
function valuesOf(digits: v128, even: v128, ten: v128, hundred: v128, tenThousand: v128): v128 {
  const pairs: v128 = i16x8.add(i16x8.mul(v128.and(digits, even), ten), i16x8.shr_u(digits, 8));
  const fours: v128 = i32x4.dot_i16x8_s(pairs, hundred);
  return i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(fours, fours), tenThousand);
}

/** The digits of two numbers, right-aligned in a half each: the one that ends at `p` and has `m` of them, and `q` with `n`. */
@inline
function digitsOf(p: usize, m: u64, q: usize, n: u64, constants: usize): v128 {
  const text: v128 = v128.load64_lane(q - EIGHT, v128.load64_zero(p - EIGHT), 1);
  const nibbles: usize = constants + NIBBLES;
  return v128.and(text, v128.load64_lane(nibbles + <usize>(n << 3), v128.load64_zero(nibbles + <usize>(m << 3)), 1));
}

/** What stands in front of the last eight digits of a number that ends at `p` and has `n` of them, ten at most. */
@inline
function leadingOf(p: usize, n: u64, constants: usize): u64 {
  const digits: u64 = <u64>load<u16>(p - EIGHT - 2) & <u64>load<u16>(constants + LEADING + <usize>(n << 1));
  return (digits & 15) * 10 + (digits >> 8);
}

/** Edges; see `readEdgeRows`. Inlined with `feed` and `wide` constant, which leaves nothing of what a file does not need. */
@inline
function edgeRows(
  from: usize,
  end: usize,
  rows: u32,
  feed: bool,
  wide: bool,
  constants: usize,
  inverse: u32,
  twos: u32,
  nodes: u32,
  typeMax: u32,
  types: usize,
  names: usize,
  targets: usize,
  result: usize,
): void {
  const even: v128 = v128.load(constants + EVEN);
  const ten: v128 = v128.load(constants + TEN);
  const hundred: v128 = v128.load(constants + HUNDRED);
  const tenThousand: v128 = v128.load(constants + TEN_THOUSAND);
  const comma: v128 = v128.load(constants + COMMA);
  const zero: v128 = v128.load(constants + ZERO);
  const nine: v128 = v128.load(constants + NINE);
  const lineFeed: v128 = v128.load(constants + LINE_FEED);
  const lastNode: u64 = nodes - 1;
  let p: usize = from;
  let row: u32 = 0;
  while (p + BLOCK <= end) {
    const a: v128 = v128.load(p);
    const b: v128 = v128.load(p, 16);
    const c: v128 = v128.load(p, 32);
    const d: v128 = v128.load(p, 48);
    let commas: u64 = maskOf(a, b, c, d, comma);
    const feeds: u64 = feed ? maskOf(a, b, c, d, lineFeed) : 0;
    if (oddOf(nonDigits(a, b, c, d, zero, nine), commas, feeds, maskOf(a, b, c, d, zero)) != 0) break;
    let left: u32 = min<u32>(<u32>popcnt(commas) / 3, rows - row);
    if (left == 0) break;
    let next: u32 = row;
    let start: u64 = 0;
    let rowFeeds: u64 = 0;
    // Its sign bit shows whatever is out of its bounds: each difference is negative then.
    let odd: u64 = 0;
    do {
      const first: u64 = ctz(commas);
      commas &= commas - 1;
      const second: u64 = ctz(commas);
      commas &= commas - 1;
      const third: u64 = ctz(commas);
      commas &= commas - 1;
      const stop: u64 = feed ? third - 1 : third;
      const nameDigits: u64 = second - first - 1;
      const targetDigits: u64 = stop - second - 1;
      const digits: v128 = digitsOf(p + <usize>second, nameDigits, p + <usize>stop, targetDigits, constants);
      const values: v128 = valuesOf(digits, even, ten, hundred, tenThousand);
      const type: u64 = <u64>load<u8>(p + <usize>start) - 0x30;
      let target: u64 = <u64>(<u32>i32x4.extract_lane(values, 1));
      if (wide) target += leadingOf(p + <usize>stop, targetDigits, constants) * 100000000;
      const ordinal: u32 = rotr<u32>(<u32>target * inverse, twos);
      odd |= (1 + start - first) | (typeMax - type) | (8 - nameDigits) | ((wide ? 10 : 8) - targetDigits) | (lastNode - ordinal);
      if (wide) odd |= 0xffffffff - target;
      setU8(types, next, <u32>type);
      setU32(names, next, <u32>i32x4.extract_lane(values, 0));
      setU32(targets, next, ordinal);
      next++;
      if (feed) rowFeeds |= <u64>1 << stop;
      start = third + 1;
    } while (--left != 0);
    if (feed) odd |= 0 - <u64>((feeds & ((<u64>1 << (start - 1)) - 1)) != rowFeeds);
    if (<i64>odd < 0) break;
    row = next;
    p += <usize>start;
  }
  store<u32>(result + SLOT_POSITION, <u32>p);
  store<u32>(result + SLOT_COUNT, row);
}

/**
 * Edges, their fields in V8's order: type, name or index, to_node. Reads from [from, end), `from` at the first digit of a row, at
 * most `rows` rows; `feed` is 1 where a line feed stands between a row and its comma, else 0. `to_node` becomes an ordinal below
 * `nodes`: times `inverse`, rotated right by `twos`, it is the quotient where it is a multiple of the node fields, and out of range
 * where not. `wide` is 1 where it may have more than eight digits. The columns' addresses are those of the next row.
 * 16 readable bytes must precede `from`. The slots tell how many rows it has read and where the next one begins; the rest of a
 * block behind them may have been written to.
 */
export function readEdgeRows(
  from: usize,
  end: usize,
  rows: u32,
  feed: u32,
  wide: u32,
  constants: usize,
  inverse: u32,
  twos: u32,
  nodes: u32,
  typeMax: u32,
  types: usize,
  names: usize,
  targets: usize,
  result: usize,
): void {
  if (feed) {
    if (wide) edgeRows(from, end, rows, true, true, constants, inverse, twos, nodes, typeMax, types, names, targets, result);
    else edgeRows(from, end, rows, true, false, constants, inverse, twos, nodes, typeMax, types, names, targets, result);
  } else if (wide) {
    edgeRows(from, end, rows, false, true, constants, inverse, twos, nodes, typeMax, types, names, targets, result);
  } else {
    edgeRows(from, end, rows, false, false, constants, inverse, twos, nodes, typeMax, types, names, targets, result);
  }
}

/** Nodes; see `readNodeRows`. */
@inline
function nodeRows(
  from: usize,
  end: usize,
  rows: u32,
  feed: bool,
  constants: usize,
  traced: u32,
  attached: u32,
  typeMax: u32,
  types: usize,
  names: usize,
  ids: usize,
  sizes: usize,
  counts: usize,
  states: usize,
  result: usize,
): void {
  const even: v128 = v128.load(constants + EVEN);
  const ten: v128 = v128.load(constants + TEN);
  const hundred: v128 = v128.load(constants + HUNDRED);
  const tenThousand: v128 = v128.load(constants + TEN_THOUSAND);
  const comma: v128 = v128.load(constants + COMMA);
  const zero: v128 = v128.load(constants + ZERO);
  const nine: v128 = v128.load(constants + NINE);
  const lineFeed: v128 = v128.load(constants + LINE_FEED);
  const width: u32 = 5 + traced + attached;
  let p: usize = from;
  let row: u32 = 0;
  while (p + BLOCK <= end && row < rows) {
    const a: v128 = v128.load(p);
    const b: v128 = v128.load(p, 16);
    const c: v128 = v128.load(p, 32);
    const d: v128 = v128.load(p, 48);
    let commas: u64 = maskOf(a, b, c, d, comma);
    const feeds: u64 = feed ? maskOf(a, b, c, d, lineFeed) : 0;
    if (oddOf(nonDigits(a, b, c, d, zero, nine), commas, feeds, maskOf(a, b, c, d, zero)) != 0) break;
    let left: u32 = <u32>popcnt(commas);
    if (left < width) break;
    let next: u32 = row;
    let start: u64 = 0;
    let rowFeeds: u64 = 0;
    let odd: u64 = 0;
    do {
      const first: u64 = ctz(commas);
      commas &= commas - 1;
      const second: u64 = ctz(commas);
      commas &= commas - 1;
      const third: u64 = ctz(commas);
      commas &= commas - 1;
      const fourth: u64 = ctz(commas);
      commas &= commas - 1;
      let last: u64 = ctz(commas);
      commas &= commas - 1;
      const countEnd: u64 = feed && width == 5 ? last - 1 : last;
      if (traced) {
        const before: u64 = last;
        last = ctz(commas);
        commas &= commas - 1;
        // Nothing is made of it, so it may be anything that is exact as a double. A line feed counts with its digits.
        odd |= 16 - (last - before);
      }
      if (attached) {
        const before: u64 = last;
        last = ctz(commas);
        commas &= commas - 1;
        odd |= (feed ? 3 : 2) - (last - before);
        setU8(states, next, load<u8>(p + <usize>before + 1) - 0x30);
      }
      const typeDigits: u64 = first - start;
      const nameDigits: u64 = second - first - 1;
      const idDigits: u64 = third - second - 1;
      const sizeDigits: u64 = fourth - third - 1;
      const countDigits: u64 = countEnd - fourth - 1;
      const naming: v128 = digitsOf(p + <usize>second, nameDigits, p + <usize>third, idDigits, constants);
      const named: v128 = valuesOf(naming, even, ten, hundred, tenThousand);
      const sizing: v128 = digitsOf(p + <usize>fourth, sizeDigits, p + <usize>countEnd, countDigits, constants);
      const sized: v128 = valuesOf(sizing, even, ten, hundred, tenThousand);
      // One or two digits, which stand where those before the last eight of a longer number would.
      const type: u64 = leadingOf(p + <usize>first + EIGHT, typeDigits + 8, constants);
      const id: u64 = leadingOf(p + <usize>third, idDigits, constants) * 100000000 + <u64>(<u32>i32x4.extract_lane(named, 1));
      odd |= (2 - typeDigits) | (typeMax - type) | (8 - nameDigits) | (10 - idDigits) | (0xffffffff - id);
      odd |= (8 - sizeDigits) | (8 - countDigits);
      setU8(types, next, <u32>type);
      setU32(names, next, <u32>i32x4.extract_lane(named, 0));
      setU32(ids, next, <u32>id);
      setU32(sizes, next, <u32>i32x4.extract_lane(sized, 0));
      setU32(counts, next, <u32>i32x4.extract_lane(sized, 1));
      next++;
      if (feed) rowFeeds |= <u64>1 << (last - 1);
      start = last + 1;
      left -= width;
    } while (left >= width && next < rows);
    if (feed) odd |= 0 - <u64>((feeds & ((<u64>1 << (start - 1)) - 1)) != rowFeeds);
    if (<i64>odd < 0) break;
    row = next;
    p += <usize>start;
  }
  store<u32>(result + SLOT_POSITION, <u32>p);
  store<u32>(result + SLOT_COUNT, row);
}

/**
 * Nodes, their fields in V8's order: type, name, id, self_size, edge_count, where `traced` is 1 trace_node_id, of which nothing is
 * kept, and where `attached` is 1 detachedness. All else as in `readEdgeRows`.
 */
export function readNodeRows(
  from: usize,
  end: usize,
  rows: u32,
  feed: u32,
  constants: usize,
  traced: u32,
  attached: u32,
  typeMax: u32,
  types: usize,
  names: usize,
  ids: usize,
  sizes: usize,
  counts: usize,
  states: usize,
  result: usize,
): void {
  if (feed) nodeRows(from, end, rows, true, constants, traced, attached, typeMax, types, names, ids, sizes, counts, states, result);
  else nodeRows(from, end, rows, false, constants, traced, attached, typeMax, types, names, ids, sizes, counts, states, result);
}
