'use strict';

// fibers.cjs as a minified build would have it: classes have other names, properties the same.

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const source = readFileSync(join(__dirname, 'fibers.cjs'), 'utf8');
module._compile(source.replaceAll('FiberRootNode', 'Wk').replaceAll('FiberNode', 'Vk'), __filename);
