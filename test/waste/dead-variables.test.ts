import { describe, expect, it } from 'vitest';
import { findDeadFields } from '#src/waste/dead-fields.js';
import { findDeadVariables } from '#src/waste/dead-variables.js';
import { ScopeNodes } from '#src/waste/scope-nodes.js';
import { readScopes } from '#src/waste/scopes.js';
import { corpusFile } from '../api/snapshot-files.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { toProfile } from '../build/snapshot-builder.js';
import { type DevtoolsAnalysis, devtoolsFromFile, devtoolsFromProfile, isFailed } from '../oracle/devtools.js';
import { randomScopes } from './random-scopes.js';
import { foundBy, type WholeScene, withFile, withPlain } from './waste-scene.js';

const GRAPHS = 1500;

interface Field {
  readonly context: number;
  readonly name: string;
  readonly value: number;
}

function fieldsOf(scene: WholeScene): Field[] {
  const scopes = readScopes(scene.view.snapshot);
  if (scopes === undefined) throw new Error('found no scopes, expected some');
  const found = [...findDeadFields(new ScopeNodes(scene), scopes)];
  return sorted(found.map(({ context, name, edge }) => ({ context, name, value: scene.view.edgeTo[edge] })));
}

function fieldsOfDevtools({ engine }: DevtoolsAnalysis): Field[] {
  const { nodeFieldCount } = engine;
  const contexts = engine.analyzeContexts().scopes.flatMap((scope) => scope.contexts);
  return sorted(
    contexts.flatMap(({ contextNodeIndex, deadFields }) =>
      deadFields.map(({ name, valueNodeIndex }) => ({
        context: contextNodeIndex / nodeFieldCount,
        name,
        value: valueNodeIndex / nodeFieldCount,
      })),
    ),
  );
}

function sorted(fields: Field[]): Field[] {
  return fields.sort((a, b) => a.context - b.context || (a.name < b.name ? -1 : 1));
}

/** Bytes that no path from the root leads to any more once the fields are gone. */
function freedPlainly({ nodes, edges }: PlainSnapshot, fields: readonly Field[]): number {
  const isDead = ({ from, type, nameOrIndex, to }: PlainSnapshot['edges'][number]) =>
    type === 'context' && fields.some((f) => f.context === from && f.name === nameOrIndex && f.value === to);
  const reached = (open: PlainSnapshot['edges']) => {
    const seen = new Set([0]);
    for (const node of seen) for (const { from, to } of open) if (from === node) seen.add(to);
    return seen;
  };
  const strong = edges.filter(({ type }) => type !== 'weak');
  const [before, after] = [reached(strong), reached(strong.filter((edge) => !isDead(edge)))];
  return nodes.reduce((sum, { selfSize }, node) => sum + (before.has(node) && !after.has(node) ? selfSize : 0), 0);
}

describe('variables that no living function uses', () => {
  it(`are those that DevTools finds, and go with what they alone hold, on ${GRAPHS} random heaps`, async () => {
    let [found, freed] = [0, 0];
    for (let seed = 0; seed < GRAPHS; seed++) {
      const plain = randomScopes(seed);
      const devtools = await devtoolsFromProfile(toProfile(plain));
      if (isFailed(devtools)) throw new Error(`seed ${seed}: ${devtools.failed}`);
      const expected = fieldsOfDevtools(devtools);
      const [fields, [kind]] = await withPlain(
        plain,
        (scene) => [fieldsOf(scene), foundBy(findDeadVariables)(scene)] as const,
      );
      expect(fields, `seed ${seed}`).toEqual(expected);
      expect(kind.reclaimable, `seed ${seed}`).toBe(freedPlainly(plain, expected));
      const rows = kind.items.reduce((sum, { reclaimable }) => sum + reclaimable, 0);
      expect(rows, `seed ${seed}`).toBeLessThanOrEqual(kind.reclaimable);
      found += expected.length;
      freed += Number(kind.reclaimable > 0);
    }
    expect(found).toBeGreaterThan(1000);
    expect(freed).toBeGreaterThan(100);
  });

  it('are those that DevTools finds in a snapshot of Chrome', async () => {
    const file = corpusFile('chrome156');
    const devtools = await devtoolsFromFile(file);
    if (isFailed(devtools)) throw new Error(devtools.failed);
    // It has none, as both say; that is worth something only with as many scopes as the file has.
    expect(await withFile(file, (scene) => readScopes(scene.view.snapshot)?.count)).toBe(1627);
    expect(await withFile(file, fieldsOf)).toEqual(fieldsOfDevtools(devtools));
  });

  it('are not known of Node, which a note says', async () => {
    const [kind] = await withFile(corpusFile('node24'), foundBy(findDeadVariables));
    expect(kind).toMatchObject({ reclaimable: 0, count: 0, note: expect.stringContaining('only snapshots of Chrome') });
  });
});
