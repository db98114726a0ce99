/** The time line of one incident as a picture and in words, in step with each other, live while it is open. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { TIMELINE_LANES } from '../../../contract/report.ts';
import type { TimelineLane } from '../../../contract/report.ts';
import type { IncidentEvent, IncidentRow } from '../../../contract/incidents.ts';
import { useIncidentStory, useNow } from '../../store/console-context.ts';
import type { StoryView } from '../../store/incidents.ts';
import { TimelineChart } from '../../ui/charts/TimelineChart.tsx';
import type { TimelineDrag } from '../../ui/charts/TimelineChart.tsx';
import { firstAt, showing, within } from '../../ui/charts/timeline-scale.ts';
import type { Span } from '../../ui/charts/timeline-scale.ts';
import { dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { ProblemNote } from '../../ui/RefusalNote.tsx';
import { useWords } from '../../ui/words.ts';
import { boundsOf, byLane, incidentSpan, matching, NO_FILTER, peopleIn } from './timeline-filter.ts';
import type { StoryFilter } from './timeline-filter.ts';
import { TimelineRows } from './TimelineRows.tsx';
import { TimelineLegend, TimelineTools } from './TimelineTools.tsx';

/** The picture follows the incident, or all with the half hours, until somebody zooms. */
export type Look = 'incident' | 'all' | Span;

export function TimelinePane({ row }: { row: IncidentRow }) {
  const { t, text } = useWords();
  const story = useIncidentStory(row.id);
  const nowMs = useNow(row.closedMs === null ? 1_000 : 60_000);
  const [filter, setFilter] = useState<StoryFilter>(NO_FILTER);
  const [look, setLook] = useState<Look>('incident');
  const [chosen, setChosen] = useState<number | null>(null);
  const [drag, setDrag] = useState<TimelineDrag>('range');
  const [isFollowing, setFollowing] = useState(row.closedMs === null);
  const { events } = story;
  const bounds = boundsOf(row, events, nowMs);
  const span = within(look === 'incident' ? incidentSpan(row, nowMs) : look === 'all' ? bounds : look, bounds);
  const found = useMemo(() => matching(events, filter), [events, filter]);
  const lanes = useMemo(() => byLane(found), [found]);
  const people = useMemo(() => peopleIn(events), [events]);
  const shown = useMemo(() => (filter.off.size === 0 ? found : found.filter(({ lane }) => !filter.off.has(lane))), [found, filter.off]);
  const inSight = useMemo(() => shown.slice(firstAt(shown, span.fromMs), firstAt(shown, span.toMs + 1)), [shown, span.fromMs, span.toMs]);
  const event = chosen === null ? undefined : shown.find(({ n }) => n === chosen);
  const choose = useCallback((next: IncidentEvent) => { setChosen(next.n); setFollowing(false); }, []);
  const step = (by: -1 | 1): void => {
    const at = event === undefined ? (by === 1 ? firstAt(shown, span.fromMs) : firstAt(shown, span.toMs + 1) - 1) : shown.indexOf(event) + by;
    const next = shown[at];
    if (next === undefined) return;
    choose(next);
    const moved = showing(span, next.atMs, bounds);
    if (moved !== span) setLook(moved);
  };
  useEffect(() => { if (row.closedMs !== null) setFollowing(false); }, [row.closedMs]);
  const toggle = (lane: string): void => setFilter((old) => ({ ...old, off: toggled(old.off, lane) }));
  return (
    <Panel title={t('incident.tab.timeline')} className="timeline-panel" testId="timeline-panel" aside={<Loaded story={story} />}>
      <TimelineTools filter={filter} setFilter={setFilter} people={people} look={look} setLook={setLook} span={span} bounds={bounds} drag={drag} setDrag={setDrag} following={row.closedMs === null ? { isFollowing, setFollowing } : null} />
      {story.problem === null ? null : <ProblemNote problem={story.problem} />}
      <TimelineChart
        lanes={TIMELINE_LANES.map((lane) => ({ key: lane, label: t(`incident.lane.${lane}`), events: lanes.get(lane) ?? [], isShown: !filter.off.has(lane), ...(lane === 'refusal' ? { shape: 'refused' as const } : {}) }))}
        toggleLane={toggle} span={span} bounds={bounds} setSpan={setLook} cursor={event === undefined ? null : { atMs: event.atMs, text: text(event.text) }} choose={choose} step={step} fit={() => setLook('incident')} drag={drag}
        lines={[{ atMs: row.openedMs, label: t('incident.openedAt', { at: dateTime(row.openedMs) }) }, ...(row.closedMs === null ? [] : [{ atMs: row.closedMs, label: t('incident.closedAt', { at: dateTime(row.closedMs) }) }])]}
        label={t('incident.picture')} clusterLabel={(cluster, lane) => `${t(`incident.lane.${lane}`)}: ${t('incident.events', { n: cluster.count })}, ${dateTime(cluster.fromMs)}${cluster.count === 1 ? ` ${text(lanes.get(lane as TimelineLane)?.[cluster.first]?.text ?? { zh: '', en: '' })}` : ''}`}
      />
      <TimelineLegend />
      <Detail event={event} />
      {events.length === 0 && story.phase === 'loading' ? <EmptyState>{t('command.busy')}</EmptyState>
        : <TimelineRows events={inSight} outOf={found.length} chosen={chosen} choose={choose} isFollowing={isFollowing} stopFollowing={() => setFollowing(false)} showAll={() => { setFilter(NO_FILTER); setLook('all'); }} />}
    </Panel>
  );
}

function toggled(off: ReadonlySet<TimelineLane>, lane: string): ReadonlySet<TimelineLane> {
  const next = new Set(off);
  const known = TIMELINE_LANES.find((each) => each === lane);
  if (known !== undefined && !next.delete(known)) next.add(known);
  // The last one that is switched off would leave nothing: that is no question anybody has.
  return next.size === TIMELINE_LANES.length ? new Set() : next;
}

/** How much of it is here, how old it is, and what is beyond. */
function Loaded({ story }: { story: StoryView }) {
  const { t } = useWords();
  const { events, phase, asOfMs, head, upTo, isFull } = story;
  return (
    <span className="timeline-loaded" role="status" data-testid="timeline-loaded" data-phase={phase} data-events={events.length}>
      {asOfMs === null || phase === 'loading' ? null : <span className="as-of hatched" data-testid="timeline-as-of"><span>{t('incident.asOf', { at: dateTime(asOfMs) })}</span></span>}
      {phase === 'loading' && head !== null ? <progress max={Math.max(1, head)} value={upTo} aria-label={t('incident.loading')} /> : null}
      <span>{t(phase === 'loading' ? 'incident.loadingEvents' : 'incident.events', { n: events.length })}</span>
      {isFull ? <span className="timeline-full" data-testid="timeline-full">{t('incident.full', { n: upTo, head: head ?? upTo })}</span> : null}
    </span>
  );
}

/** The chosen record whole: the list has room for one line of it. */
function Detail({ event }: { event: IncidentEvent | undefined }) {
  const { t, text } = useWords();
  if (event === undefined) return <p className="timeline-detail hint" data-testid="timeline-detail">{t('incident.chooseHint')}</p>;
  const { n, atMs, wallMs, by, lane, type, mark } = event;
  return (
    <p className="timeline-detail" data-testid="timeline-detail" data-n={n}>
      <strong className="nowrap">{t('incident.record', { n })}</strong> <span className="nowrap">{dateTime(atMs)}</span> <span className="nowrap">{t(`incident.lane.${lane}`)}</span> <span className="nowrap">{by ?? t('journal.system')}</span>
      {mark === undefined ? null : <span className="first-out">{t(`incident.mark.${mark}`)}</span>} {text(event.text)} <span className="hint">{type}{Math.abs(wallMs - atMs) < 1_000 ? '' : ` · ${t('incident.wall', { at: dateTime(wallMs) })}`}</span>
    </p>
  );
}
