import { useEffect, useRef } from 'preact/hooks';
import type { Page } from './page.js';
import { goTo } from './routes.js';

/** What a field of text takes for itself. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input:not([type=checkbox]):not([type=radio]), select, textarea')
  );
}

/** Keys that work wherever the reader is: pages by number, `/` for the page's search, `?` for this list. */
export function useKeys(pages: readonly Page[], setHelpOpen: (isOpen: boolean) => void): void {
  useEffect(() => {
    const listed = pages.filter(({ within }) => within === undefined);
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const page = /^[1-9]$/.test(event.key) ? listed[Number(event.key) - 1] : undefined;
      if (page) goTo(page.id);
      else if (event.key === '?') setHelpOpen(true);
      else if (event.key !== '/' || !focusSearch()) return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [pages.map(({ id }) => id).join()]);
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type=search]');
  field?.focus();
  field?.select();
  return field !== null;
}

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'search on this page'],
  ['?', 'this list'],
  ['↑ ↓', 'rows of a table; nodes beside each other'],
  ['← →', 'close and open a row; in a picture nodes beside each other'],
  ['Enter', 'zoom into the node, follow the row'],
  ['Backspace', 'zoom out'],
  ['Esc', 'close, or leave the search'],
];

export function KeyHelp({ pages, onClose }: { pages: readonly Page[]; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const numbered = pages.filter(({ within }) => within === undefined).slice(0, 9);
  const rows = [...numbered.map(({ title }, at) => [String(at + 1), title] as const), ...KEYS];
  return (
    <dialog class="keys" ref={dialog} onClose={onClose} aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
