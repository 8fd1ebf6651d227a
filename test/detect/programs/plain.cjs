'use strict';

// A program in which there is nothing to find.

require('node:v8').writeHeapSnapshot(process.argv[2]);
