/** The alarm list (ISA-18.2): sort, filter, acknowledge one or all shown, response card; and what happened before. */
import { useMemo, useState } from 'react';
import type { AlarmView } from '../../../contract/view.ts';
import { useCommand, useConnected, usePreference, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { AlarmCard } from './AlarmCard.tsx';
import { AlarmHistory } from './AlarmHistory.tsx';
import { AlarmTable } from './AlarmTable.tsx';
import { ALARM_SORTS, arrange } from './arrange.ts';
import './alarms.css';

/** At most so many rows are drawn and so many acknowledged at once: the contract's own limit. */
const ROWS_MAX = 500;

export function AlarmsScreen() {
  const { t } = useWords();
  const section = useSection('alarms');
  const [sort, setSort] = usePreference('alarm-sort', 'priority');
  const [filter, setFilter] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  const shown = useMemo(() => arrange(section?.active ?? [], ALARM_SORTS.find((each) => each === sort) ?? 'priority', filter).slice(0, ROWS_MAX), [section, sort, filter]);
  const open = shown.find(({ id }) => id === openId) ?? shown[0];
  return (
    <div className="alarms">
      <Panel title={t('alarm.active')} aside={t('alarm.rate', { n: section?.raisedLast10Min ?? 0 })} className="alarms-main">
        <div className="toolbar">
          <SelectField label={t('alarm.sortBy')} value={sort} onChange={setSort} testId="alarm-sort">{ALARM_SORTS.map((each) => <option key={each} value={each}>{t(`alarm.sort.${each}`)}</option>)}</SelectField>
          <TextField label={t('alarm.filter')} value={filter} onChange={setFilter} required={false} type="search" testId="alarm-filter" />
          <AcknowledgeAll shown={shown} />
        </div>
        {section?.flood === true ? <p className="alarms-flood" role="status">{t('alarm.floodLong')}</p> : null}
        {shown.length === 0 ? <NoAlarms filtered={filter !== ''} /> : <AlarmTable alarms={shown} openId={open?.id ?? null} open={setOpenId} />}
      </Panel>
      <div className="alarms-side">
        {open === undefined ? null : <AlarmCard alarm={open} />}
        <AlarmHistory />
      </div>
    </div>
  );
}

function NoAlarms({ filtered }: { filtered: boolean }) {
  const { t } = useWords();
  const connected = useConnected();
  return <EmptyState>{t(filtered ? 'alarm.noneMatch' : connected ? 'alarm.none' : 'link.unknownData')}</EmptyState>;
}

function AcknowledgeAll({ shown }: { shown: readonly AlarmView[] }) {
  const { t } = useWords();
  const { status, run } = useCommand('alarm.acknowledge');
  const waiting = shown.filter(({ state }) => state === 'unacknowledged' || state === 'returned').filter(({ acknowledgedMs }) => acknowledgedMs === null).map(({ id }) => id);
  return (
    <div className="toolbar-action">
      <button type="button" className="button" data-testid="ack-all" aria-disabled={waiting.length === 0} onClick={() => { if (waiting.length > 0) void run({ alarms: waiting }); }}>{t('alarm.acknowledgeShown', { n: waiting.length })}</button>
      <CommandAnswer status={status} />
    </div>
  );
}
