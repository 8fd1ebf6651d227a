import type { ComponentChildren } from 'preact';

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly children?: ComponentChildren;
}

/** One number a reader should take away, and a line that says what it stands for. */
export function Figure({ label, value, children }: FigureProps) {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>
        <span class="value">{value}</span>
        {children !== undefined && <span class="aside">{children}</span>}
      </dd>
    </div>
  );
}
