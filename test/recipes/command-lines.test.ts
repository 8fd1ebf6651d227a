import { expect, test } from 'vitest';
import { planReports } from '#src/cli/reporting.js';
import { pagesWithCommands } from './blocks.js';
import { commandLinesOf, parsed, wordsOf } from './command-lines.js';

const LINES = pagesWithCommands().flatMap((page) => commandLinesOf(page));

test.each(LINES.map(({ page, words }) => ({ page, line: words.join(' '), words })))(
  '$page: heapsleuth $line',
  async ({ words }) => {
    // Help ends the parser before any command.
    if (words.includes('--help')) return void (await expect(parsed(words)).rejects.toThrow('(outputHelp)'));
    const { options } = await parsed(words);
    // Throws for reporters that there are not, and for two on stdout.
    const { reporter = [] } = options as { readonly reporter?: readonly string[] };
    expect(planReports({ ...options, json: false }, () => false).map(({ name }) => name)).toEqual(reporter);
  },
);

test('there are command lines, of every command', () => {
  const commands = LINES.map(({ words }) => words[0]);
  expect(commands.length).toBeGreaterThan(30);
  for (const name of [
    'analyze',
    'batch',
    'merge',
    'diff',
    'inspect',
    'whatif',
    'waste',
    'scan',
    'query',
    'redact',
    'extract',
    'baseline',
    'serve',
  ])
    expect(commands).toContain(name);
});

test('a line that has rotted is seen', async () => {
  await expect(parsed(wordsOf('batch heap --no-such-option'))).rejects.toThrow("unknown option '--no-such-option'");
  await expect(parsed(wordsOf('batch'))).rejects.toThrow("missing required argument 'folder'");
  await expect(parsed(wordsOf('batch heap --concurrency none'))).rejects.toThrow('Expected a whole number');
  await expect(parsed(wordsOf('nothing heap'))).rejects.toThrow();
  expect(wordsOf(`query "SELECT a, b" --json | jq '.x' # and so on`)).toEqual(['query', 'SELECT a, b', '--json']);
});
