import type { ReportInput } from '#src/report/reporter.js';
import { REPORTERS } from '#src/report/reporters.js';

/** Those that write bytes, which a test of their own reads. */
const BINARY: readonly string[] = ['pprof', 'parquet', 'parquet-growth', 'parquet-findings'];

/** Those that write text. */
export const TEXT_REPORTERS: readonly string[] = Object.keys(REPORTERS).filter((name) => !BINARY.includes(name));

/** What a reporter writes, as it is. */
export async function renderedBytes(name: string, input: ReportInput): Promise<Uint8Array> {
  const { reporter } = await REPORTERS[name]();
  const written = reporter.render(input);
  return typeof written === 'string' ? Buffer.from(written) : written;
}

/** What a reporter writes, as text. */
export async function rendered(name: string, input: ReportInput): Promise<string> {
  const { reporter } = await REPORTERS[name]();
  return Buffer.from(reporter.render(input)).toString();
}
