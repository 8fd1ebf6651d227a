import type { Command } from 'commander';
import { byteSize, cacheFolder, nonNegativeInteger } from './options.js';
import type { ServeCommandOptions } from './serve.js';

// What only this command needs, its definition included, is read when it is asked for.

export function addServe(program: Command): void {
  program
    .command('serve')
    .summary('look around in snapshots with a browser')
    .description(
      "Serves a page on this machine, at 127.0.0.1 and to whoever has the address that it prints: the report's pages, and behind them the whole graph. Of a folder the last snapshot is opened first, others when they are asked for. Values of strings, and property names that may be data, stay in the snapshot unless --show-values is given. Nothing is written, and nothing leaves the machine.",
    )
    .argument('<path>', 'a snapshot, or a folder with snapshots of one process')
    .addOption(program.createOption('--port <n>', 'the port (default: a free one)').argParser(nonNegativeInteger))
    .option('--show-values', 'show values of strings and all names, and let them be searched')
    .addOption(
      program
        .createOption(
          '--max-memory <size>',
          'memory that open snapshots may take together; those asked for longest ago are closed (default: 80 % of what is available)',
        )
        .argParser(byteSize),
    )
    .addOption(
      program
        .createOption(
          '--cache [folder]',
          'keep what was computed for the next time, beside the snapshot or in a folder; put it last, or write --cache=FOLDER',
        )
        .argParser(cacheFolder),
    )
    .addOption(
      program
        .createOption('--progress <when>', 'show a progress bar on stderr')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .action(async (path: string, options: ServeCommandOptions) => {
      const [{ execute }, { serveCommand }] = await Promise.all([import('./execution.js'), import('./serve.js')]);
      await execute((execution) => serveCommand(path, options, execution), options.progress);
    });
}
