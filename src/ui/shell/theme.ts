import { useEffect, useState } from 'preact/hooks';

export type Theme = 'system' | 'light' | 'dark';

const ORDER: readonly Theme[] = ['system', 'light', 'dark'];
const CHANGED = 'heapsleuth:theme';

/** The reader's choice, for as long as the page is open: a file on disk has no place of its own to keep it. */
export function useThemeChoice(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event(CHANGED));
  }, [theme]);
  return [theme, () => setTheme(ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length])];
}

/** Counts changes of colours, for what is drawn and does not follow by itself. */
export function useThemeChanges(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const count = () => setChanges((before) => before + 1);
    addEventListener(CHANGED, count);
    query.addEventListener('change', count);
    return () => {
      removeEventListener(CHANGED, count);
      query.removeEventListener('change', count);
    };
  }, []);
  return changes;
}

/** A colour of the theme as it is now. */
export function colourOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}
