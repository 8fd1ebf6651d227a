// Which series are behind the figures, so that one can look at them.

/** Leaky series whose right suspect is not the first, or not there. */
export function missedTable({ series }) {
  const leaky = series.filter(({ variant }) => variant === 'leaky');
  const nodes = [...new Set(leaky.map(({ node }) => node))];
  const patterns = [...new Set(leaky.filter(({ rank }) => rank !== 1).map(({ pattern }) => pattern))];
  const rows = patterns.map((pattern) => {
    const own = leaky.filter((each) => each.pattern === pattern);
    const ranks = nodes.map((node) => {
      const run = own.find((each) => each.node === node);
      return run === undefined ? '' : String(run.rank ?? 'none');
    });
    return [pattern, own[0].detector, own[0].half, ...ranks];
  });
  return [['', 'detector', 'half', ...nodes], rows];
}

/** What is reported and wrong. */
export function wrongRows(series) {
  return series.flatMap(({ pattern, variant, node, wrong }) =>
    wrong.map(({ confidence, holder }) => [`${pattern}, ${variant}`, node, confidence.toFixed(2), holder.slice(0, 80)]),
  );
}
