/** The hand-over on paper: A4, both languages, the mode word on every page, boxes and signatures to fill in by hand (hmi rule 12). */
import type { HandoverSection } from '../../../contract/view.ts';
import { HANDOVER_KINDS } from '../../../contract/handover.ts';
import { useNow, useSection } from '../../store/console-context.ts';
import { Both, inBoth, useBoth } from '../../ui/both.tsx';
import { dateTime } from '../../ui/format.ts';

export function HandoverSheet({ section, notes, isTicked }: { section: HandoverSection; notes: string; isTicked(id: string): boolean }) {
  const both = useBoth();
  const nowMs = useNow();
  const mode = useSection('station')?.mode ?? 'unknown';
  const plant = useSection('plant');
  const { items, shift, past } = section;
  // The running head is repeated on every page by being the head of a table.
  return (
    <table className={`print-sheet print-${mode.toLowerCase()}`} aria-hidden="true" data-testid="handover-sheet">
      <thead><tr><td><p className="print-running"><strong className="print-mode">{both(`mode.${mode}`)}</strong><span>{both('handover.title')}</span><span>{both('print.at')} {dateTime(nowMs)}</span></p></td></tr></thead>
      <tbody><tr><td>
        <h1>{both('handover.title')}</h1>
        <p>{plant === undefined ? '' : `${inBoth(plant.title)} · `}{both('handover.shift')}: {shift === null ? '____________' : `${shift.name} ${dateTime(shift.sinceMs)}`}</p>
        {items.length === 0 ? <p>{both('handover.none')}</p> : null}
        {HANDOVER_KINDS.map((kind) => {
          const own = items.filter((item) => item.kind === kind);
          return own.length === 0 ? null : (
            <section key={kind}>
              <h2>{both(`handover.kind.${kind}`)} · {own.length}</h2>
              <ul className="print-list">{own.map((item) => <li key={item.id}><span>{isTicked(item.id) ? '☑' : '☐'}</span><span>{item.worst ? '! ' : ''}<Both text={item.text} /> <small>{item.sinceMs === null ? '' : dateTime(item.sinceMs)}{item.untilMs === null ? '' : ` – ${dateTime(item.untilMs)}`}</small></span></li>)}</ul>
            </section>
          );
        })}
        <h2>{both('handover.notes')}</h2>
        <p>{notes === '' ? '________________________________________________' : notes}</p>
        {past[0] === undefined ? null : <p><small>{both('handover.last')}: {dateTime(past[0].atMs)} {past[0].from.name} → {past[0].to.name} · {past[0].count}</small></p>}
        <p className="print-sign"><span>{both('handover.from')}</span><i /><span>{both('handover.to')}</span><i /><span>{both('print.time')}</span><i /></p>
      </td></tr></tbody>
    </table>
  );
}
