/** Frozen: scripts and CI jobs depend on them. */
export const EXIT = {
  ok: 0,
  /** Something was found that the command was to fail on. */
  findings: 1,
  /** The command line is wrong. */
  usage: 2,
  /** One or more inputs could not be analysed; what could be is reported. */
  inputs: 3,
  /** A defect, or an output that cannot be written. */
  internal: 4,
} as const;

/** What a shell reports for a process that a signal ended. */
export const SIGNAL_EXIT = { SIGINT: 130, SIGTERM: 143 } as const;

/** A mistake in the command line that commander cannot see. The message says what was looked for. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
