'use strict';

const NodeCache = require('node-cache');

const cache = new NodeCache({ useClones: false, checkperiod: 0 });

let users = 0;

async function round() {
  for (let login = 0; login < 200; login++) {
    cache.set(`user:${users}`, { id: users, roles: ['reader', 'author'] });
    users++;
  }
}

module.exports = { round };
