'use strict';

const axios = require('axios');

const client = axios.create();

function authenticate(token) {
  client.interceptors.request.use((config) => {
    config.headers.authorization = token;
    return config;
  });
}

let logins = 0;

async function round() {
  for (let login = 0; login < 150; login++) authenticate(`token-${logins++}-${'x'.repeat(100)}`);
}

module.exports = { round };
