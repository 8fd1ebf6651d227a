'use strict';

const memoize = require('lodash.memoize');

const render = memoize(
  (user, page) => ({ html: `<p>${user}</p>`.repeat(20), page }),
  (user, page) => `${user}:${page}`,
);

let users = 0;

async function round() {
  for (let visit = 0; visit < 200; visit++) render(`user${users++}`, 'main');
}

module.exports = { round };
