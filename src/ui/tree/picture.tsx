import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatBytes, formatShare } from '../../report/units.js';
import { shownText } from '../model/shown-text.js';
import { Name } from '../parts/name.js';
import { NodeId } from '../parts/node-id.js';
import { colourOf } from '../shell/theme.js';
import { drawScene } from './draw.js';
import { type Box, boxAt, heightOf, layOut, type TreeView } from './layout.js';
import type { Palette } from './palette.js';
import type { TreeModel, TreeNode } from './tree-model.js';

interface PictureProps {
  readonly model: TreeModel;
  readonly root: TreeNode;
  readonly view: TreeView;
  readonly palette: Palette;
  readonly found: ReadonlySet<TreeNode> | null;
  readonly onZoom: (node: TreeNode) => void;
}

/** In CSS pixels. */
const MOST_HEIGHT = 560;

interface Pointed {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
}

/** The tree as boxes on a canvas, walked with the pointer or the arrow keys. The table below it says the same. */
export function Picture({ model, root, view, palette, found, onZoom }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const [selected, setSelected] = useState<TreeNode | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const boxes = useMemo(() => layOut(model, root, view, width, MOST_HEIGHT), [model, root, view, width]);
  const height = useMemo(() => heightOf(boxes, view, MOST_HEIGHT), [boxes, view]);
  const lit = useMemo(() => (found ? model.below([...found].sort((a, b) => a - b)) : null), [model, found]);
  useEffect(() => setSelected(null), [root, view]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const ratio = devicePixelRatio || 1;
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(height * ratio);
    const colours = {
      ink: colourOf('--ink'),
      ground: colourOf('--sunken'),
      focus: colourOf('--focus'),
      edge: colourOf('--ground'),
    };
    const font = getComputedStyle(document.body).fontFamily;
    drawScene(
      context,
      { model, boxes, palette, colours, font, found, lit, selected: selected ?? pointed?.box.node ?? null },
      ratio,
    );
  });
  const point = (event: PointerEvent | MouseEvent) => {
    const box = boxAt(boxes, event.offsetX, event.offsetY);
    setPointed(box ? { box, x: event.offsetX, y: event.offsetY } : null);
    return box;
  };
  const onKey = (event: KeyboardEvent) => {
    const at = selected ?? root;
    if (event.key === 'Enter') onZoom(at);
    else if (event.key === 'Backspace' || event.key === 'Escape') onZoom(Math.max(0, model.parent[root]));
    else {
      const next = neighbour(model, root, at, event.key);
      if (next === undefined) return;
      setSelected(next);
    }
    event.preventDefault();
  };
  return (
    <div class="picture">
      <div
        class="walk"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys need a place
        tabIndex={0}
        aria-roledescription={view}
        aria-label={`Dominator tree below ${shownText(model.label(root), 60)}: arrow keys walk it, Enter zooms in, Backspace out`}
        onKeyDown={onKey}
      >
        <canvas
          ref={canvas}
          style={{ height: `${height}px` }}
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
          onClick={(event) => {
            const box = point(event);
            if (box) onZoom(box.node);
          }}
        />
      </div>
      {pointed && <Tooltip model={model} pointed={pointed} width={width} />}
      <p class="selected" aria-live="polite">
        {selected === null ? 'Click or press Enter on a node to zoom in.' : <Described model={model} node={selected} />}
      </p>
    </div>
  );
}

/** Up and down between levels, left and right between what lies beside each other. */
function neighbour(model: TreeModel, root: TreeNode, at: TreeNode, key: string): TreeNode | undefined {
  if (key === 'ArrowDown') return at + 1 < model.end[at] ? at + 1 : at;
  if (key === 'ArrowUp') return at === root ? root : model.parent[at];
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  if (at === root) return at;
  const beside = model.children(model.parent[at]);
  return beside[beside.indexOf(at) + (key === 'ArrowRight' ? 1 : -1)] ?? at;
}

function Described({ model, node }: { model: TreeModel; node: TreeNode }) {
  const { tree } = model;
  return (
    <>
      <Name text={model.label(node)} most={120} />, class <Name text={model.className(node)} most={120} />, retains{' '}
      {formatBytes(tree.retainedSize[node])} ({formatShare(tree.retainedSize[node], tree.totalSize)}), self{' '}
      {formatBytes(tree.selfSize[node])}, id {tree.id[node]}
    </>
  );
}

function Tooltip({ model, pointed: { box, x, y }, width }: { model: TreeModel; pointed: Pointed; width: number }) {
  const { tree } = model;
  const { node } = box;
  const isRight = x > width / 2;
  const style = { top: `${y + 14}px`, ...(isRight ? { right: `${width - x + 12}px` } : { left: `${x + 14}px` }) };
  return (
    <dl class="tooltip" style={style}>
      {model.name(node) !== '' && (
        <>
          <dt>name</dt>
          <dd>
            <Name text={model.name(node)} most={160} />
          </dd>
        </>
      )}
      <dt>class</dt>
      <dd>
        <Name text={model.className(node)} most={160} />
      </dd>
      <dt>retained</dt>
      <dd>
        {formatBytes(tree.retainedSize[node])}, {formatShare(tree.retainedSize[node], tree.totalSize)} of the heap
      </dd>
      <dt>self</dt>
      <dd>{formatBytes(tree.selfSize[node])}</dd>
      <dt>dominates</dt>
      <dd>
        {tree.childCount[node]} directly, {model.children(node).length} listed
      </dd>
      <dt>id</dt>
      <dd>
        <NodeId id={tree.id[node]} />
      </dd>
    </dl>
  );
}

/** In CSS pixels, also after the window has changed. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(800);
  useLayoutEffect(() => {
    const { current } = element;
    const parent = current?.parentElement;
    if (!parent) return;
    const measure = () => setWidth(Math.max(120, parent.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(parent);
    return () => observer.disconnect();
  }, []);
  return width;
}
