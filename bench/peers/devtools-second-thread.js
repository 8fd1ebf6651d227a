import { parentPort } from 'node:worker_threads';
import './promise-with-resolvers.js';
import { bundleFile } from './bundle.js';

const { SecondaryInitManager } = await import(bundleFile);
parentPort.once('message', ({ port }) => new SecondaryInitManager(port));
