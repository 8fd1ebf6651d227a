#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { startAhead } from '../batch/alone.js';

// The kernels are few and each runs one long loop, so the optimising compiler pays at once and V8's baseline WASM
// compiler only costs. Flags belong to the process: the command may set them, the library must not.
setFlagsFromString('--no-liftoff');

const [, , command, ...words] = process.argv;
const files = words.filter((word) => !word.startsWith('-'));
// These will need one thread: it starts on another core while this one still loads the rest of the program.
if ((command === 'analyze' && files.length === 1) || (command === 'diff' && files.length === 2)) startAhead();

const { runProgram } = await import('./program.js');
await runProgram(process.argv);
