/** The plant at one look: grey areas with their worst alarm, running procedures, people, alarms of the last ten minutes. */
import type { ProcedureView } from '../../../contract/view.ts';
import { useConnected, useNow, useSection } from '../../store/console-context.ts';
import { BarChartSlow } from '../../ui/charts/BarChartSlow.tsx';
import { clockTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';
import { AreaTile } from './AreaTile.tsx';
import { OverdueActions, useOverdue } from './OverdueActions.tsx';
import './overview.css';

/** EEMUA 191: about one alarm in ten minutes is manageable, ten is the most. */
const ALARMS_PER_MINUTE_SHOWN = 2;
const MINUTES = 10;

export function OverviewScreen() {
  const { t } = useWords();
  const plant = useSection('plant');
  // Overdue ones are raised (H.1): before what fills the screen. Otherwise the line gives way to the plant.
  const areRaised = useOverdue() > 0;
  const areas = plant?.areas.filter(({ id }) => plant.tags.some((tag) => tag.area === id && (tag.kind === 'analog' || tag.kind === 'discrete'))) ?? [];
  return (
    <div className="overview">
      <div className="area-tiles">{areas.length === 0 ? <EmptyState>{t('link.unknownData')}</EmptyState> : areas.map((area) => <AreaTile key={area.id} area={area} />)}</div>
      <div className="overview-side">
        <Running />
        {areRaised ? <OverdueActions /> : null}
        <AlarmLoad />
        <Zones />
        {areRaised ? null : <OverdueActions />}
        <DataQuality />
      </div>
    </div>
  );
}

function Running() {
  const { t } = useWords();
  const procedures = useSection('upset')?.procedures ?? [];
  const training = useSection('training');
  return (
    <Panel title={t('overview.procedures')} aside={procedures.length}>
      {procedures.length === 0 ? <EmptyState>{t('overview.noProcedures')} {training?.available === true ? <a href="#/training">{t('upset.pickScenario')}</a> : t('overview.nextStep')}</EmptyState> : (
        <ul className="plain-list running-list">{procedures.map((procedure) => <RunningRow key={procedure.instance} procedure={procedure} />)}</ul>
      )}
    </Panel>
  );
}

function RunningRow({ procedure }: { procedure: ProcedureView }) {
  const { t, text } = useWords();
  const now = procedure.steps.find(({ state }) => state === 'now');
  return (
    <li><a className="running" href="#/upset"><strong>{text(procedure.title)}</strong><span>{t(`place.${procedure.place}`)}{now === undefined ? '' : ` · ${now.number}/${procedure.steps.length}`}</span>{now === undefined ? null : <span className="running-step">{text(now.text)}</span>}</a></li>
  );
}

function AlarmLoad() {
  const { t } = useWords();
  const alarms = useSection('alarms');
  const nowMs = useNow(10_000);
  const bars = Array.from({ length: MINUTES }, (_, index) => {
    const from = nowMs - (MINUTES - index) * 60_000;
    return { name: clockTime(from + 60_000).slice(0, 5), count: alarms?.history.filter(({ change, atMs }) => change === 'raised' && atMs >= from && atMs < from + 60_000).length ?? 0 };
  });
  return (
    <Panel title={t('overview.alarmLoad')} aside={t('alarm.rate', { n: alarms?.raisedLast10Min ?? 0 })}>
      <BarChartSlow bars={bars} limit={ALARMS_PER_MINUTE_SHOWN} label={t('overview.alarmLoad')} />
      {alarms?.flood === true ? <p><strong>{t('alarm.floodLong')}</strong></p> : null}
    </Panel>
  );
}

function Zones() {
  const { t, text } = useWords();
  const zones = useSection('people')?.zones ?? [];
  const connected = useConnected();
  return (
    <Panel title={t('people.title')} aside={<a href="#/people">{t('people.toScreen')}</a>}>
      <ul className="zones">
        {zones.map((zone) => {
          const unknown = !connected || zone.state === 'unknown';
          return <li key={zone.id} className="zone"><span>{text(zone.title)}</span><span className={unknown ? 'zone-count hatched' : 'zone-count'}>{unknown ? `S ${zone.count ?? '—'}` : zone.count}<span className="hint"> / {zone.limit === null ? t('people.noLimit') : t('people.limit', { n: zone.limit })}</span>{!unknown && zone.state === 'exceeded' ? <PrioritySymbol priority={1} /> : null}</span></li>;
        })}
      </ul>
    </Panel>
  );
}

function DataQuality() {
  const { t } = useWords();
  const link = useSection('link');
  const connected = useConnected();
  if (link === undefined) return null;
  return (
    <Panel title={t('overview.data')}>
      <p>{t(connected ? `link.phase.${link.phase}` : 'link.phase.station-lost')} · {t('link.good')} {connected ? link.goodTags : '?'} / {link.totalTags}</p>
      {link.lostTags.length === 0 ? null : <p className="hint">{t('link.lostTags')} {link.lostTags.slice(0, 12).join(' · ')}{link.lostTags.length > 12 ? ' …' : ''}</p>}
    </Panel>
  );
}
