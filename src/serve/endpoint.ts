import type { SnapshotStatus } from '../base/explorer-types.js';
import type { Page } from '../explore/ranked-page.js';
import type { Exploration } from './exploration.js';
import type { Explorer } from './explorer.js';
import type { Parameters } from './parameters.js';

/** What is there later. */
export class NotYet {
  readonly status: SnapshotStatus | { readonly state: 'working'; readonly fraction: number };

  constructor(status: NotYet['status']) {
    this.status = status;
  }
}

/** One kind of question: reads the parameters, and answers. */
export interface EndpointOf<Answer extends object> {
  readonly answer: (explorer: Explorer, parameters: Parameters) => Promise<Answer | NotYet>;
}

/** Rows of one answer. */
const USUAL_ROWS = 50;
const MOST_ROWS = 500;

export function pageOf(parameters: Parameters): Page {
  return {
    offset: parameters.whole('offset', { most: 2 ** 32, otherwise: 0 }),
    limit: parameters.whole('limit', { least: 1, most: MOST_ROWS, otherwise: USUAL_ROWS }),
  };
}

/** A question without a snapshot. */
export function ofServer<Answer extends object, Asked>(
  read: (parameters: Parameters) => Asked,
  answer: (explorer: Explorer, asked: Asked) => Answer | NotYet | Promise<Answer | NotYet>,
): EndpointOf<Answer> {
  return {
    answer: async (explorer, parameters) => {
      const asked = read(parameters);
      parameters.finish();
      return answer(explorer, asked);
    },
  };
}

/** A question about one snapshot, which is opened for it. */
export function ofSnapshot<Answer extends object, Asked>(
  read: (parameters: Parameters) => Asked,
  answer: (exploration: Exploration, asked: Asked) => Answer | Promise<Answer>,
): EndpointOf<Answer> {
  return {
    answer: async (explorer, parameters) => {
      const number = snapshotOf(explorer, parameters, 'snapshot');
      const asked = read(parameters);
      parameters.finish();
      const exploration = explorer.snapshots.ask(number);
      return exploration ? answer(exploration, asked) : new NotYet(explorer.statusOf(number));
    },
  };
}

export function snapshotOf({ snapshots }: Explorer, parameters: Parameters, name: string): number {
  return parameters.whole(name, { most: snapshots.files.length - 1 });
}
