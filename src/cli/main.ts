#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { runProgram } from './program.js';

// The kernels are few and each runs one long loop, so the optimising compiler pays at once and V8's baseline WASM
// compiler only costs. Flags belong to the process: the command may set them, the library must not.
setFlagsFromString('--no-liftoff');

await runProgram(process.argv);
