'use strict';

const fastify = require('fastify')();

const schema = { response: { 200: { type: 'object', properties: { id: { type: 'string' } } } } };
fastify.get('/profiles/:id', { schema }, async (request) => ({ id: request.params.id }));

let visits = 0;

async function round() {
  for (let visitor = 0; visitor < 100; visitor++) await fastify.inject(`/profiles/${visits++}`);
}

module.exports = { round };
