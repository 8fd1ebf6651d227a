import { useMemo, useState } from 'preact/hooks';
import type { DominatorTree } from '../../base/report-types.js';
import { counted, formatBytes, formatCount, formatShare } from '../../report/units.js';
import { fileNames } from '../model/file-names.js';
import { Name } from '../parts/name.js';
import { Switch } from '../parts/switch.js';
import { goTo, hrefTo } from '../shell/routes.js';
import { isDark, useThemeChanges } from '../shell/theme.js';
import type { TreeView } from '../tree/layout.js';
import { paletteOf } from '../tree/palette.js';
import { Picture } from '../tree/picture.js';
import { TreeModel, type TreeNode } from '../tree/tree-model.js';
import { TreeTable } from '../tree/tree-table.js';

const LISTED = 12;

/** `rest`: the id of the node that is zoomed into, the view, and what is searched for. */
export function Tree({ tree, rest }: { tree: DominatorTree; rest: readonly string[] }) {
  const model = useMemo(() => new TreeModel(tree), [tree]);
  const changes = useThemeChanges();
  const palette = useMemo(() => paletteOf(model, isDark()), [model, changes]);
  const [id, view = 'treemap', searched = ''] = rest;
  const root = (id ? model.withId(Number(id)) : undefined) ?? 0;
  const shape: TreeView = view === 'icicle' ? 'icicle' : 'treemap';
  const [wanted, setWanted] = useState(searched);
  const matches = useMemo(() => model.search(wanted), [model, wanted]);
  const found = useMemo(() => (wanted.trim() === '' ? null : new Set(matches)), [matches, wanted]);
  const zoom = (node: TreeNode) => goTo('tree', tree.id[node], shape, ...(wanted === '' ? [] : [wanted]));
  if (model.size === 0) return <p>No node of the tree is listed.</p>;
  return (
    <>
      <div class="page-head">
        <h1>Dominator tree</h1>
        <p>
          What each object keeps alive alone, in <Name text={fileNames([tree.file])[0]} most={120} />: without it,
          everything below it would be free. {formatCount(model.size)} of {formatCount(tree.nodeCount)} objects are
          listed, those that retain {formatBytes(tree.leastSize)} or more; the others hold{' '}
          {formatShare(model.unlisted, tree.totalSize)} of the heap and are the blank space in what dominates them.
        </p>
      </div>
      <div class="controls">
        <Switch
          label="View"
          options={[
            ['treemap', 'Treemap'],
            ['icicle', 'Icicle'],
          ]}
          value={shape}
          onChange={(next) => goTo('tree', tree.id[root], next, ...(wanted === '' ? [] : [wanted]))}
        />
        <input
          type="search"
          placeholder="Search name, class or @id"
          aria-label="Search the tree by name, class or id"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && matches.length > 0) zoom(matches[0]);
          }}
        />
        <button type="button" disabled={root === 0} onClick={() => zoom(Math.max(0, model.parent[root]))}>
          Zoom out
        </button>
      </div>
      {found && <Matches model={model} matches={matches} onZoom={zoom} />}
      <Breadcrumbs model={model} root={root} shape={shape} />
      <Picture model={model} root={root} view={shape} palette={palette} found={found} onZoom={zoom} />
      <ul class="key-lines" aria-label="Colours by class, those with most bytes of their own">
        {palette.classes.map((name) => (
          <li key={name}>
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <rect width="12" height="12" rx="2" fill={palette.colourOf(name)} />
            </svg>
            <button type="button" class="plain" onClick={() => setWanted(name)}>
              <Name text={name} most={40} />
            </button>
          </li>
        ))}
        <li>
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <rect width="12" height="12" rx="2" fill={palette.colourOf('')} />
          </svg>
          other classes
        </li>
      </ul>
      <h2>As a table</h2>
      <TreeTable model={model} root={root} found={found} onZoom={zoom} />
    </>
  );
}

interface MatchesProps {
  readonly model: TreeModel;
  readonly matches: readonly TreeNode[];
  readonly onZoom: (node: TreeNode) => void;
}

function Matches({ model, matches, onZoom }: MatchesProps) {
  const { tree } = model;
  return (
    <div class="matches">
      <p role="status">
        {counted(matches.length, 'listed object')} found{matches.length > 0 && ', the largest first'}
      </p>
      <ul>
        {matches.slice(0, LISTED).map((node) => (
          <li key={node}>
            <button type="button" onClick={() => onZoom(node)}>
              <Name text={model.label(node)} most={40} />{' '}
              <span class="quiet">
                @{tree.id[node]} {formatBytes(tree.retainedSize[node])}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Steps in the middle of a long way are left out: its ends say where one is. */
const STEPS = 4;

function Breadcrumbs({ model, root, shape }: { model: TreeModel; root: TreeNode; shape: TreeView }) {
  const way = model.way(root);
  const isLong = way.length > 2 * STEPS;
  const shown = isLong ? [...way.slice(0, STEPS), -1, ...way.slice(-STEPS)] : way;
  return (
    <nav class="breadcrumbs" aria-label="Zoomed into">
      <ol>
        {shown.map((node) => (
          <li key={node}>
            {node < 0 ? (
              <span class="quiet">… {way.length - 2 * STEPS} more</span>
            ) : (
              <a
                href={hrefTo('tree', model.tree.id[node], shape)}
                aria-current={node === root ? 'location' : undefined}
              >
                <Name text={model.label(node)} most={32} />
              </a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
