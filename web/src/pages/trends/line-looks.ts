// Colours and dashes of the lines: distinct for colour-blind readers, and in print without colours.

export interface LineLook {
  light: string;
  dark: string;
  /** Lengths of dashes and gaps in pixels; empty: a solid line. */
  dash: readonly number[];
}

/** Okabe and Ito's palette, darker on white; at least 3 : 1 in both themes. */
const LOOKS: readonly LineLook[] = [
  { light: '#0060a0', dark: '#56b4e9', dash: [] },
  { light: '#a04a00', dark: '#f0a35e', dash: [9, 4] },
  { light: '#00735a', dark: '#2bc79b', dash: [2, 3] },
  { light: '#94357a', dark: '#e29ac8', dash: [12, 4, 2, 4] },
  { light: '#8a6200', dark: '#e6b422', dash: [5, 3] },
  { light: '#6a51a3', dark: '#b8a5e3', dash: [9, 3, 2, 3, 2, 3] },
];
const OTHERS: LineLook = { light: '#4d545e', dark: '#c3c8ce', dash: [1, 5] };

export const lineLook = (index: number, kind: 'group' | 'others' | 'all', isAlone: boolean): LineLook =>
  isAlone ? (LOOKS[0] as LineLook) : kind === 'group' ? (LOOKS[index % LOOKS.length] as LineLook) : OTHERS;
