import { useState } from 'react';
import type { View } from '../../../contract/view.ts';
import { TextField } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

const LISTED_MAX = 60;

export function TagPicker({ tags, chosen, setChosen, max }: { tags: View['plant']['tags']; chosen: readonly string[]; setChosen: (ids: readonly string[]) => void; max: number }) {
  const { t, text } = useWords();
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const matching = tags.filter((tag) => wanted === '' || [tag.id, tag.title.zh, tag.title.en, tag.area].some((word) => word.toLowerCase().includes(wanted)));
  return (
    <Panel title={t('trend.tags')} aside={`${chosen.length} / ${max}`} className="tag-picker">
      <TextField label={t('trend.find')} type="search" required={false} value={filter} onChange={setFilter} testId="tag-filter" />
      <ul className="tag-list">
        {matching.slice(0, LISTED_MAX).map((tag) => {
          const on = chosen.includes(tag.id);
          return (
            <li key={tag.id}><label className="tag-choice"><input type="checkbox" checked={on} disabled={!on && chosen.length >= max} onChange={() => setChosen(on ? chosen.filter((id) => id !== tag.id) : [...chosen, tag.id])} /><span><strong>{tag.id}</strong> {text(tag.title)}</span></label></li>
          );
        })}
      </ul>
      {matching.length > LISTED_MAX ? <p className="hint">{t('trend.more', { n: matching.length - LISTED_MAX })}</p> : null}
    </Panel>
  );
}
