import { render } from 'preact';
import '../styles/index.css';
import '../styles/explorer.css';
import { Explorer } from './explorer.js';
import { Server, takeToken } from './server.js';
import { ServerContext } from './use-answer.js';

const page = document.getElementById('page');
const server = new Server(takeToken());
document.documentElement.dataset.explorer = '';
if (page)
  render(
    <ServerContext.Provider value={server}>
      <Explorer />
    </ServerContext.Provider>,
    page,
  );
