import { render } from 'preact';
import { readDocument } from './model/document.js';
import { reportOf } from './model/report.js';
import { REPORT_PAGES } from './pages/index.js';
import { App } from './shell/app.js';
import './styles/index.css';

const page = document.getElementById('page');
if (page) render(<App report={reportOf(readDocument())} pages={REPORT_PAGES} />, page);
