/** The hand-over of the shift: every open thing is looked at and ticked, both sign. The station says what is open and what is still missing. */
import type { HandoverSection } from '../../../contract/view.ts';
import { HANDOVER_KINDS } from '../../../contract/handover.ts';
import { useCommand, useConnected, useDraft, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField } from '../../ui/Field.tsx';
import { dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { TwoSignaturesForm } from '../../ui/TwoSignatures.tsx';
import { useWords } from '../../ui/words.ts';
import { HandoverSheet } from './HandoverSheet.tsx';
import './handover.css';

type Item = HandoverSection['items'][number];
/** Ticks are kept with the notes, as the draft of one form: a change of screen loses none. */
const tickOf = (id: string): string => `tick/${id}`;

export function HandoverScreen() {
  const { t } = useWords();
  const section = useSection('handover');
  const { fields, setField, clear } = useDraft('handover');
  const items = section?.items ?? [];
  const isTicked = (id: string): boolean => fields[tickOf(id)] === '1';
  const ticked = items.filter(({ id }) => isTicked(id)).map(({ id }) => id);
  return (
    <>
      <div className="handover">
        <Panel title={t('handover.open')} aside={<span data-testid="handover-count">{t('handover.count', { n: ticked.length, total: items.length })}</span>} className="handover-items">
          {section === undefined || items.length > 0 ? null : <EmptyState>{t('handover.none')}</EmptyState>}
          {HANDOVER_KINDS.map((kind) => <Kind key={kind} kind={kind} items={items.filter((item) => item.kind === kind)} isTicked={isTicked} tick={(id, on) => setField(tickOf(id), on ? '1' : '')} />)}
        </Panel>
        <div className="handover-side">
          <Shift shift={section?.shift ?? null} />
          <Sign ticked={ticked} notes={fields['notes'] ?? ''} setNotes={(value) => setField('notes', value)} clear={clear} />
          <Past past={section?.past ?? []} />
        </div>
      </div>
      {section === undefined ? null : <HandoverSheet section={section} notes={fields['notes'] ?? ''} isTicked={isTicked} />}
    </>
  );
}

function Kind({ kind, items, isTicked, tick }: { kind: Item['kind']; items: readonly Item[]; isTicked(id: string): boolean; tick(id: string, on: boolean): void }) {
  const { t } = useWords();
  if (items.length === 0) return null;
  return (
    <section className="handover-kind" aria-label={t(`handover.kind.${kind}`)} data-testid={`handover-kind-${kind}`}>
      <h3>{t(`handover.kind.${kind}`)} · {items.length}</h3>
      <ul>{items.map((item) => <Row key={item.id} item={item} on={isTicked(item.id)} tick={(on) => tick(item.id, on)} />)}</ul>
    </section>
  );
}

function Row({ item, on, tick }: { item: Item; on: boolean; tick(on: boolean): void }) {
  const { t, text } = useWords();
  return (
    <li className={`handover-item${item.worst ? ' handover-worst' : ''}`}>
      <label>
        <input type="checkbox" checked={on} data-testid={`tick-${item.id}`} onChange={(event) => tick(event.target.checked)} />
        <span className="handover-text">{item.worst ? <span className="handover-mark" aria-hidden="true">!</span> : null}{text(item.text)}</span>
        <span className="hint">{item.sinceMs === null ? '' : t('handover.since', { at: dateTime(item.sinceMs) })}{item.untilMs === null ? '' : ` ${t('handover.until', { at: dateTime(item.untilMs) })}`}</span>
      </label>
    </li>
  );
}

function Shift({ shift }: { shift: HandoverSection['shift'] }) {
  const { t } = useWords();
  return (
    <Panel title={t('handover.shift')} testId="handover-shift">
      {shift === null ? <EmptyState>{t('handover.noShift')}</EmptyState> : <p><strong>{shift.name}</strong> <span className="hint">{t('handover.has', { at: dateTime(shift.sinceMs), from: shift.from.name })}</span></p>}
    </Panel>
  );
}

function Sign({ ticked, notes, setNotes, clear }: { ticked: string[]; notes: string; setNotes(value: string): void; clear(): void }) {
  const { t } = useWords();
  const connected = useConnected();
  const { status, run } = useCommand('shift.handOver');
  return (
    <Panel title={t('handover.sign')} aside={<button type="button" className="button" data-testid="handover-print" onClick={() => window.print()}>{t('upset.print')}</button>}>
      <p className="hint">{t('handover.hint')}</p>
      <TwoSignaturesForm
        label={t('handover.sign')} submit={t('handover.submit')} labels={[t('handover.from'), t('handover.to')]} testId="handover-form" busy={status.phase === 'busy' || !connected}
        onSign={({ first, second }) => { void run({ items: ticked, notes, from: first, to: second }).then((accepted) => { if (accepted) clear(); }); }}
      >
        <AreaField label={t('handover.notes')} value={notes} required={false} onChange={setNotes} testId="handover-notes" />
      </TwoSignaturesForm>
      <CommandAnswer status={status} done={t('handover.done')} />
    </Panel>
  );
}

function Past({ past }: { past: HandoverSection['past'] }) {
  const { t, text } = useWords();
  return (
    <Panel title={t('handover.past')} aside={past.length}>
      {past.length === 0 ? <EmptyState>{t('handover.noPast')}</EmptyState> : (
        <ul className="plain-list" data-testid="handover-past">
          {past.map((each) => (
            <li key={each.atMs}>
              <strong>{dateTime(each.atMs)}</strong> {each.from.name} → {each.to.name} · {t('handover.items', { n: each.count })}{each.notes === '' ? '' : ` · ${each.notes}`}
              {each.items.length === 0 ? null : <details><summary>{t('handover.signedItems')}</summary><ul className="handover-signed">{each.items.map((item, index) => <li key={index}>{text(item)}</li>)}</ul></details>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
