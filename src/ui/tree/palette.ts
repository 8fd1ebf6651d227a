import type { TreeModel } from './tree-model.js';

/** Paul Tol's light scheme: told apart with every usual colour blindness, and black text can be read on each. */
const LIGHT = ['#77aadd', '#ee8866', '#eedd88', '#ffaabb', '#99ddff', '#44bb99', '#bbcc33', '#aaaa00'];
/** The same hues, dark enough for white text. */
const DARK = ['#2f5f92', '#95462a', '#736318', '#93485a', '#27678a', '#1d6e58', '#5c6a12', '#5f5f00'];
const OTHER = { light: '#dcd9d3', dark: '#3b3e44' };

export interface Palette {
  readonly colourOf: (className: string) => string;
  /** Classes with a colour of their own, the largest first. */
  readonly classes: readonly string[];
}

/** Colours for the classes that fill most of the picture: eight are all that people tell apart. */
export function paletteOf(model: TreeModel, isDark: boolean): Palette {
  const { className, retainedSize, texts } = model.tree;
  const bytes = new Map<number, number>();
  for (const [node, name] of className.entries()) {
    const inside = model.children(node).reduce((sum, child) => sum + retainedSize[child], 0);
    bytes.set(name, (bytes.get(name) ?? 0) + retainedSize[node] - inside);
  }
  // The root's part is what nobody lists.
  bytes.delete(className[0]);
  const largest = [...bytes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, LIGHT.length);
  const classes = largest.map(([name]) => texts[name]);
  const colours = new Map(classes.map((name, at) => [name, (isDark ? DARK : LIGHT)[at]]));
  const other = isDark ? OTHER.dark : OTHER.light;
  return { classes, colourOf: (name) => colours.get(name) ?? other };
}
