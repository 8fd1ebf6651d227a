import type { ServerStatus } from '../base/explorer-types.js';
import { classes, members, overview, search } from './answers/class-answers.js';
import { changed, diff } from './answers/comparison-answers.js';
import { dominated, dominators, edges, node, path, retainers } from './answers/node-answers.js';
import { type EndpointOf, ofServer } from './endpoint.js';

const status: EndpointOf<ServerStatus> = ofServer(
  () => undefined,
  (explorer) => explorer.status,
);

/** What can be asked: the name is the last part of the address, and the answer's kind. */
export const ENDPOINTS: Readonly<Record<string, EndpointOf<object>>> = {
  ...{ status, overview },
  ...{ node, edges, retainers, dominated, path, dominators },
  ...{ classes, members, search },
  ...{ diff, changed },
};
