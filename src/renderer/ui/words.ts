/** Picks the language of a text from the station; the switch is live, so this is a hook. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../../contract/text.ts';

export type Language = 'zh' | 'en';
export const pick = (text: Text, language: Language): string => text[language] || text[language === 'zh' ? 'en' : 'zh'];

export type Words = { t: (key: string, values?: Record<string, string | number>) => string; text: (text: Text) => string; language: Language };

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  const text = useCallback((both: Text) => pick(both, language), [language]);
  return { t: (key, values) => t(key, values ?? {}), text, language };
}
