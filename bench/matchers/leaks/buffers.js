// Buffers.
// Holder: chunks

const chunks = [];
export function call(n) {
  chunks.push(Buffer.alloc(256, n % 256));
}
