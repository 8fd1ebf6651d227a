// What the passes need to know of a string: one byte each, written by TypeScript (analysis/string-tags.ts has the texts).

/** The low bits say which of the known texts a string is; 0 is none of them. */
export const TAG_KIND: u32 = 0x1f;
export const TAG_OBJECT: u32 = 1;
export const TAG_ARRAY: u32 = 2;
export const TAG_MAP_DESCRIPTORS: u32 = 3;
export const TAG_NATIVE_CONTEXT: u32 = 4;
export const TAG_SLOPPY_FUNCTION_MAP: u32 = 5;
export const TAG_DOM_TREES: u32 = 6;
export const TAG_EXTERNAL_STRING_DATA: u32 = 7;
export const TAG_ARRAY_BUFFER_DATA: u32 = 8;
export const TAG_ELEMENTS: u32 = 9;
export const TAG_PROTO: u32 = 10;
/** Bit: the text starts with `Detached `. */
export const TAG_DETACHED: u32 = 0x20;
/** Bit: as the name of an edge of a descriptor array, the text is the number of a link to skip (S7). */
export const TAG_DESCRIPTOR_LINK: u32 = 0x80;
