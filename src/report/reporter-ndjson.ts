import type { Analysis } from '../base/types.js';
import { analysisJson, toJson } from './json.js';
import type { Reporter, ScanReportInput } from './reporter.js';
import { scanJson } from './scan-json.js';

type Fields = Readonly<Record<string, unknown>>;
type Lists = readonly (readonly [kind: string, items: readonly Fields[] | undefined])[];

/**
 * A document in lines: the first has what belongs to all of it, every other one an element of one of its lists, told by its `kind`. For readers that
 * take one thing at a time, of a result of any size.
 */
export const reporter: Reporter = {
  render: (input) => (input.kind === 'scan' ? scanLines(input) : analysisLines(input.analysis)),
};

function analysisLines(analysis: Analysis): string {
  const { kind, snapshots, growth = {}, suspects, ...rest } = JSON.parse(analysisJson(analysis));
  const { classes, paths, dominated, ...compared } = growth;
  const head = { kind, ...rest, ...(classes && { growth: compared }) };
  return linesOf(head, [
    ['snapshot', snapshots],
    ['class', classes],
    ['path', paths],
    ['dominated', dominated],
    ['suspect', suspects],
  ]);
}

function scanLines({ report, extras }: ScanReportInput): string {
  const { kind, findings, trends, sites, inputs, layers, ...rest } = JSON.parse(scanJson(report, extras));
  return linesOf({ kind, ...rest }, [
    ['finding', findings],
    ['trend', trends],
    ['site', sites],
    ['input', inputs],
    ['layer', layers],
  ]);
}

/** Some elements have a kind of their own: theirs is called what it is of. */
function linesOf(head: Fields, lists: Lists): string {
  const lines = lists.flatMap(([kind, items = []]) =>
    items.map(({ kind: own, ...fields }) =>
      toJson({ kind, ...(own !== undefined && { [`${kind}Kind`]: own }), ...fields }),
    ),
  );
  return toJson(head) + lines.join('');
}
