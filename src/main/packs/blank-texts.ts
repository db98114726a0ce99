/** Both languages everywhere: a blank line on the screen of a control room in an upset helps nobody. */
import type { Finding } from './finding.ts';
import type { YamlSource } from './yaml-source.ts';

export function blankTexts(source: YamlSource): Finding[] {
  const findings: Finding[] = [];
  const path: PropertyKey[] = [];
  walk(source.value, path, () => {
    const language = String(path.at(-1));
    findings.push({ file: source.file, ...source.place([...path]), severity: 'error', message: `the ${language === 'zh' ? 'Chinese' : 'English'} text is blank; expected every text in both languages` });
  });
  return findings;
}

/** `path`: where it is just now, one list for the whole walk. */
function walk(value: unknown, path: PropertyKey[], blank: () => void): void {
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  for (const [key, entry] of Object.entries(value)) {
    path.push(isList ? Number(key) : key);
    if ((key === 'zh' || key === 'en') && typeof entry === 'string' && entry.trim() === '') blank();
    else walk(entry, path, blank);
    path.pop();
  }
}
