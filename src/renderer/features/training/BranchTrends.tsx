/** One tag over several branches on one picture. */
import { useMemo, useState } from 'react';
import { useAnswer, useSection } from '../../store/console-context.ts';
import { lineDash, TrendChart } from '../../ui/charts/TrendChart.tsx';
import { SelectField } from '../../ui/Field.tsx';
import { countdown } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

const OVERLAY_EVERY_MS = 5_000;

export function BranchTrends({ branches }: { branches: readonly number[] }) {
  const { t, text } = useWords();
  const tags = (useSection('plant')?.tags ?? []).filter(({ kind }) => kind === 'analog');
  const [tag, setTag] = useState('');
  const shown = tag === '' ? (tags.find(({ limits }) => limits.length > 0)?.id ?? tags[0]?.id ?? '') : tag;
  return (
    <div className="branch-trends">
      <div className="toolbar"><SelectField label={t('training.time.tag')} value={shown} onChange={setTag} testId="overlay-tag">{tags.map(({ id, title }) => <option key={id} value={id}>{id} · {text(title)}</option>)}</SelectField></div>
      {shown === '' ? null : <Overlay branches={branches} tag={shown} />}
    </div>
  );
}

function Overlay({ branches, tag }: { branches: readonly number[]; tag: string }) {
  const { t } = useWords();
  const plant = useSection('plant');
  const { output } = useAnswer('instructor.overlay', { branches: [...branches], tags: [tag] }, OVERLAY_EVERY_MS);
  const lines = useMemo(() => (output?.lines ?? []).map(({ branch, points }) => ({ id: `b${branch}`, points: points.map(([atS, value]): [number, number | null] => [atS * 1_000, value]) })), [output]);
  const times = lines.flatMap(({ points }) => points.map(([ms]) => ms));
  const drawn = useMemo(() => (plant?.tags.find(({ id }) => id === tag)?.limits ?? []).map(({ limit, priority }) => ({ value: limit, priority })), [plant, tag]);
  return (
    <div data-testid="branch-overlay">
      <TrendChart kind="full" lines={lines} limits={drawn} fromMs={times.length === 0 ? 0 : Math.min(...times)} toMs={Math.max(...times, 1_000)} label={t('training.time.overlay', { tag })} tick={countdown} />
      <ul className="compared-key">{lines.map(({ id }, index) => <li key={id}><svg viewBox="0 0 48 8" className="dash-key" aria-hidden="true"><line x1="0" x2="48" y1="4" y2="4" stroke="currentColor" strokeWidth="2" strokeDasharray={lineDash(index)} /></svg>{t('training.time.branch', { n: Number(id.slice(1)) })}</li>)}</ul>
    </div>
  );
}
