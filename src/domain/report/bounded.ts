/** Words in both languages, no longer than the contract takes. */
import type { Text } from '../../contract/text.ts';

export const text = (zh: string, en: string): Text => ({ zh, en });

/** Not longer than that, and no half character at the end. */
export function clip(words: string, max: number): string {
  if (words.length <= max) return words;
  const cut = words.slice(0, max);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
export const clipText = ({ zh, en }: Text, max = 2_000): Text => ({ zh: clip(zh, max), en: clip(en, max) });
