'use strict';

const http = require('node:http');
const express = require('express');
const { LRUCache } = require('lru-cache');

const app = express();
const pages = new LRUCache({ max: 50 });
app.use(express.json());
app.get('/articles/:id', (request, response) => {
  const { id } = request.params;
  let page = pages.get(id);
  if (page === undefined) {
    page = { id, html: `<h1>${id}</h1>`.repeat(10) };
    pages.set(id, page);
  }
  response.json(page);
});

let server;
let articles = 0;

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
  for (let visitor = 0; visitor < 100; visitor++) await visit(port, `/articles/${articles++}`);
}

module.exports = { round };
