import type { ReportInput } from '#src/report/reporter.js';
import { REPORTERS } from '#src/report/reporters.js';

/** What a reporter writes, as text. */
export async function rendered(name: string, input: ReportInput): Promise<string> {
  const { reporter } = await REPORTERS[name]();
  return Buffer.from(reporter.render(input)).toString();
}
