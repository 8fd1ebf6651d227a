// Buffers that are let go of.

export function call(n) {
  const parts = Array.from({ length: 20 }, (_, at) => Buffer.alloc(1000, (n + at) % 256));
  return Buffer.concat(parts).toString('base64').length;
}
