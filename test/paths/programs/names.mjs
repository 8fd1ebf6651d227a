// Exports that other modules pass on under names of their own.
import { writeHeapSnapshot } from 'node:v8';
import { cache as again } from './origin.mjs';
import { cache } from './passing.mjs';

globalThis.use = () => [cache, again];

writeHeapSnapshot(process.argv[2]);
