import { defineConfig } from 'vite';
import { pageConfig } from './page-config.js';

/** The page of `heapsleuth serve`, which asks its server for what it shows: `dist/ui/explorer.html`. */
export default defineConfig(pageConfig('explorer.html', { asksServer: true }));
