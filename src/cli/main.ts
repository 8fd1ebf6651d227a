#!/usr/bin/env node
import { threadsForFile } from '../batch/cores.js';
import { startSecondAhead } from '../batch/second-worker.js';
import { chooseKernelTier } from './kernel-tier.js';

// What this file imports is all that is loaded before a second thread is started: the rest is loaded meanwhile.

async function main([command, ...words]: readonly string[]): Promise<void> {
  const files = words.filter((word) => !word.startsWith('-'));
  // One file is analysed on this thread and a second one, which starts on another core while this one loads what it needs.
  // Not where a cache may have the answer.
  const caching = words.some((word) => word.startsWith('--cache'));
  if (command === 'analyze' && files.length === 1 && !caching && threadsForFile(files[0]) === 2) {
    // Before it: flags are not for changing while another thread looks at them.
    chooseKernelTier(files);
    startSecondAhead();
  }
  const { runProgram } = await import('./program.js');
  await runProgram(process.argv);
}

main(process.argv.slice(2));
