import { keep, kept } from './kept.js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const CONTRASTS = ['normal', 'high'] as const;
export type Contrast = (typeof CONTRASTS)[number];

export const theme = (): Theme => kept('theme', THEMES) ?? 'system';
export const contrast = (): Contrast => kept('contrast', CONTRASTS) ?? 'normal';

/** Shows the page as it was chosen here, or as the device says. */
export function applyLook(): void {
  const { dataset } = document.documentElement;
  const chosen = theme();
  if (chosen === 'system') delete dataset.theme;
  else dataset.theme = chosen;
  if (contrast() === 'high') dataset.contrast = 'high';
  else delete dataset.contrast;
}

export function chooseTheme(chosen: Theme): void {
  keep('theme', chosen);
  applyLook();
}

export function chooseContrast(chosen: Contrast): void {
  keep('contrast', chosen);
  applyLook();
}
