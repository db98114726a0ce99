/** What is safe already, who is in there, who commands, what was written down. */
import type { ProcedureView } from '../../../contract/view.ts';
import { useConnected, useSection } from '../../store/console-context.ts';
import { clockTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { useWords } from '../../ui/words.ts';
import { Posts } from './Posts.tsx';

const NOTES_SHOWN = 12;
const MODE_TICK = { pending: 'false', inProgress: 'false', proved: 'true' } as const;

export function SidePane({ procedure }: { procedure: ProcedureView | undefined }) {
  const { t, text } = useWords();
  return (
    <div className="upset-right">
      {procedure === undefined ? null : (
        <Panel title={t('upset.modes')}>
          <ul className="modes">{procedure.modes.map((mode) => <Mode key={mode.id} mode={mode} />)}</ul>
          <Measures title={t('upset.measures')} items={procedure.safetyMeasures.map(text)} />
          <Measures title={t('upset.shutdown')} items={procedure.shutdownConditions.map(text)} />
        </Panel>
      )}
      <Posts />
      <Zones />
      <Retreats />
      <Notes />
    </div>
  );
}

function Mode({ mode }: { mode: ProcedureView['modes'][number] }) {
  const { t, text } = useWords();
  const connected = useConnected();
  return (
    <li className="mode">
      <Tick state={connected ? MODE_TICK[mode.state] : 'unknown'} />
      <span>{text(mode.title)}</span>
      <span className="hint">{mode.atMs === null ? '' : `${clockTime(mode.atMs)} `}{t(`retreatMode.${mode.state}`)}</span>
    </li>
  );
}

function Measures({ title, items }: { title: string; items: readonly string[] }) {
  return items.length === 0 ? null : <details className="measures"><summary>{title} · {items.length}</summary><ul>{items.map((item) => <li key={item}>{item}</li>)}</ul></details>;
}

function Zones() {
  const { t, text } = useWords();
  const people = useSection('people');
  const connected = useConnected();
  return (
    <Panel title={t('people.title')} aside={<a href="#/people">{t('people.toScreen')}</a>}>
      <ul className="zones">
        {(people?.zones ?? []).map((zone) => {
          const state = connected ? zone.state : 'unknown';
          return (
            <li key={zone.id} className={`zone zone-${state}`} data-testid={`zone-${zone.id}`} data-state={state}>
              <span>{text(zone.title)} <span className="hint">{t(`stage.${zone.stage}`)}</span></span>
              <span className={state === 'unknown' ? 'zone-count hatched' : 'zone-count'}>{state === 'unknown' ? `S ${zone.count ?? '—'}` : zone.count}<span className="hint"> / {zone.limit === null ? t('people.noLimit') : t('people.limit', { n: zone.limit })}</span>{state === 'exceeded' ? <PrioritySymbol priority={1} /> : null}</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Retreats() {
  const { t } = useWords();
  const retreats = useSection('upset')?.retreats ?? [];
  if (retreats.length === 0) return null;
  return (
    <Panel title={t('retreat.lastHour')}>
      <ul className="plain-list">{retreats.map((retreat) => <li key={`${retreat.kind}/${retreat.atMs}`}>{clockTime(retreat.atMs)} {t(`retreat.${retreat.kind}`)} · {retreat.by} · {t(`retreat.by.${retreat.actedOn}`)}</li>)}</ul>
    </Panel>
  );
}

function Notes() {
  const { t, text } = useWords();
  const tail = useSection('journal')?.tail ?? [];
  return (
    <Panel title={t('journal.notes')}>
      {tail.length === 0 ? <EmptyState>{t('journal.empty')}</EmptyState> : (
        <ol className="notes">{tail.toSorted((a, b) => b.n - a.n).slice(0, NOTES_SHOWN).map((entry) => <li key={entry.n}><time>{clockTime(entry.atMs)}</time><span>{entry.by === null ? '' : `${entry.by} · `}{text(entry.text)}</span></li>)}</ol>
      )}
    </Panel>
  );
}
