import { store } from './origin.mjs';

export { cache, store as other } from './origin.mjs';
export { store as zed };
