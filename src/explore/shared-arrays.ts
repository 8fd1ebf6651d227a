/** Arrays of zeros that threads can share. */
export const sharedU8 = (length: number) => new Uint8Array(new SharedArrayBuffer(length));
export const sharedU32 = (length: number) => new Uint32Array(new SharedArrayBuffer(4 * length));
