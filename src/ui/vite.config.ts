import { defineConfig } from 'vite';
import { pageConfig } from './page-config.js';

/** The page of the HTML report, with a place for its document: `dist/ui/report.html`. */
export default defineConfig(pageConfig('report.html', { isFirst: true }));
