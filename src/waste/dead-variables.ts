import { fileName } from '../analysis/places.js';
import type { Bytes, Ordinal } from '../base/types.js';
import type { WasteItem, WasteKind } from '../base/waste-types.js';
import { newestIds } from '../paths/id-sample.js';
import { type DeadField, findDeadFields } from './dead-fields.js';
import { nodesFreedWithout } from './freed-nodes.js';
import { byWaste, type Waste } from './place-tally.js';
import type { WasteGround, WasteScene, WasteTeller } from './scene.js';
import { ScopeNodes } from './scope-nodes.js';
import { readScopes } from './scopes.js';

interface Row extends Waste {
  readonly fields: readonly DeadField[];
  /** What the values retain, each value once. */
  readonly bytes: Bytes;
}

/**
 * Variables that contexts keep for no living function, by name and scope. The sum is what would be free without all of them; a row has
 * what its values hold alone, so that rows can be less than the sum: two variables may keep one value. Chrome alone writes who uses
 * what, from version 156 on.
 */
export function findDeadVariables(ground: WasteGround): WasteTeller {
  const scopes = readScopes(ground.view.snapshot);
  if (scopes === undefined)
    return () => [{ ...NOTHING, note: 'only snapshots of Chrome 156 and later tell who uses a variable' }];
  const nodes = new ScopeNodes(ground);
  const fields = [...findDeadFields(nodes, scopes)];
  if (fields.length === 0) return () => [NOTHING];
  const freed = nodesFreedWithout(
    ground,
    fields.map(({ context, edge }) => ({ from: context, edge })),
  );
  const rows = rowsOf(ground, fields, freed).sort(byWaste);
  let reclaimable = 0;
  for (let node = 0; node < freed.length; node++) if (freed[node] === 1) reclaimable += ground.view.selfSize(node);
  const sums = { reclaimable, count: fields.length, itemCount: rows.length };
  return (scene) => {
    const items = rows.slice(0, scene.top).map((row) => tell(scene, nodes, row));
    return [{ kind: 'dead-variables', ...sums, items }];
  };
}

const NOTHING: WasteKind = { kind: 'dead-variables', reclaimable: 0, count: 0, itemCount: 0, items: [] };

function rowsOf({ view }: WasteGround, fields: readonly DeadField[], freed: Uint8Array): Row[] {
  const byVariable = new Map<string, DeadField[]>();
  for (const field of fields) {
    const key = `${field.of.scopeInfo} ${field.name}`;
    const same = byVariable.get(key);
    if (same) same.push(field);
    else byVariable.set(key, [field]);
  }
  // Values that go, once each, though several variables hold them; and not those that go with another one.
  const isCounted = outermost(
    view,
    fields.map(({ edge }) => view.edgeTo[edge]).filter((value) => freed[value] === 1),
  );
  return [...byVariable.values()].map((same) => {
    const values = new Set(same.map(({ edge }) => view.edgeTo[edge]));
    let [bytes, reclaimable] = [0, 0];
    for (const value of values) {
      bytes += view.retainedSize[value];
      if (isCounted.delete(value)) reclaimable += view.retainedSize[value];
    }
    return { fields: same, count: same.length, bytes, reclaimable };
  });
}

/** Those of the nodes that lie below none of the others in the dominator tree. */
function outermost({ treeOrder, treeSize }: WasteGround['view'], nodes: readonly Ordinal[]): Set<Ordinal> {
  const wanted = new Set(nodes);
  const found = new Set<Ordinal>();
  for (let at = 0; at < treeOrder.length && wanted.size > 0; ) {
    const isWanted = wanted.has(treeOrder[at]);
    if (isWanted) found.add(treeOrder[at]);
    at += isWanted ? treeSize[at] : 1;
  }
  return found;
}

function tell(scene: WasteScene, nodes: ScopeNodes, { fields, count, bytes, reclaimable }: Row): WasteItem {
  const { of, name, edge } = fields[0];
  const { view } = scene;
  const functionName = nodes.target(of.scopeInfo, 'function_name');
  const scope = functionName < 0 ? '' : view.name(functionName);
  const script = scriptName(nodes, of.script);
  const file = fileName(script);
  return {
    holder: {
      expression: `variable ${name} in ${scope || '(anonymous)'}()${file && ` in ${file}`}`,
      kind: 'closure',
      ...(script && { place: { script, line: 0, column: 0 } }),
    },
    className: scene.holders.className(view.edgeTo[edge]),
    ...{ count, bytes, reclaimable },
    note: `kept in ${count} of ${of.contexts.length} contexts`,
    sampleIds: newestIds(
      scene.view,
      fields.slice(0, 3).map(({ context }) => context),
    ),
  };
}

const SCRIPT = 'system / Script / ';

function scriptName(nodes: ScopeNodes, script: Ordinal): string {
  const own = nodes.view.name(script);
  if (own.startsWith(SCRIPT)) return own.slice(SCRIPT.length);
  const url = nodes.target(script, 'source_url');
  return url < 0 ? '' : nodes.view.name(url);
}
