/** Two people write the same name or the same place in two ways: spaces, letter case and full-width forms make no other one. */

export const plainWords = (text: string): string => text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();

export const isSame = (a: string, b: string): boolean => plainWords(a) === plainWords(b);
