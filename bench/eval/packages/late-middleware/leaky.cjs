'use strict';

const http = require('node:http');
const express = require('express');

const app = express();
app.get('/tenants/:id', (request, response) => {
  const { id } = request.params;
  app.use(`/files/${id}`, (_request, _response, next) => next(id));
  response.end('ready');
});

let server;
let tenants = 0;

async function listening() {
  if (server === undefined) {
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  }
  return server.address().port;
}

function visit(port, path) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume().on('end', resolve);
    });
    request.on('error', reject);
  });
}

async function round() {
  const port = await listening();
  for (let visitor = 0; visitor < 60; visitor++) await visit(port, `/tenants/${tenants++}`);
}

module.exports = { round };
