/** Okabe and Ito's, which people with any of the usual colour blindnesses tell apart; two of them darker or lighter by theme. */
const LIGHT = ['#0072b2', '#d55e00', '#009e73', '#a8326f', '#946a00', '#2a8ecb', '#4d4d4d', '#7a52b3'];
const DARK = ['#56b4e9', '#ff9248', '#2fd0a0', '#e79fc4', '#f0c94a', '#9cc9ff', '#c9c9c9', '#b79bea'];
/** What a second and third round of the colours are told by. */
const DASHES: readonly (readonly number[])[] = [[], [6, 4], [2, 3]];

export interface LineLook {
  readonly colour: string;
  readonly dash: readonly number[];
}

/** How the `at`-th line looks; as many differ as there are colours times dashes. */
export function lookOf(at: number, isDark: boolean): LineLook {
  const colours = isDark ? DARK : LIGHT;
  return { colour: colours[at % colours.length], dash: DASHES[Math.floor(at / colours.length) % DASHES.length] };
}

export const MOST_LINES = LIGHT.length * DASHES.length;
