/** Both languages side by side, for the paper: who picks it up may read either. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../../contract/text.ts';

export const inBoth = (text: Text): string => (text.zh === text.en ? text.zh : `${text.zh} / ${text.en}`);
export const Both = ({ text }: { text: Text }) => (text.zh === text.en ? <>{text.zh}</> : <><span lang="zh-CN">{text.zh}</span> <span className="print-en" lang="en">{text.en}</span></>);

export function useBoth(): (key: string, values?: Record<string, string | number>) => string {
  const { i18n } = useTranslation();
  return useCallback((key, values = {}) => `${i18n.getFixedT('zh')(key, values)} ${i18n.getFixedT('en')(key, values)}`, [i18n]);
}
