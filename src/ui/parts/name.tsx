import { shownText } from '../model/shown-text.js';

/** A name from a heap: set apart from the text around it, whatever its direction, and never wider than where it stands. */
export function Name({ text, most }: { text: string; most?: number }) {
  return <bdi class="name">{shownText(text, most)}</bdi>;
}
