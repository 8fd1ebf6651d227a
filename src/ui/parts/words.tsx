import { shownText } from '../model/shown-text.js';

/** A sentence of the engine's, which has names from a heap in it: set in the page's own type, and otherwise as a name. */
export function Words({ text, most = 400 }: { text: string; most?: number }) {
  return <bdi class="words">{shownText(text, most)}</bdi>;
}
