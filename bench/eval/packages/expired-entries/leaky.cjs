'use strict';

const mem = require('mem');

const lookUp = mem((id) => ({ id, address: `${id} Main Street`, tags: ['new', 'checked'] }), { maxAge: 1 });

let customers = 0;

async function round() {
  for (let customer = 0; customer < 200; customer++) lookUp(`customer-${customers++}`);
}

module.exports = { round };
