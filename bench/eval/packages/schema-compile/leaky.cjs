'use strict';

const Ajv = require('ajv');

const ajv = new Ajv();

function isOrder(body) {
  const schema = {
    type: 'object',
    properties: { article: { type: 'number' }, note: { type: 'string', maxLength: 20 } },
    required: ['article'],
  };
  return ajv.compile(schema)(body);
}

async function round() {
  for (let article = 0; article < 40; article++) isOrder({ article, note: 'gift' });
}

module.exports = { round };
