import type { ServerStatus } from '../base/explorer-types.js';
import { classes, members, overview, search } from './class-answers.js';
import { changed, diff } from './comparison-answers.js';
import { type EndpointOf, ofServer } from './endpoint.js';
import { dominated, dominators, edges, node, path, retainers } from './node-answers.js';

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
