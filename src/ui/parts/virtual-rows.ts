import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core';
import { useEffect, useMemo, useReducer } from 'preact/hooks';

/** Rows beyond what is to be seen, so that a turn of the wheel finds them drawn. */
const BEYOND = 12;

interface VirtualRows {
  readonly items: readonly VirtualItem[];
  /** Of all rows. */
  readonly height: number;
  readonly scrollTo: (index: number) => void;
}

/** The rows of a long list that are to be seen in its scrolling element. All are `rowHeight` pixels high. */
export function useVirtualRows(
  scroller: { readonly current: HTMLElement | null },
  count: number,
  rowHeight: number,
): VirtualRows {
  const [, redraw] = useReducer((turns: number) => turns + 1, 0);
  const options = {
    ...{ count, overscan: BEYOND, scrollPaddingStart: rowHeight },
    estimateSize: () => rowHeight,
    getScrollElement: () => scroller.current,
    ...{ scrollToFn: elementScroll, observeElementRect, observeElementOffset, onChange: () => redraw(undefined) },
  };
  const rows = useMemo(() => new Virtualizer<HTMLElement, HTMLElement>(options), []);
  rows.setOptions(options);
  useEffect(() => rows._didMount(), [rows]);
  useEffect(() => rows._willUpdate());
  return { items: rows.getVirtualItems(), height: rows.getTotalSize(), scrollTo: (index) => rows.scrollToIndex(index) };
}
