import { Buffer } from 'node:buffer';

/** How the value of a field is written. */
const WIRE = { varint: 0, bytes: 2 } as const;

/** One message of protocol buffers, field by field. A field of the default value is left out, as the format has it. */
export class Message {
  readonly #parts: Uint8Array[] = [];

  /** A whole number from 0 to 2^53 - 1. */
  number(field: number, value: number): this {
    if (value !== 0) this.#parts.push(tag(field, WIRE.varint), varint(value));
    return this;
  }

  /** Several of them in one field. */
  numbers(field: number, values: readonly number[]): this {
    return values.length === 0 ? this : this.bytes(field, Buffer.concat(values.map(varint)));
  }

  message(field: number, message: Message): this {
    return this.bytes(field, message.finish());
  }

  /** An empty one counts in a list of texts, and is written. */
  text(field: number, text: string): this {
    return this.bytes(field, Buffer.from(text, 'utf8'));
  }

  bytes(field: number, bytes: Uint8Array): this {
    this.#parts.push(tag(field, WIRE.bytes), varint(bytes.length), bytes);
    return this;
  }

  finish(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}

function tag(field: number, wire: number): Uint8Array {
  return varint(8 * field + wire);
}

/** Seven bits a byte, the low ones first. Not by shifts, which know 32 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
