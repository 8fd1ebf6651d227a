import type { Analysis } from '../base/types.js';
import { gateJson } from './gate-json.js';
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
  render: (input) => {
    const more = input.gate && gateJson(input.gate);
    return input.kind === 'scan' ? scanLines(input, more) : analysisLines(input.analysis, more);
  },
};

function analysisLines(analysis: Analysis, more: object | undefined): string {
  const { kind, snapshots, growth = {}, suspects, budgets, ...rest } = JSON.parse(analysisJson(analysis, more));
  const { classes, paths, dominated, ...compared } = growth;
  const head = { kind, ...rest, ...(classes && { growth: compared }) };
  return linesOf(head, [
    ['snapshot', snapshots],
    ['class', classes],
    ['path', paths],
    ['dominated', dominated],
    ['suspect', suspects],
    ['budget', budgets],
  ]);
}

function scanLines({ report, extras }: ScanReportInput, more: object | undefined): string {
  const document = JSON.parse(scanJson(report, extras, more));
  const { kind, findings, trends, sites, inputs, layers, budgets, ...rest } = document;
  return linesOf({ kind, ...rest }, [
    ['finding', findings],
    ['trend', trends],
    ['site', sites],
    ['input', inputs],
    ['layer', layers],
    ['budget', budgets],
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
