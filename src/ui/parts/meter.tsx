/** A share of one as a bar with its number, which says it by itself. */
export function Meter({ value, label, tone = 'plain' }: { value: number; label: string; tone?: string }) {
  const share = Math.min(1, Math.max(0, value));
  return (
    <span class={`meter ${tone}`} role="img" aria-label={`${label}: ${value.toFixed(2)}`}>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="8" />
        <rect class="level" width={100 * share} height="8" />
      </svg>
      <span class="number" aria-hidden="true">
        {value.toFixed(2)}
      </span>
    </span>
  );
}
