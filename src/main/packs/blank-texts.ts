/** Both languages everywhere: a blank line on the screen of a control room in an upset helps nobody. */
import type { Finding } from './finding.ts';
import type { Path, YamlSource } from './yaml-source.ts';

export function blankTexts(source: YamlSource): Finding[] {
  const findings: Finding[] = [];
  walk(source.value, [], (path) => {
    const language = String(path.at(-1));
    findings.push({ file: source.file, ...source.place(path), severity: 'error', message: `the ${language === 'zh' ? 'Chinese' : 'English'} text is blank; expected every text in both languages` });
  });
  return findings;
}

function walk(value: unknown, path: Path, blank: (path: Path) => void): void {
  if (Array.isArray(value)) { for (const [index, entry] of (value as readonly unknown[]).entries()) walk(entry, [...path, index], blank); return; }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, entry] of Object.entries(value)) {
    if ((key === 'zh' || key === 'en') && typeof entry === 'string' && entry.trim() === '') blank([...path, key]);
    else walk(entry, [...path, key], blank);
  }
}
