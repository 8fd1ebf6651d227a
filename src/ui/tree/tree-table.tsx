import { useEffect, useRef, useState } from 'preact/hooks';
import { formatBytes, formatCount, formatShare } from '../../report/units.js';
import { Name } from '../parts/name.js';
import { NodeId } from '../parts/node-id.js';
import type { TreeModel, TreeNode } from './tree-model.js';

/** Children of one node that are shown at once. */
const SHOWN = 30;

interface TreeTableProps {
  readonly model: TreeModel;
  readonly root: TreeNode;
  readonly found: ReadonlySet<TreeNode> | null;
  readonly onZoom: (node: TreeNode) => void;
}

interface Line {
  readonly node: TreeNode;
  readonly level: number;
  /** Children of the node that are not shown: the line stands for them. */
  readonly hidden?: number;
}

/** The same tree as rows that open and close, for whoever reads rather than looks. */
export function TreeTable({ model, root, found, onZoom }: TreeTableProps) {
  const [open, setOpen] = useState<ReadonlySet<TreeNode>>(new Set([root]));
  const [whole, setWhole] = useState<ReadonlySet<TreeNode>>(new Set());
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    setOpen(new Set([root]));
    setWhole(new Set());
  }, [root]);
  const lines = linesOf(model, root, open, whole);
  const toggle = (node: TreeNode) => setOpen(withToggled(open, node));
  const onKey = (event: KeyboardEvent, at: number) => {
    const { node } = lines[at];
    const isOpen = open.has(node);
    const rows = body.current?.rows;
    if (event.key === 'ArrowDown') rows?.[at + 1]?.focus();
    else if (event.key === 'ArrowUp') rows?.[at - 1]?.focus();
    else if (event.key === 'ArrowRight' && !isOpen) toggle(node);
    else if (event.key === 'ArrowLeft' && isOpen) toggle(node);
    else if (event.key === 'ArrowLeft') rows?.[lines.findIndex((line) => line.node === model.parent[node])]?.focus();
    else if (event.key === 'Enter' && event.target === event.currentTarget) onZoom(node);
    else return;
    event.preventDefault();
  };
  return (
    <table
      class="rows tree-table"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows open and close
      role="treegrid"
      aria-label="Dominator tree"
    >
      <thead>
        <tr>
          <th scope="col">Object</th>
          <th scope="col" class="number">
            Retained
          </th>
          <th scope="col" class="number minor">
            Of heap
          </th>
          <th scope="col" class="number minor">
            Self
          </th>
          <th scope="col" class="number minor">
            Id
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {lines.map((line, at) => (
          <TreeRow
            key={line.hidden === undefined ? line.node : -1 - line.node}
            model={model}
            line={line}
            isFirst={at === 0}
            isOpen={open.has(line.node)}
            isFound={found?.has(line.node) ?? false}
            onToggle={() => (line.hidden === undefined ? toggle(line.node) : setWhole(withToggled(whole, line.node)))}
            onZoom={() => onZoom(line.node)}
            onKey={(event) => onKey(event, at)}
          />
        ))}
      </tbody>
    </table>
  );
}

/** What is to be seen, in order, however deep it is open. */
function linesOf(
  model: TreeModel,
  root: TreeNode,
  open: ReadonlySet<TreeNode>,
  whole: ReadonlySet<TreeNode>,
): readonly Line[] {
  const lines: Line[] = [];
  const waiting: Line[] = [{ node: root, level: 1 }];
  for (let line = waiting.pop(); line; line = waiting.pop()) {
    lines.push(line);
    const { node, level, hidden } = line;
    if (hidden !== undefined || !open.has(node)) continue;
    const children = model.children(node);
    const shown = whole.has(node) ? children : children.slice(0, SHOWN);
    if (shown.length < children.length)
      waiting.push({ node, level: level + 1, hidden: children.length - shown.length });
    for (const child of shown.toReversed()) waiting.push({ node: child, level: level + 1 });
  }
  return lines;
}

function withToggled(set: ReadonlySet<TreeNode>, node: TreeNode): ReadonlySet<TreeNode> {
  const changed = new Set(set);
  if (!changed.delete(node)) changed.add(node);
  return changed;
}

interface TreeRowProps {
  readonly model: TreeModel;
  readonly line: Line;
  readonly isFirst: boolean;
  readonly isOpen: boolean;
  readonly isFound: boolean;
  readonly onToggle: () => void;
  readonly onZoom: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

function TreeRow({
  model,
  line: { node, level, hidden },
  isFirst,
  isOpen,
  isFound,
  onToggle,
  onZoom,
  onKey,
}: TreeRowProps) {
  const { tree } = model;
  const indent = { paddingLeft: `${Math.min(level - 1, 24) * 16 + 8}px` };
  if (hidden !== undefined)
    return (
      <tr tabIndex={-1} onKeyDown={onKey}>
        <td style={indent} colSpan={5}>
          <button type="button" class="plain" onClick={onToggle}>
            {formatCount(hidden)} more that are listed
          </button>
        </td>
      </tr>
    );
  const hasChildren = node + 1 < model.end[node];
  const unlisted = tree.childCount[node] - model.children(node).length;
  return (
    <tr
      tabIndex={isFirst ? 0 : -1}
      class={isFound ? 'found' : undefined}
      aria-level={level}
      aria-expanded={hasChildren ? isOpen : undefined}
      onKeyDown={onKey}
    >
      <td style={indent}>
        <span class="tree-cell">
          {hasChildren ? (
            <button
              type="button"
              class="toggle"
              tabIndex={-1}
              onClick={onToggle}
              aria-label={isOpen ? 'Close' : 'Open'}
            >
              {isOpen ? '▾' : '▸'}
            </button>
          ) : (
            <span class="toggle" />
          )}
          <button type="button" class="plain" tabIndex={-1} onClick={onZoom} title="Zoom in">
            <Name text={model.label(node)} most={64} />
          </button>
          {model.className(node) !== model.label(node) && (
            <span class="quiet of-class">
              <Name text={model.className(node)} most={40} />
            </span>
          )}
          {unlisted > 0 && (
            <span class="quiet minor" title="smaller ones that it dominates, which are not listed">
              +{formatCount(unlisted)} smaller
            </span>
          )}
        </span>
      </td>
      <td class="number">{formatBytes(tree.retainedSize[node])}</td>
      <td class="number minor">{formatShare(tree.retainedSize[node], tree.totalSize)}</td>
      <td class="number minor">{formatBytes(tree.selfSize[node])}</td>
      <td class="number minor mono">
        <NodeId id={tree.id[node]} />
      </td>
    </tr>
  );
}
