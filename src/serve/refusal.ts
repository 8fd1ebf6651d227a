/** Codes of the errors that the explorer's server answers with, besides those of snapshots. */
export type RefusalCode = 'FORBIDDEN' | 'NOT_FOUND' | 'METHOD' | 'PARAMETER' | 'TOO_LONG' | 'BODY';

const STATUS: Readonly<Record<RefusalCode, number>> = {
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD: 405,
  PARAMETER: 400,
  TOO_LONG: 414,
  BODY: 413,
};

/** A request that is not answered. The message states what was found and what was expected. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code];
  }
}
