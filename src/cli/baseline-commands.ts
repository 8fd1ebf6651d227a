import type { Command } from 'commander';
import { addLimits, addSuspects } from './analysis-options.js';
import type { BaselineCommandOptions } from './baseline.js';
import { addReporters, addSharedOptions } from './options.js';

/** What is known of a program, and what is worse than that. */
export function addBaseline(program: Command): void {
  const baseline = program
    .command('baseline')
    .summary('what is known now, and what is worse later')
    .description(
      'Writes down suspects, classes and their growth in a file to be committed, and compares later runs with it.',
    );
  addSave(baseline);
  addCompare(baseline);
}

function addSave(baseline: Command): void {
  const command = baseline
    .command('save')
    .summary('write down what there is')
    .description('Analyses snapshots of one process and writes what is to be compared later.')
    .argument('<file...>', 'snapshots, or a folder of them')
    .option('-o, --output <file>', 'the file to write', 'heapsleuth-baseline.json')
    .option('--config <file>', 'settings (default: heapsleuth.config.json of the working folder)')
    .option('--no-config', 'none of those');
  addSuspects(addLimits(addSharedOptions(command, 'classes by size, and as many by growth,'))).action(
    async (files: string[], options: BaselineCommandOptions) => {
      const [{ execute }, { saveCommand }] = await Promise.all([import('./execution.js'), import('./baseline.js')]);
      await execute((execution) => saveCommand(files, options, execution), options.progress);
    },
  );
}

function addCompare(baseline: Command): void {
  const command = baseline
    .command('compare')
    .summary('what is new or worse than what is known')
    .description(
      'Exits with 1 for a new suspect, one that is faster, or a heap or class that is larger or grows faster. Runs may have any number of snapshots, at equal distances.',
    )
    .argument('<file...>', 'snapshots, or a folder of them')
    .option('--baseline <file>', 'what is known (default: that of the configuration, or heapsleuth-baseline.json)')
    .option('--tolerance <share>', 'how much more is still the same (default: 10%)')
    .option('--floor <size>', 'bytes that are the same in any case; a tenth of it an interval (default: 100 kB)')
    .option('--config <file>', 'settings and budgets (default: heapsleuth.config.json of the working folder)')
    .option('--no-config', 'none of those')
    .option('--date <day>', 'the day that suppressions are looked at for (default: today)')
    .addOption(
      baseline
        .createOption('--redact <level>', 'names: names that look like data are replaced as well; full: all names')
        .choices(['none', 'basic', 'names', 'full']),
    )
    .option('--key-file <file>', 'a key for what stands in their place (default: a random one)');
  addSuspects(addLimits(addReporters(addSharedOptions(command, 'classes')))).action(
    async (files: string[], options: BaselineCommandOptions) => {
      const [{ execute }, { compareCommand }] = await Promise.all([import('./execution.js'), import('./baseline.js')]);
      await execute((execution) => compareCommand(files, options, execution), options.progress);
    },
  );
}
