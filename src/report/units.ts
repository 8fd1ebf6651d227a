import type { Bytes } from '../base/types.js';

// Decimal units, as DevTools shows sizes, and no locale: the same input prints the same bytes everywhere.
const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'];

/** `0 B`, `999 B`, `1.0 kB`, `12.3 MB`. */
export function formatBytes(bytes: Bytes): string {
  if (bytes <= -0.5) return `-${formatBytes(-bytes)}`;
  if (bytes < 999.5) return `${Math.round(bytes)} B`;
  let value = bytes / 1000;
  let unit = 0;
  // 999.95 would print as `1000.0`.
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(1)} ${UNITS[unit]}`;
}

/** A size with its exact bytes where the short form loses some: `12.3 MB (12,345,678 bytes)`. */
export function formatExactBytes(bytes: Bytes): string {
  return bytes < 1000 ? formatBytes(bytes) : `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}

/** `1,234,567`; means keep one decimal below 100: `12.3`. */
export function formatCount(count: number): string {
  const rounded = Math.abs(count) < 100 ? Math.round(count * 10) / 10 : Math.round(count);
  const [whole, decimal] = String(Math.abs(rounded)).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${rounded < 0 ? '-' : ''}${grouped}${decimal === undefined ? '' : `.${decimal}`}`;
}

export function formatCountDelta(delta: number): string {
  const text = formatCount(delta);
  return delta > 0 && text !== '0' ? `+${text}` : text;
}

export function formatBytesDelta(delta: Bytes): string {
  return delta >= 0.5 ? `+${formatBytes(delta)}` : formatBytes(delta);
}

/** `12.3 %`; a share of nothing is `0.0 %`. */
export function formatShare(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)} %`;
}

/** `1 step`, `7 steps`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
