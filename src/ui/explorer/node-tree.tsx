import { useEffect, useRef, useState } from 'preact/hooks';
import type { EdgeRow, NodeRow, Rows } from '../../base/explorer-types.js';
import { distanceText } from '../../report/distance-text.js';
import { formatBytes, formatCount } from '../../report/units.js';
import { Name } from '../parts/name.js';
import { Replied } from './answer.js';
import { EdgeName, NodeLink } from './node-name.js';
import type { Reply } from './server.js';
import { useAnswer, useServer } from './use-answer.js';

export type TreeKind = 'edges' | 'retainers' | 'dominated';

interface TreeProps {
  readonly snapshot: number;
  readonly kind: TreeKind;
  /** The node's position in the file. */
  readonly node: number;
  readonly sort?: string;
}

const PAGE = 50;

const LABELS: Readonly<Record<TreeKind, string>> = {
  edges: 'What it refers to',
  retainers: 'What refers to it',
  dominated: 'What it alone keeps',
};

/** A node's edges, retainers or dominated nodes; each of those opens into its own. */
export function NodeTree(props: TreeProps) {
  return (
    <div class="node-tree" role="tree" aria-label={LABELS[props.kind]} onKeyDown={onTreeKey}>
      <div class="tree-row tree-head" aria-hidden="true">
        <span>{props.kind === 'dominated' ? 'Node' : 'Edge and node'}</span>
        <span class="class-cell">Class</span>
        <span class="minor">Distance</span>
        <span class="minor">Self</span>
        <span>Retained</span>
      </div>
      <Branch {...props} depth={0} />
    </div>
  );
}

function Branch({ snapshot, kind, node, sort, depth }: TreeProps & { depth: number }) {
  const [further, setFurther] = useState<readonly Rows<EdgeRow | NodeRow>[]>([]);
  const [isAsking, setAsking] = useState(false);
  const question = { snapshot, node, sort, limit: PAGE };
  const first = useAnswer<Rows<EdgeRow | NodeRow>>(kind, question);
  const abort = useRef(new AbortController());
  useEffect(() => {
    setFurther([]);
    setAsking(false);
    abort.current = new AbortController();
    return () => abort.current.abort();
  }, [snapshot, kind, node, sort]);
  const server = useServer();
  const more = async (offset: number) => {
    setAsking(true);
    const { signal } = abort.current;
    const reply: Reply<Rows<EdgeRow | NodeRow>> = await server.ask(kind, { ...question, offset }, signal);
    // What comes too late belongs to another list, and what was asked for twice is there.
    signal.throwIfAborted();
    setAsking(false);
    if (reply.state === 'ready')
      setFurther((before) => (before.some((part) => part.offset === offset) ? before : [...before, reply.answer]));
  };
  return (
    <Replied reply={first}>
      {(answer: Rows<EdgeRow | NodeRow>) => {
        const items = [answer, ...further].flatMap((part) => part.items);
        return (
          <>
            {items.map((item) => (
              <Row key={'index' in item ? item.index : item.ordinal} {...{ snapshot, kind, sort, item, depth }} />
            ))}
            {answer.total === 0 && (
              <p class="none" style={{ paddingInlineStart: `${depth * 1.1 + 1.6}rem` }}>
                none
              </p>
            )}
            {items.length < answer.total && (
              <p class="more" style={{ paddingInlineStart: `${depth * 1.1 + 1.6}rem` }}>
                <button type="button" disabled={isAsking} onClick={() => void more(items.length).catch(() => {})}>
                  {formatCount(Math.min(PAGE, answer.total - items.length))} more of {formatCount(answer.total)}
                </button>
              </p>
            )}
          </>
        );
      }}
    </Replied>
  );
}

interface RowProps {
  readonly snapshot: number;
  readonly kind: TreeKind;
  readonly sort: string | undefined;
  readonly item: EdgeRow | NodeRow;
  readonly depth: number;
}

function Row({ snapshot, kind, sort, item, depth }: RowProps) {
  const [isOpen, setOpen] = useState(false);
  const edge = 'index' in item ? item : undefined;
  const node = 'index' in item ? item.node : item;
  const opens = { edges: node.edgeCount > 0, retainers: node.retainerCount > 0, dominated: node.dominates }[kind];
  return (
    <div role="treeitem" tabIndex={-1} aria-level={depth + 1} aria-expanded={opens ? isOpen : undefined}>
      <div class="tree-row">
        <span class="what" style={{ paddingInlineStart: `${depth * 1.1}rem` }}>
          <button
            type="button"
            class="twisty"
            disabled={!opens}
            aria-label={`${isOpen ? 'Close' : 'Open'} node ${node.id}`}
            onClick={() => setOpen(!isOpen)}
          >
            {opens ? (isOpen ? '▾' : '▸') : '·'}
          </button>
          <span>
            {edge && <EdgeName edge={edge} />}
            <NodeLink snapshot={snapshot} node={node} />
          </span>
        </span>
        <span class="class-cell quiet">
          <Name text={node.className} most={80} />
        </span>
        <span class="minor number">{distanceText(node.distance)}</span>
        <span class="minor number">{formatBytes(node.selfSize)}</span>
        <span class="number">{formatBytes(node.retainedSize)}</span>
      </div>
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: the group of a tree
        <div role="group">
          <Branch {...{ snapshot, kind, sort, depth: depth + 1 }} node={node.ordinal} />
        </div>
      )}
    </div>
  );
}

/** Up and down go through the rows, right opens, left closes. */
function onTreeKey(event: KeyboardEvent): void {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLElement && currentTarget instanceof HTMLElement)) return;
  const row = target.closest('.tree-row');
  const twisties = [...currentTarget.querySelectorAll<HTMLButtonElement>('.twisty')];
  const links = [...currentTarget.querySelectorAll<HTMLElement>('.tree-row .node-link')];
  const at = links.findIndex((link) => row?.contains(link));
  if (at < 0) return;
  if (key === 'ArrowDown' || key === 'ArrowUp') links[at + (key === 'ArrowDown' ? 1 : -1)]?.focus();
  else if (key === 'ArrowRight' || key === 'ArrowLeft') {
    const isOpen = row?.parentElement?.getAttribute('aria-expanded') === 'true';
    if (isOpen === (key === 'ArrowLeft')) twisties[at].click();
  } else return;
  event.preventDefault();
}
