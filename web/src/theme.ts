// The theme: one accent colour, the system's own fonts, and contrasts that people with low vision can read.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e6f4f6',
  '#cce6ea',
  '#9bd0d8',
  '#66b7c3',
  '#45aab9',
  '#1c8a9b',
  '#0f7a8b',
  '#0b6777',
  '#0a5462',
  '#07404b',
];

const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";

export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  // White text on either has at least 4.5 : 1, and either has 3 : 1 against its background.
  primaryShade: { light: 7, dark: 6 },
  fontFamily: FONTS,
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', monospace",
  headings: { fontFamily: FONTS, fontWeight: '600' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Mantine's grey for secondary text and its red for errors have less than WCAG's 4.5 : 1. */
export const themeVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565d65',
    '--mantine-color-placeholder': '#646b73',
    '--mantine-color-error': '#c02020',
    '--offhook-input-border': '#868e96',
    '--offhook-surface': '#f6f8f9',
  },
  dark: {
    '--mantine-color-dimmed': '#a9adb3',
    '--mantine-color-placeholder': '#9a9fa6',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-petrol-light': 'rgb(69 170 185 / 16%)',
    '--mantine-color-petrol-light-hover': 'rgb(69 170 185 / 24%)',
    '--mantine-color-petrol-light-color': '#9bd0d8',
    '--offhook-input-border': '#7d838a',
    '--offhook-surface': '#1b1c1e',
  },
});
