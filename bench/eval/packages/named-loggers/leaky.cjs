'use strict';

const { Writable } = require('node:stream');
const winston = require('winston');

class Sink extends Writable {
  _write(_chunk, _encoding, done) {
    done();
  }
}

function loggerFor(request) {
  return winston.loggers.get(`request-${request}`, {
    transports: [new winston.transports.Stream({ stream: new Sink() })],
  });
}

let requests = 0;

async function round() {
  for (let request = 0; request < 30; request++) loggerFor(requests++).info('served');
}

module.exports = { round };
