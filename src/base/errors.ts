/** Every code a `SnapshotError` can carry. Codes are API: add, never rename. */
export type SnapshotErrorCode =
  /** The file cannot be opened or read, or is not a regular file. */
  | 'UNREADABLE'
  /** The bytes end before the snapshot does. */
  | 'TRUNCATED'
  /** The bytes are not the JSON that a snapshot is made of. */
  | 'SYNTAX'
  /** JSON nested deeper than the reader follows. */
  | 'TOO_DEEP'
  /** A number that is negative, fractional, has an exponent or exceeds 2^53 - 1 where a count or size belongs. */
  | 'NUMBER'
  /** `snapshot.meta` is missing, or lacks a field the engine needs. */
  | 'HEADER'
  /** A needed section is missing. */
  | 'MISSING_SECTION'
  /** A section appears twice. */
  | 'DUPLICATE_SECTION'
  /** The header's counts and the section's length disagree. */
  | 'COUNT_MISMATCH'
  /** A type, ordinal or string index that points outside its table. */
  | 'OUT_OF_RANGE'
  /** A compressed stream that is damaged, or whose format this Node cannot open. */
  | 'COMPRESSION'
  /** The snapshot needs more memory than the engine can address, or than it may use. */
  | 'TOO_LARGE'
  /** A thread or process of its own ran out of memory, or was ended because it took more than there was for it. */
  | 'OUT_OF_MEMORY'
  /** The analysis took longer than it may. */
  | 'TIMEOUT'
  /** The process of the snapshot died for another reason. */
  | 'CRASHED'
  /** No room on the disk for temporary files. */
  | 'DISK_FULL'
  /** A temporary file that cannot be made, written or read. */
  | 'TEMPORARY'
  /** A file that is to be written and cannot be. */
  | 'OUTPUT'
  /** A document of a shard that is none, or that does not go with the others. */
  | 'SHARD'
  /** What a cut is said to be is no such expression, or matches nothing in the snapshot. */
  | 'CUT'
  /** A query over an archive that is refused, or nothing that could answer it. */
  | 'QUERY'
  /** A cache that turned out to be damaged after it had been opened. It has been removed: opening again analyses afresh. */
  | 'CACHE_BROKEN'
  /** A defect of the engine itself. */
  | 'INTERNAL';

/** What crosses threads and appears in reports: a `SnapshotError` as plain data. */
export interface SnapshotErrorData {
  readonly code: SnapshotErrorCode;
  readonly message: string;
  /** Position in the uncompressed bytes where the problem was found; absent where no byte is to blame. */
  readonly byteOffset?: number;
}

/** The one error class of the engine. `message` states what was found and what was expected. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  readonly code: SnapshotErrorCode;
  readonly byteOffset: number | undefined;
  /** The input file, once a caller that knows it has added it. */
  file: string | undefined;

  constructor(code: SnapshotErrorCode, message: string, byteOffset?: number) {
    super(message);
    this.code = code;
    this.byteOffset = byteOffset;
  }

  toData(): SnapshotErrorData {
    const { code, message, byteOffset } = this;
    return byteOffset === undefined ? { code, message } : { code, message, byteOffset };
  }

  static fromData(data: SnapshotErrorData, file?: string): SnapshotError {
    const error = new SnapshotError(data.code, data.message, data.byteOffset);
    error.file = file;
    return error;
  }

  /** Any thrown value as a `SnapshotError`: unknown ones become `INTERNAL` with their message kept. */
  static from(thrown: unknown): SnapshotError {
    if (thrown instanceof SnapshotError) return thrown;
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return new SnapshotError('INTERNAL', `found an unexpected failure (${text}), expected none: please report it`);
  }
}
