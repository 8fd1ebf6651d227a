#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { threadsFor } from '../batch/cores.js';
import { startSecondAhead } from '../batch/second-worker.js';

// The kernels are few and each runs one long loop, so the optimising compiler pays at once and V8's baseline WASM
// compiler only costs. Flags belong to the process: the command may set them, the library must not.
setFlagsFromString('--no-liftoff');

const [, , command, ...words] = process.argv;
const files = words.filter((word) => !word.startsWith('-'));
// One file is analysed on this thread and a second one, which starts on another core while this one loads the program.
// Not where a cache may have the answer.
const caching = words.some((word) => word.startsWith('--cache'));
if (command === 'analyze' && files.length === 1 && !caching && threadsFor(1) === 2) startSecondAhead();

const { runProgram } = await import('./program.js');
await runProgram(process.argv);
