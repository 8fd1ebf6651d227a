/** Bits of a tag; mirrors assembly/tags.ts and assembly/ephemerons.ts. */
export const TAG = { kind: 0x1f, detached: 0x20, ephemeron: 0x40, descriptorLink: 0x80 } as const;

/** What the low bits of a tag say. */
export const KIND = {
  object: 1,
  array: 2,
  mapDescriptors: 3,
  nativeContext: 4,
  sloppyFunctionMap: 5,
  domTrees: 6,
  externalStringData: 7,
  arrayBufferData: 8,
  elements: 9,
  proto: 10,
} as const;
