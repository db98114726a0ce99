/** Pixels of one rem: charts draw in pixels and must grow with the glass like everything else (tokens.css). */
export const remPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
