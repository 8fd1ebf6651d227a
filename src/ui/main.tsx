import { render } from 'preact';
import { readDocument } from './model/document.js';
import { reportOf } from './model/report.js';
import { REPORT_PAGES } from './pages/index.js';
import { App } from './shell/app.js';
import './styles/index.css';

const page = document.getElementById('page');
if (page) show(page);

function show(element: HTMLElement): void {
  try {
    render(<App report={reportOf(readDocument())} pages={REPORT_PAGES} />, element);
  } catch (error) {
    // An empty page would say nothing. What went wrong is for the console, too.
    element.textContent = `This report cannot be shown: ${(error as Error).message}.`;
    throw error;
  }
}
