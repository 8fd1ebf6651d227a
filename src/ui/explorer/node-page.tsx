import { useState } from 'preact/hooks';
import type { EdgeRow, NodeAnswer, NodeRow, WayRows } from '../../base/explorer-types.js';
import { distanceText } from '../../report/distance-text.js';
import { formatBytes, formatCount, formatExactBytes } from '../../report/units.js';
import { Figure } from '../parts/figure.js';
import { Name } from '../parts/name.js';
import { Switch } from '../parts/switch.js';
import { hrefTo } from '../shell/routes.js';
import { Answer } from './answer.js';
import { filterTitle } from './filters.js';
import { EdgeName, Hidden, NodeLink, nameOf } from './node-name.js';
import { NodeTree, type TreeKind } from './node-tree.js';

/** All about one node, known by its id. */
export function NodePage({ snapshot, id }: { snapshot: number; id: string }) {
  return (
    <Answer<NodeAnswer> of="node" question={{ snapshot, id }}>
      {(answer) => <NodeDetail key={`${snapshot} ${id}`} snapshot={snapshot} answer={answer} />}
    </Answer>
  );
}

const STATES = ['unknown', 'attached', 'detached'];

function NodeDetail({ snapshot, answer }: { snapshot: number; answer: NodeAnswer }) {
  const { node, rawSelfSize, detachedness, classKey, dominatedCount, keptBy } = answer;
  return (
    <>
      <header class="node-head">
        <p class="quiet">
          {node.type} node @{node.id}
        </p>
        <h1>{node.name === null ? <Hidden value={node.value} /> : <Name text={nameOf(node)} most={200} />}</h1>
        <p>
          of the class{' '}
          <a href={hrefTo('members', snapshot, classKey)}>
            <Name text={node.className} most={120} />
          </a>
          {detachedness > 0 && <span class={detachedness === 2 ? 'tag bad' : 'tag'}>{STATES[detachedness]}</span>}
          {keptBy.map((filter) => (
            <a key={filter} class="tag" href={hrefTo('objects', snapshot, filter)}>
              {filterTitle(filter)}
            </a>
          ))}
        </p>
      </header>
      <dl class="figures">
        <Figure label="Retained" value={formatBytes(node.retainedSize)}>
          {`${formatCount(node.retainedSize)} bytes`}
        </Figure>
        <Figure label="Self" value={formatBytes(node.selfSize)}>
          {rawSelfSize !== node.selfSize && `${formatExactBytes(rawSelfSize)} in the file`}
        </Figure>
        <Figure label="Distance" value={distanceText(node.distance)} />
        <Figure label="Refers to" value={formatCount(node.edgeCount)} />
        <Figure label="Referred to by" value={formatCount(node.retainerCount)} />
        <Figure label="Dominates" value={formatCount(dominatedCount)}>
          immediately
        </Figure>
      </dl>
      <Around snapshot={snapshot} node={node} />
      <section class="ways">
        <PathPicture snapshot={snapshot} node={node} />
        <DominatorChain snapshot={snapshot} node={node} />
      </section>
    </>
  );
}

const KINDS: readonly (readonly [TreeKind, string])[] = [
  ['retainers', 'Retainers'],
  ['edges', 'References'],
  ['dominated', 'Dominated'],
];
const SORTS: Readonly<Record<TreeKind, readonly (readonly [string, string])[]>> = {
  retainers: [
    ['distance', 'nearest'],
    ['file', 'file'],
  ],
  edges: [
    ['retained', 'largest'],
    ['file', 'file'],
  ],
  dominated: [],
};

function Around({ snapshot, node }: { snapshot: number; node: NodeRow }) {
  const [kind, setKind] = useState<TreeKind>(node.retainerCount > 0 ? 'retainers' : 'edges');
  const [sorts, setSorts] = useState<Readonly<Record<string, string>>>({});
  const sort = sorts[kind] ?? SORTS[kind][0]?.[0];
  return (
    <section aria-label="Around it">
      <div class="controls">
        <Switch label="Show" options={KINDS} value={kind} onChange={setKind} />
        {sort !== undefined && (
          <Switch
            label="Order"
            options={SORTS[kind]}
            value={sort}
            onChange={(to) => setSorts({ ...sorts, [kind]: to })}
          />
        )}
      </div>
      <NodeTree key={kind} snapshot={snapshot} kind={kind} node={node.ordinal} sort={sort} />
    </section>
  );
}

/** From the root down to the node, as a chain of boxes. */
function PathPicture({ snapshot, node }: { snapshot: number; node: NodeRow }) {
  return (
    <div>
      <h2>Shortest path from the root</h2>
      <Answer<WayRows<EdgeRow>> of="path" question={{ snapshot, node: node.ordinal }}>
        {({ total, steps }) => (
          <ol class="way-picture">
            {steps.toReversed().map((step, at, all) => (
              <li key={step.step}>
                <div class="box">
                  <NodeLink snapshot={snapshot} node={step.node} />
                  <span class="quiet">{formatBytes(step.node.retainedSize)}</span>
                </div>
                <div class="link">
                  <EdgeName edge={step} />
                </div>
                <Gap steps={step.step - (all[at + 1]?.step ?? 0) - 1} />
              </li>
            ))}
            <li>
              <div class="box end">
                <span>
                  <Name text={nameOf(node)} most={100} />
                  <span class="id">@{node.id}</span>
                </span>
                <span class="quiet">{formatBytes(node.retainedSize)}</span>
              </div>
              {total === 0 && <p class="none">nothing leads here from the root</p>}
            </li>
          </ol>
        )}
      </Answer>
    </div>
  );
}

function DominatorChain({ snapshot, node }: { snapshot: number; node: NodeRow }) {
  return (
    <div>
      <h2>
        Dominators <span class="note">without any one of these it would be free</span>
      </h2>
      <Answer<WayRows<NodeRow>> of="dominators" question={{ snapshot, node: node.ordinal }}>
        {({ total, steps }) => (
          <ol class="chain">
            {total === 0 && <li class="none">it is the root, or has none</li>}
            {steps.map((step, at) => (
              <li key={step.step}>
                <Gap steps={step.step - (steps[at - 1]?.step ?? 0) - 1} />
                <NodeLink snapshot={snapshot} node={step} /> <span class="quiet">{formatBytes(step.retainedSize)}</span>
              </li>
            ))}
          </ol>
        )}
      </Answer>
    </div>
  );
}

function Gap({ steps }: { steps: number }) {
  return steps > 0 ? <p class="gap">… {formatCount(steps)} more …</p> : null;
}
