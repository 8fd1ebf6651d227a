import { formatBytes } from '../../report/units.js';
import { shownText } from '../model/shown-text.js';
import type { Area, Box } from './layout.js';
import type { Palette } from './palette.js';
import type { TreeModel, TreeNode } from './tree-model.js';

export interface Scene {
  readonly model: TreeModel;
  readonly boxes: readonly Box[];
  readonly palette: Palette;
  readonly colours: { readonly ink: string; readonly ground: string; readonly focus: string; readonly edge: string };
  readonly font: string;
  /** Where a search is on: what it has found, which is framed. */
  readonly found: ReadonlySet<TreeNode> | null;
  /** 1 for what it has found and what lies in it. The rest is faint. */
  readonly lit: Uint8Array | null;
  readonly selected: TreeNode | null;
}

const LABEL_HEIGHT = 14;
const PADDING = 4;
const FAINT = 0.22;
const BLANK = 'smaller objects';
/** Of a character of the font below: narrower boxes have no label. */
const CHARACTER = 6.2;

/** Draws all boxes. `ratio`: pixels of the screen for each of CSS. */
export function drawScene(context: CanvasRenderingContext2D, scene: Scene, ratio: number): void {
  const { canvas } = context;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, canvas.width / ratio, canvas.height / ratio);
  context.font = `11.5px ${scene.font}`;
  context.textBaseline = 'middle';
  for (const box of scene.boxes) drawBox(context, box, scene);
  for (const box of scene.boxes) if (box.blank) drawBlank(context, box.blank, scene);
  context.globalAlpha = 1;
  // On top of what lies in them.
  if (scene.found)
    for (const box of scene.boxes) if (scene.found.has(box.node)) outline(context, box, scene.colours.ink, 1.25);
  for (const box of scene.boxes) if (box.node === scene.selected) outline(context, box, scene.colours.focus, 2.5);
}

function drawBox(context: CanvasRenderingContext2D, box: Box, scene: Scene): void {
  const { model, palette, colours, lit } = scene;
  const { x, y, width, height, node } = box;
  const isFaint = lit !== null && lit[node] === 0;
  context.globalAlpha = 1;
  context.fillStyle = colours.ground;
  context.fillRect(x, y, width, height);
  context.globalAlpha = isFaint ? FAINT : 1;
  context.fillStyle = palette.colourOf(model.className(node));
  context.fillRect(x, y, width, height);
  // Around small ones there would be nothing but edge.
  if (width >= 4 && height >= 4) {
    context.strokeStyle = colours.edge;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  }
  if (width > 30 && height >= LABEL_HEIGHT) drawLabel(context, box, scene);
}

function drawLabel(context: CanvasRenderingContext2D, { x, y, width, height, node, isFrame }: Box, scene: Scene): void {
  const room = Math.floor((width - 2 * PADDING) / CHARACTER);
  const size = formatBytes(scene.model.tree.retainedSize[node]);
  const isTall = !isFrame && height >= 2 * LABEL_HEIGHT + PADDING;
  const label = scene.model.label(node);
  context.fillStyle = scene.colours.ink;
  const middle = isFrame ? y + 9.5 : y + (isTall ? PADDING + LABEL_HEIGHT / 2 : height / 2);
  const withSize = !isTall && room > size.length + 8;
  const shown = shownText(label, withSize ? room - size.length - 2 : room);
  context.fillText(withSize ? `${shown}  ${size}` : shown, x + PADDING, middle);
  if (isTall && size.length <= room) {
    context.globalAlpha *= 0.8;
    context.fillText(size, x + PADDING, middle + LABEL_HEIGHT);
  }
}

/** Says what a blank is where there is room, so that it is not taken for free memory. */
function drawBlank(context: CanvasRenderingContext2D, { x, y, width, height }: Area, { colours, lit }: Scene): void {
  if (width < BLANK.length * CHARACTER + 4 * PADDING || height < 2 * LABEL_HEIGHT) return;
  context.globalAlpha = lit === null ? 0.8 : FAINT;
  context.fillStyle = colours.ink;
  context.fillText(BLANK, x + 2 * PADDING, y + PADDING + LABEL_HEIGHT / 2);
}

function outline(context: CanvasRenderingContext2D, { x, y, width, height }: Box, colour: string, line: number): void {
  if (width < 2 * line || height < 2 * line) return;
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.strokeRect(x + line / 2, y + line / 2, width - line, height - line);
}
