// What another thread does for a picture.

export { postTexts } from '../waste/text-board.js';
export { readTexts } from '../waste/texts.js';
export { cutNodes } from './tree-cut.js';
