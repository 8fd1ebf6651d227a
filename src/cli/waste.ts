import { findWaste } from '../index.js';
import { wasteJson } from '../report/waste-json.js';
import { wasteText } from '../report/waste-text.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import { chooseKernelTier } from './kernel-tier.js';
import type { OutputOptions } from './options.js';

export interface WasteCommandOptions extends OutputOptions {
  readonly showValues?: boolean;
}

/** Rows of each of the tables, of which there are eight. */
const TABLE_ROWS = 5;
const DOCUMENT_ROWS = 20;

export async function wasteCommand(
  file: string,
  { json, top, showValues }: WasteCommandOptions,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  chooseKernelTier([file]);
  const shown = { top: top ?? (json ? DOCUMENT_ROWS : TABLE_ROWS), showValues };
  const report = await findWaste(file, { ...engine, ...shown });
  return { output: json ? wasteJson(report) : wasteText(report, screen), exitCode: EXIT.ok };
}
