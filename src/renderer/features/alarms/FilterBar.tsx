/** What the list shows and in which order. What is left out is always counted beside it, and one press brings it back. */
import type { ReactNode, RefObject } from 'react';
import type { Priority } from '../../../contract/view.ts';
import { alarmClassSchema } from '../../../contract/view.ts';
import { useSection } from '../../store/console-context.ts';
import { SelectField } from '../../ui/Field.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';
import type { AlarmFilter } from './filter.ts';
import { isFiltering, NO_AREA, NO_FILTER, STATE_FILTERS } from './filter.ts';
import { ALARM_SORTS, orderOf, orderText } from './order.ts';
import type { AlarmOrder } from './order.ts';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
const CLASSES = alarmClassSchema.options;

export function FilterBar({ filter, setFilter, order, setOrder, searchRef, matching, total, children }: { filter: AlarmFilter; setFilter(filter: AlarmFilter): void; order: AlarmOrder; setOrder(order: AlarmOrder): void; searchRef: RefObject<HTMLInputElement | null>; matching: number; total: number; children: ReactNode }) {
  const { t } = useWords();
  const state = STATE_FILTERS.find((each) => each === filter.state) ?? '';
  return (
    <div className="alarm-filter">
      <PriorityToggles chosen={filter.priorities} choose={(priorities) => setFilter({ ...filter, priorities })} />
      <AreaSelect value={filter.area} choose={(area) => setFilter({ ...filter, area })} />
      <SelectField label={t('alarm.column.state')} required={false} value={state} testId="alarm-filter-state" onChange={(value) => setFilter({ ...filter, state: STATE_FILTERS.find((each) => each === value) ?? '' })}>
        <option value="">{t('alarm.any')}</option>{STATE_FILTERS.map((each) => <option key={each} value={each}>{t(`alarm.stateFilter.${each}`)}</option>)}
      </SelectField>
      <SelectField label={t('alarm.class.title')} required={false} value={filter.class} testId="alarm-filter-class" onChange={(value) => setFilter({ ...filter, class: CLASSES.find((each) => each === value) ?? '' })}>
        <option value="">{t('alarm.any')}</option>{CLASSES.map((each) => <option key={each} value={each}>{t(`alarm.class.${each}`)}</option>)}
      </SelectField>
      <div className="field field-search"><label htmlFor="alarm-search">{t('alarm.filter')}</label><input id="alarm-search" ref={searchRef} type="search" maxLength={80} data-testid="alarm-filter" value={filter.text} onChange={(event) => setFilter({ ...filter, text: event.target.value })} /></div>
      <div className="sort-select"><SelectField label={t('alarm.sortBy')} value={orderText(order)} testId="alarm-sort" onChange={(value) => setOrder(orderOf(value))}>
        {ALARM_SORTS.flatMap((sort) => [false, true].map((reversed) => <option key={orderText({ sort, reversed })} value={orderText({ sort, reversed })}>{t(`alarm.sort.${sort}`)}{reversed ? t('alarm.reversed') : ''}</option>))}
      </SelectField></div>
      {children}
      {isFiltering(filter) ? <span className="filter-left-out" role="status" data-testid="left-out">{t('alarm.leftOut', { shown: matching, total, n: total - matching })} <button type="button" className="button" data-testid="filter-clear" onClick={() => setFilter(NO_FILTER)}>{t('alarm.clearFilter')}</button></span> : null}
    </div>
  );
}

export function PriorityToggles({ chosen, choose }: { chosen: readonly Priority[]; choose(priorities: readonly Priority[]): void }) {
  const { t } = useWords();
  return (
    <div className="priority-toggles" role="group" aria-label={t('alarm.column.priority')}>
      {PRIORITIES.map((priority) => {
        const isOn = chosen.includes(priority);
        return <button key={priority} type="button" className="button" aria-pressed={isOn} aria-label={t('alarm.onlyPriority', { n: priority })} data-testid={`alarm-filter-${priority}`} onClick={() => choose(isOn ? chosen.filter((each) => each !== priority) : [...chosen, priority])}><PrioritySymbol priority={priority} /></button>;
      })}
    </div>
  );
}

export function AreaSelect({ value, choose }: { value: string; choose(area: string): void }) {
  const { t, text } = useWords();
  const areas = useSection('plant')?.areas ?? [];
  return (
    <SelectField label={t('alarm.area')} required={false} value={value} testId="alarm-filter-area" onChange={choose}>
      <option value="">{t('alarm.any')}</option>{areas.map(({ id, title }) => <option key={id} value={id}>{text(title)}</option>)}<option value={NO_AREA}>{t('alarm.noArea')}</option>
    </SelectField>
  );
}
