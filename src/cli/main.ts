#!/usr/bin/env node
import { threadsForFile } from '../batch/cores.js';
import { chooseKernelTier } from './kernel-tier.js';

async function main([command, ...words]: readonly string[]): Promise<void> {
  const files = words.filter((word) => !word.startsWith('-'));
  // One file is analysed on this thread and a second one, which starts on another core while this one reads the command line.
  // Not where a cache may have the answer.
  const caching = words.some((word) => word.startsWith('--cache'));
  if (command === 'analyze' && files.length === 1 && !caching && threadsForFile(files[0]) === 2) {
    const { startSecondAhead } = await import('../batch/second-worker.js');
    // Before it: flags are not for changing while another thread looks at them.
    chooseKernelTier(files);
    startSecondAhead();
  }
  const { runProgram } = await import('./program.js');
  await runProgram(process.argv);
}

main(process.argv.slice(2));
