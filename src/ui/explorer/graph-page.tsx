import type { OverviewAnswer, SnapshotStatus } from '../../base/explorer-types.js';
import { formatBytes, formatCount, formatShare } from '../../report/units.js';
import { Figure } from '../parts/figure.js';
import { goTo, hrefTo } from '../shell/routes.js';
import { Answer } from './answer.js';
import { SnapshotChoice } from './compare-page.js';
import { NodeTree } from './node-tree.js';

/** A snapshot as a whole: what its memory is, and what keeps it, from the root on. */
export function GraphPage({ snapshot, snapshots }: { snapshot: number; snapshots: readonly SnapshotStatus[] }) {
  return (
    <section>
      <h1>Graph</h1>
      {snapshots.length > 1 && (
        <div class="controls">
          <SnapshotChoice
            label="Snapshot"
            snapshots={snapshots}
            value={snapshot}
            onChange={(to) => goTo('graph', to)}
          />
        </div>
      )}
      <Answer<OverviewAnswer> of="overview" question={{ snapshot }}>
        {(answer) => <Whole snapshot={snapshot} answer={answer} />}
      </Answer>
    </section>
  );
}

function Whole({ snapshot, answer }: { snapshot: number; answer: OverviewAnswer }) {
  const { totalSize, nodeCount, edgeCount, classCount, statistics, root, filters } = answer;
  const { native, v8heap } = statistics;
  const kinds: readonly (readonly [string, number])[] = [
    ['code', v8heap.code],
    ['strings', v8heap.strings],
    ['arrays', v8heap.jsArrays],
    ['typed arrays', native.typedArrays],
    ['V8’s own', v8heap.system],
  ];
  return (
    <>
      <dl class="figures">
        <Figure label="Heap" value={formatBytes(totalSize)} />
        <Figure label="Nodes" value={formatCount(nodeCount)} />
        <Figure label="References" value={formatCount(edgeCount)} />
        <Figure label="Classes" value={formatCount(classCount)} />
        {kinds.map(([label, bytes]) => (
          <Figure key={label} label={label} value={formatBytes(bytes)}>
            {formatShare(bytes, totalSize)}
          </Figure>
        ))}
      </dl>
      <h2>
        Dominator tree <span class="note">what each node alone keeps, the largest first</span>
      </h2>
      <NodeTree snapshot={snapshot} kind="dominated" node={root.ordinal} />
      <h2>Filters</h2>
      <ul class="filters">
        {filters.map(({ filter, title, count, selfSize }) => (
          <li key={filter}>
            <a href={hrefTo('objects', snapshot, filter)}>{title}</a>{' '}
            <span class="quiet">
              {formatCount(count)}, {formatBytes(selfSize)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
