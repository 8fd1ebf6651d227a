'use strict';

const debug = require('debug');

let requests = 0;

function handle() {
  const log = debug(`app:request:${requests++}`);
  log('started');
  return log.enabled;
}

async function round() {
  for (let request = 0; request < 300; request++) handle();
}

module.exports = { round };
