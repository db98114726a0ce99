/** What is looked for in the time line, and the buttons that zoom and move its picture for those without a wheel. */
import type { TimelineDrag } from '../../ui/charts/TimelineChart.tsx';
import { CHART_SHAPES, Mark } from '../../ui/charts/TimelineChart.tsx';
import { panned, zoomed } from '../../ui/charts/timeline-scale.ts';
import type { Span } from '../../ui/charts/timeline-scale.ts';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { useWords } from '../../ui/words.ts';
import { isFiltered, NO_FILTER, SYSTEM } from './timeline-filter.ts';
import type { StoryFilter } from './timeline-filter.ts';
import type { Look } from './TimelinePane.tsx';

type Props = {
  filter: StoryFilter; setFilter: (filter: StoryFilter) => void; people: readonly string[];
  look: Look; setLook: (look: Look) => void; span: Span; bounds: Span;
  drag: TimelineDrag; setDrag: (drag: TimelineDrag) => void;
  /** Null when it is closed: nothing new comes. */
  following: { isFollowing: boolean; setFollowing: (on: boolean) => void } | null;
};

export function TimelineTools({ filter, setFilter, people, look, setLook, span, bounds, drag, setDrag, following }: Props) {
  const { t } = useWords();
  const length = span.toMs - span.fromMs, middle = span.fromMs + length / 2;
  const moves = [
    { key: 'earlier', sign: '◀', span: panned(span, -length / 2, bounds) }, { key: 'later', sign: '▶', span: panned(span, length / 2, bounds) },
    { key: 'closer', sign: '+', span: zoomed(span, 0.5, middle, bounds) }, { key: 'farther', sign: '−', span: zoomed(span, 2, middle, bounds) },
  ] as const;
  return (
    <div className="timeline-tools">
      <div className="timeline-tool-group" role="group" aria-label={t('incident.zoom.label')}>
        {moves.map((move) => <button key={move.key} type="button" className="button timeline-tool" data-testid={`timeline-${move.key}`} aria-label={t(`incident.zoom.${move.key}`)} title={t(`incident.zoom.${move.key}`)} onClick={() => setLook(move.span)}>{move.sign}</button>)}
        {(['incident', 'all'] as const).map((each) => <button key={each} type="button" className="button timeline-tool" data-testid={`timeline-fit-${each}`} aria-pressed={look === each} onClick={() => setLook(each)}>{t(`incident.zoom.${each}`)}</button>)}
      </div>
      <div className="timeline-tool-group" role="group" aria-label={t('incident.drag.label')}>
        {(['range', 'pan'] as const).map((each) => <button key={each} type="button" className="button timeline-tool" data-testid={`timeline-drag-${each}`} aria-pressed={drag === each} onClick={() => setDrag(each)}>{t(`incident.drag.${each}`)}</button>)}
      </div>
      {following === null ? null : <button type="button" className="button timeline-tool" data-testid="timeline-follow" aria-pressed={following.isFollowing} onClick={() => following.setFollowing(!following.isFollowing)}>{t('incident.follow')}</button>}
      <SelectField label={t('incident.person')} required={false} value={filter.person} testId="timeline-person" onChange={(person) => setFilter({ ...filter, person })}>
        <option value="">{t('incident.everybody')}</option><option value={SYSTEM}>{t('journal.system')}</option>{people.map((each) => <option key={each} value={each}>{each}</option>)}
      </SelectField>
      <TextField label={t('incident.words')} type="search" required={false} maxLength={80} value={filter.words} testId="timeline-words" onChange={(words) => setFilter({ ...filter, words })} />
      {isFiltered(filter) ? <button type="button" className="button timeline-tool" data-testid="timeline-clear" onClick={() => setFilter(NO_FILTER)}>{t('incident.clearFilter')}</button> : null}
    </div>
  );
}

/** What the marks mean. */
export function TimelineLegend() {
  const { t } = useWords();
  return (
    <ul className="timeline-legend" aria-label={t('incident.legend')}>
      {CHART_SHAPES.map((shape) => <li key={shape}><svg viewBox="-12 -12 24 24" aria-hidden="true"><Mark shape={shape} worst={null} count={1} rem={16} /></svg>{t(`incident.mark.${shape}`)}</li>)}
    </ul>
  );
}
