import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Report } from '../model/report.js';
import { shownText } from '../model/shown-text.js';
import { Paper } from '../pages/paper.js';
import { KeyHelp, useKeys } from './keys.js';
import { Navigation } from './navigation.js';
import type { Page } from './page.js';
import { hrefTo, useRoute } from './routes.js';

interface AppProps {
  readonly report: Report;
  readonly pages: readonly Page[];
  /** Above every page. */
  readonly bar?: ComponentChild;
}

/** The frame around all pages. The first of `pages` is where an empty address leads. */
export function App({ report, pages, bar }: AppProps) {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const shown = pages.filter(({ isShown }) => isShown?.(report) ?? true);
  const page = route.page === '' ? shown[0] : shown.find(({ id }) => id === route.page);
  useKeys(shown, setHelpOpen);
  useFocusOnChange(main, page?.id ?? '');
  useEffect(() => {
    document.title = `${page?.title ?? 'Not found'} · ${shownText(report.subject, 60)} · heapsleuth`;
  }, [page, report]);
  return (
    <>
      <div class="screen">
        <button type="button" class="skip" onClick={() => main.current?.focus()}>
          Skip to content
        </button>
        <Navigation report={report} pages={shown} current={page} onHelp={() => setHelpOpen(true)} />
        <main id="main" ref={main} tabIndex={-1}>
          {bar}
          {page ? page.render(report, route.rest) : <NotFound first={shown[0]} />}
        </main>
        {isHelpOpen && <KeyHelp pages={shown} onClose={() => setHelpOpen(false)} />}
      </div>
      <Paper report={report} />
    </>
  );
}

/** Another page is read from its top. Not at the start: there a reader has not moved yet. */
function useFocusOnChange(main: { readonly current: HTMLElement | null }, id: string): void {
  const before = useRef(id);
  useEffect(() => {
    if (before.current === id) return;
    before.current = id;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [id]);
}

function NotFound({ first }: { first: Page }) {
  return (
    <section>
      <h1>Nothing here</h1>
      <p>
        This report has no such page. <a href={hrefTo(first.id)}>{first.title}</a> is where it begins.
      </p>
    </section>
  );
}
