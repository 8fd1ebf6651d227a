import type { Command } from 'commander';
import { addGate } from './analysis-options.js';
import {
  addReporters,
  byteSize,
  collected,
  dateTime,
  nonNegativeNumber,
  positiveInteger,
  samplesOrSeconds,
  seconds,
} from './options.js';
import type { QueryCommandOptions } from './query.js';
import type { ScanCommandOptions } from './scan.js';

/** Commands for those who watch a service: what `scan` keeps, `query` asks. */
export function addScan(program: Command): void {
  const command = program
    .command('scan')
    .summary('the five-layer scan of a folder with telemetry, logs of collections and snapshots')
    .description(
      'Looks at all evidence in a folder, cheap signals first: memory over time, snapshots, references, caches, weak references. What each file is its content says.',
    )
    .argument('<folder>', 'a folder with telemetry (JSON lines, CSV, --trace-gc or gctrace logs) and snapshots')
    .option('--json', 'print one JSON document instead of text');
  addGate(addReporters(command), ['high', 'medium', 'budget', 'never'], 'high')
    .addOption(
      program
        .createOption('--alpha <n>', 'multiples of the deviation in the thresholds beside the trend (default: 1.5)')
        .argParser(nonNegativeNumber),
    )
    .addOption(
      program
        .createOption('--window <n>', 'samples of the rolling threshold, or seconds such as 3600s (default: 3600)')
        .argParser(samplesOrSeconds),
    )
    .option('--baseline <file>', 'telemetry of another run, whose heaps are the baseline of thresholds')
    .addOption(
      program
        .createOption('--file-timeout <seconds>', 'time that reading a file of telemetry may take (default: unlimited)')
        .argParser(milliseconds),
    )
    .option('--source-maps <folder>', 'source maps, by which places are told in original sources')
    .option('--span <id>', "a trace's span, for an anchor to it in the report")
    .option('--seed', 'add the figures of the first description, which decide nothing')
    .option('--alerts <folder>', 'where alerts are written, one file each (default: alerts in the folder)')
    .option('--archive <folder>', 'keep samples, classes, suspects, findings and alerts as Parquet files, for query')
    .addOption(
      program
        .createOption('--archive-days <n>', 'remove what was archived for earlier days (default: keep all)')
        .argParser(positiveInteger),
    )
    .addOption(
      program
        .createOption(
          '--archive-time <date>',
          'when rows say they were written, for the same bytes again (default: now)',
        )
        .argParser(dateTime),
    )
    .option('--messages <file>', 'write each sample and finding as a line of JSON, to a file or a pipe')
    .option(
      '--service <name>',
      "what alerts and the archive call the service (default: the folder's name; of heapsleuth, that of the one around it)",
    )
    .option('--host <name>', 'what alerts call the host (default: this one)')
    .option('--webhook <url>', 'where alerts are sent as well: https, signed with HEAPSLEUTH_WEBHOOK_SECRET')
    .addOption(
      program.createOption('--webhook-allow <host>', 'a host that may be sent to; once for each').argParser(collected),
    )
    .addOption(
      program
        .createOption(
          '--watch [seconds]',
          'scan again whenever files have changed, looking every so often (default: 60); put it last, or write --watch=60',
        )
        .argParser(milliseconds),
    )
    .addOption(
      program
        .createOption('--progress <when>', 'show a progress bar on stderr')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .action(async (folder: string, options: ScanCommandOptions) => {
      const [{ execute }, { scanCommand }] = await Promise.all([import('./execution.js'), import('./scan.js')]);
      await execute((execution) => scanCommand(folder, options, execution), options.progress);
    });
}

export function addQuery(program: Command): void {
  program
    .command('query')
    .summary('SQL over what scan --archive has kept')
    .description(
      'Asks an archive in SQL, with DuckDB (npm install @duckdb/node-api). Views: series, classes, suspects, findings, alerts; growth_by_class and top_suspects of the newest scan of each service and host. DuckDB can read the archive and nothing else, and can write nothing.',
    )
    .argument('<sql>', 'one statement, such as "SELECT * FROM top_suspects"')
    .option('--archive <folder>', 'the archive', 'archive')
    .option('--json', 'print one JSON document instead of a table')
    .addOption(program.createOption('--limit <n>', 'rows at most (default: 10000)').argParser(positiveInteger))
    .addOption(program.createOption('--max-memory <size>', 'memory that it may take (default: 1G)').argParser(byteSize))
    .addOption(
      program
        .createOption('--progress <when>', 'show a progress bar on stderr')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .action(async (sql: string, options: QueryCommandOptions) => {
      const [{ execute }, { queryCommand }] = await Promise.all([import('./execution.js'), import('./query.js')]);
      await execute((execution) => queryCommand(sql, options, execution), options.progress);
    });
}

/** Of what is given in seconds. */
function milliseconds(text: string): number {
  return 1000 * seconds(text);
}
