/**
 * Three-valued truth (Kleene). Unknown is never good: it satisfies nothing and clears nothing.
 * Numbers and not words, because millions of these a second go through typed arrays.
 */
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = -1;
export type Truth = typeof FALSE | typeof TRUE | typeof UNKNOWN;

export function allOf(values: readonly Truth[]): Truth {
  let result: Truth = TRUE;
  for (const value of values) {
    if (value === FALSE) return FALSE;
    if (value === UNKNOWN) result = UNKNOWN;
  }
  return result;
}

export function anyOf(values: readonly Truth[]): Truth {
  let result: Truth = FALSE;
  for (const value of values) {
    if (value === TRUE) return TRUE;
    if (value === UNKNOWN) result = UNKNOWN;
  }
  return result;
}

export function not(value: Truth): Truth {
  return value === UNKNOWN ? UNKNOWN : value === TRUE ? FALSE : TRUE;
}
