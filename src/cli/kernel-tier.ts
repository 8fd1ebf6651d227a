import { isSmall } from '../batch/cores.js';

let isChosen = false;

/**
 * Has V8 compile the kernels with its optimising compiler at once, unless all files are small: they are few and each runs one
 * long loop, so that the baseline compiler only costs. Flags belong to the process: the command may set them, the library must
 * not. To be called before anything is compiled; the first call counts.
 */
export function chooseKernelTier(files: readonly string[]): void {
  if (isChosen) return;
  isChosen = true;
  // The module takes its time to load, which a small file is spared.
  if (!files.every(isSmall)) process.getBuiltinModule('node:v8').setFlagsFromString('--no-liftoff');
}
