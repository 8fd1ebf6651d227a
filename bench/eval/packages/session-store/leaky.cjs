'use strict';

const http = require('node:http');
const express = require('express');
const session = require('express-session');

const app = express();
// The store of the library's own, which says of itself that it is for development.
app.use(session({ secret: 'shop', resave: false, saveUninitialized: true }));
app.get('/cart', (request, response) => {
  request.session.cart = [{ sku: 'A-17', quantity: 2 }];
  response.json({ items: request.session.cart.length });
});

let server;

async function listening() {
  if (server === undefined) {
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  }
  return server.address().port;
}

function visit(port) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/cart', agent: false }, (response) => {
      response.resume().on('end', resolve);
    });
    request.on('error', reject);
  });
}

/** Visitors without cookies: each of them gets a new session. */
async function round() {
  const port = await listening();
  for (let visitor = 0; visitor < 60; visitor++) await visit(port);
}

module.exports = { round };
