import type { Report } from '../model/report.js';
import { Name } from '../parts/name.js';
import type { Page } from './page.js';
import { hrefTo } from './routes.js';
import { useThemeChoice } from './theme.js';

interface NavigationProps {
  readonly report: Report;
  readonly pages: readonly Page[];
  readonly current: Page | undefined;
  readonly onHelp: () => void;
}

export function Navigation({ report, pages, current, onHelp }: NavigationProps) {
  const [theme, nextTheme] = useThemeChoice();
  const currentId = current?.within ?? current?.id;
  return (
    <header class="side">
      <div class="brand">
        <span class="product">heapsleuth</span>
        <Name text={report.subject} most={120} />
      </div>
      <nav aria-label="Pages">
        <ul>
          {pages
            .filter(({ within }) => within === undefined)
            .map(({ id, title, badge }) => (
              <li key={id}>
                <a href={hrefTo(id)} aria-current={id === currentId ? 'page' : undefined}>
                  <span>{title}</span>
                  {badge && <span class="badge">{badge(report)}</span>}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <div class="tools">
        <button type="button" onClick={nextTheme} aria-label={`Colours: ${theme}. Change them`}>
          {theme === 'system' ? 'System colours' : theme === 'light' ? 'Light' : 'Dark'}
        </button>
        <button type="button" onClick={onHelp} aria-label="Keys" aria-haspopup="dialog">
          Keys <kbd>?</kbd>
        </button>
        <span class="version">{report.document.engineVersion}</span>
      </div>
    </header>
  );
}
