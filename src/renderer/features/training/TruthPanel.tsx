/** What stands behind the transmitters, beside what they show: the instructor's alone while an exercise runs. */
import type { CommandOutput } from '../../../contract/commands.ts';
import type { TrainingSection } from '../../../contract/training.ts';
import { useAnswer, useLoggedOn, useSection, useTag } from '../../store/console-context.ts';
import { countdown, formatNumber, unitSign } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

const TRUTH_EVERY_MS = 2_000;
/** Of the instrument's span: less is noise, lag and rounding. */
const LIE_SHARE = 0.02;
const EVENTS_SHOWN = 12;
const LIARS_SHOWN = 12;

export function TruthPanel({ training }: { training: TrainingSection }) {
  const { t } = useWords();
  const session = useLoggedOn();
  const mayKnow = training.running === null || session?.roles.includes('instructor') === true;
  return <Panel title={t('training.truth.title')} className="desk-wide" testId="truth">{mayKnow ? <Truth /> : <EmptyState>{t('training.truth.later')}</EmptyState>}</Panel>;
}

function Truth() {
  const { t, text } = useWords();
  const { output } = useAnswer('instructor.truth', {}, TRUTH_EVERY_MS);
  if (output === undefined || output.sample === null) return <EmptyState>{t('training.truth.none')}</EmptyState>;
  const { sample, margins, events, faults } = output;
  return (
    <div className="truth">
      <div>
        <p>{t('training.truth.faults')}{faults.length === 0 ? '—' : faults.map(({ id, phase }) => `${id}${phase === 'waiting' ? t('training.truth.waits') : ''}`).join(t('list.and'))}</p>
        <Liars truth={sample.truth} shown={sample.shown} />
        <table className="table" data-testid="truth-margins">
          <thead><tr><th>{t('training.truth.margin')}</th><th>{t('training.truth.now')}</th><th>{t('training.truth.lostAt')}</th></tr></thead>
          <tbody>{margins.map(({ id, title, unit, side, lostAt }) => {
            const value = sample.margins[id];
            return <tr key={id}><td>{text(title)}</td><td>{value === undefined ? '—' : formatNumber(value)} {unitSign(unit)}</td><td>{side === 'above' ? '>' : '<'} {formatNumber(lostAt)} {unitSign(unit)}{sample.lost.includes(id) ? ` · ${t('training.truth.lost')}` : ''}</td></tr>;
          })}</tbody>
        </table>
      </div>
      <div className="table-scroll truth-lies" tabIndex={0} role="group" aria-label={t('training.truth.tag')}>
        <table className="table" data-testid="truth-tags">
          <thead><tr><th>{t('training.truth.tag')}</th><th>{t('training.truth.true')}</th><th>{t('training.truth.shown')}</th></tr></thead>
          <tbody>{Object.entries(sample.truth).map(([tag, truth]) => <Lie key={tag} tag={tag} truth={truth} shown={sample.shown[tag] ?? null} />)}</tbody>
        </table>
      </div>
      <ul className="plain-list truth-events" data-testid="truth-events">{events.slice(-EVENTS_SHOWN).reverse().map((event, index) => <li key={`${event.atS}/${index}`}>{countdown(event.atS * 1_000)} · {t(`training.event.${event.kind}`)} · {text(event.text)}</li>)}</ul>
    </div>
  );
}

/** The instrument's span, or the value itself where none is known. */
const spanOf = (about: Range | undefined, truth: number): number => (about?.low === undefined || about.high === undefined ? Math.abs(truth) : about.high - about.low);
const isLie = (about: Range | undefined, truth: number, shown: number | null): boolean => shown === null || Math.abs(truth - shown) > spanOf(about, truth) * LIE_SHARE;
type Range = { readonly low?: number | undefined; readonly high?: number | undefined };

/** Those that do not show what is true, by name above the table: among a hundred tags the eye does not find them, and rows that changed places would not be found again. */
function Liars({ truth, shown }: Pick<NonNullable<CommandOutput<'instructor.truth'>['sample']>, 'truth' | 'shown'>) {
  const { t } = useWords();
  const about = new Map((useSection('plant')?.tags ?? []).map((tag) => [tag.id, tag]));
  const liars = Object.entries(truth).filter(([tag, value]) => isLie(about.get(tag), value, shown[tag] ?? null)).map(([tag]) => tag);
  return <p data-testid="truth-liars" data-count={liars.length}>{t('training.truth.liars')}<strong>{liars.length === 0 ? '—' : liars.slice(0, LIARS_SHOWN).join(t('list.and'))}{liars.length > LIARS_SHOWN ? ` +${liars.length - LIARS_SHOWN}` : ''}</strong></p>;
}

function Lie({ tag, truth, shown }: { tag: string; truth: number; shown: number | null }) {
  const { t, text } = useWords();
  const about = useTag(tag);
  const span = spanOf(about, truth);
  const lies = isLie(about, truth, shown);
  return <tr data-lies={lies}><td>{tag} {about === undefined ? '' : text(about.title)}</td><td>{formatNumber(truth, span)} {unitSign(about?.unit)}</td><td>{shown === null ? '—' : formatNumber(shown, span)}{lies ? ` · ${t('training.truth.lies')}` : ''}</td></tr>;
}
