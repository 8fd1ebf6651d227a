import { createScreen, type Screen, UNBOUND_WIDTH } from '../report/screen.js';

type Environment = Readonly<Record<string, string | undefined>>;
interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Below this, tables are left to wrap: no column could be read any more. */
const NARROWEST = 40;

/** The screen a stream offers. A file or a pipe gets one fixed width, so that its bytes do not depend on a terminal. */
export function screenOf(stream: Stream, environment: Environment): Screen {
  const width = stream.isTTY ? Math.max(NARROWEST, stream.columns || 80) : UNBOUND_WIDTH;
  return createScreen(width, allowsColour(stream, environment));
}

/** NO_COLOR wins over FORCE_COLOR (no-color.org); both count when not empty. */
export function allowsColour(stream: Stream, environment: Environment): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && TERM !== 'dumb';
}

export type ProgressMode = 'auto' | 'always' | 'never';

/** A bar is for someone who watches: not for a pipe, a log or a CI job, unless asked for. */
export function showsProgress(mode: ProgressMode, stream: Stream, environment: Environment): boolean {
  if (mode !== 'auto') return mode === 'always';
  return stream.isTTY === true && environment.TERM !== 'dumb' && !environment.CI;
}
