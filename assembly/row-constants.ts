// What the kernels of rows.ts find at `constants`; mirrored by src/read/row-constants.ts. Vectors come from memory because V8
// builds those that are written down in the code anew at every use.

/** u64 by number of digits, 0 … 10: the low nibbles of the last eight of them, in the last bytes. */
export const NIBBLES: usize = 0;
/** u16 by number of digits, 0 … 10: the low nibbles of those in front of the last eight, in the last bytes. */
export const LEADING: usize = 88;
/** Every other byte. */
export const EVEN: usize = 112;
/** 10 in each i16. */
export const TEN: usize = 128;
/** 100 and 1 in turn. */
export const HUNDRED: usize = 144;
/** 10,000 and 1 in turn. */
export const TEN_THOUSAND: usize = 160;
// A byte in all lanes.
export const COMMA: usize = 176;
export const ZERO: usize = 192;
export const NINE: usize = 208;
export const LINE_FEED: usize = 224;
