import { render } from 'preact';
import '../styles/index.css';
import '../styles/explorer.css';
import { Explorer } from './explorer.js';
import { hasToken, Server, takeToken } from './server.js';
import { ServerContext } from './use-answer.js';

const page = document.getElementById('page');
const server = new Server(takeToken());
// The address of a later server at the same port, opened in the same tab, is another place in this page for the browser.
addEventListener('hashchange', () => {
  if (hasToken()) location.reload();
});
document.documentElement.dataset.explorer = '';
if (page)
  render(
    <ServerContext.Provider value={server}>
      <Explorer />
    </ServerContext.Provider>,
    page,
  );
