/** One area: grey while normal, its worst alarm, and a few key readings with their nearest limit. */
import type { AlarmView, View } from '../../../contract/view.ts';
import { useReading, useSection, useValue } from '../../store/console-context.ts';
import { comparisonSign, formatNumber } from '../../ui/format.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { Age, Value } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';

type Tag = View['plant']['tags'][number];
const READINGS_SHOWN = 5;

export function AreaTile({ area }: { area: View['plant']['areas'][number] }) {
  const { t, text } = useWords();
  const tags = (useSection('plant')?.tags ?? []).filter((tag) => tag.area === area.id);
  const alarms = (useSection('alarms')?.active ?? []).filter((alarm) => tags.some(({ id }) => id === alarm.reading?.tag));
  const worst = alarms.toSorted((a, b) => a.priority - b.priority || a.raisedMs - b.raisedMs)[0];
  return (
    <section className={`area-tile${worst === undefined ? '' : ` area-tile-${worst.priority}`}`} aria-label={text(area.title)} data-testid={`area-${area.id}`}>
      <h2 className="area-title">{text(area.title)}{worst === undefined ? null : <span className="area-worst"><PrioritySymbol priority={worst.priority} flashing={worst.state === 'unacknowledged'} />{text(worst.title)}{alarms.length > 1 ? ` ${t('overview.andMore', { n: alarms.length - 1 })}` : ''}</span>}</h2>
      <ul className="area-readings">{keyTags(tags, alarms).map((tag) => <TileReading key={tag.id} tag={tag} />)}</ul>
    </section>
  );
}

/** Tags in alarm first, then those with limits, then the rest; only what to show, nothing is decided here. */
function keyTags(tags: readonly Tag[], alarms: readonly AlarmView[]): Tag[] {
  const weight = (tag: Tag): number => (alarms.some(({ reading }) => reading?.tag === tag.id) ? 0 : tag.limits.length > 0 ? 1 : tag.kind === 'analog' ? 2 : 3);
  return tags.toSorted((a, b) => weight(a) - weight(b)).slice(0, READINGS_SHOWN);
}

function TileReading({ tag }: { tag: Tag }) {
  const { text } = useWords();
  const value = useValue(tag.id);
  const reading = useReading({ tag: tag.id, value: value?.[0] ?? null, quality: value?.[1] ?? 'stale', sourceMs: value?.[2] ?? null, ...(tag.unit === undefined ? {} : { unit: tag.unit }) });
  const limit = tag.limits.toSorted((a, b) => a.priority - b.priority)[0];
  return (
    <li className="tile-reading">
      <span className="tile-tag">{tag.id}</span>
      <span className="tile-title" title={text(tag.title)}>{text(tag.title)}</span>
      <Value reading={reading} states={tag.states} span={tag.low === undefined || tag.high === undefined ? undefined : tag.high - tag.low} />
      <span className="hint tile-limit">{limit === undefined ? '' : `${comparisonSign(limit.comparison)} ${formatNumber(limit.limit)}`}</span>
      <Age sourceMs={reading.sourceMs} />
    </li>
  );
}
