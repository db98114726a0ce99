/** Top of the frame: mode, worst alarm, link and data, people, posts, who is logged on, clock, language. Nothing here ever scrolls away (hmi rule 4). */
import { useConnected, useNow, usePreference, useSection } from '../store/console-context.ts';
import { clockTime } from '../ui/format.ts';
import { useWords } from '../ui/words.ts';
import { AlarmBanner } from './AlarmBanner.tsx';
import { LinkState } from './LinkState.tsx';
import { WhoIsOn } from './WhoIsOn.tsx';
import { switchLanguage } from './i18n.ts';

export function Header() {
  const { t, text } = useWords();
  const plant = useSection('plant');
  return (
    <header className="header">
      <span className="mark">{t('frame.mark')}</span>
      <span className="plant-title">{plant === undefined ? '' : text(plant.title)}</span>
      <ModePill />
      <AlarmBanner />
      <LinkState />
      <PeopleTotal />
      <Posts />
      <WhoIsOn />
      <Clock />
      <LanguageSwitch />
    </header>
  );
}

function ModePill() {
  const { t } = useWords();
  const mode = useSection('station')?.mode;
  return <span className={`mode-pill${mode === 'TRAINING' ? ' mode-training' : ''}`} data-testid="mode" data-mode={mode ?? 'unknown'}>{t(`mode.${mode ?? 'unknown'}`)}</span>;
}

function PeopleTotal() {
  const { t } = useWords();
  const zones = useSection('people')?.zones ?? [];
  const connected = useConnected();
  const known = zones.every((zone) => zone.count !== null);
  const total = zones.reduce((sum, zone) => sum + (zone.count ?? 0), 0);
  const letter = connected && known ? '' : 'S';
  return (
    <span className="header-people" title={t('people.fieldTotalLong')}>
      <span className="header-small">{t('people.fieldTotal')}</span>
      <span className={letter === '' ? 'header-count' : 'header-count hatched'}>{letter === '' ? total : `${letter} ${zones.length === 0 ? '—' : `≥${total}`}`}</span>
    </span>
  );
}

function Posts() {
  const { t } = useWords();
  const people = useSection('people');
  return (
    <span className="header-posts">
      <span><span className="header-small">{t('post.commander')}</span> {people?.commander?.name ?? t('post.vacant')}</span>
      <span><span className="header-small">{t('post.watch')}</span> {people?.watch?.name ?? t('post.vacant')}</span>
    </span>
  );
}

function Clock() {
  const { t } = useWords();
  const nowMs = useNow();
  return <time className="clock" aria-label={t('frame.clock')}>{clockTime(nowMs)}</time>;
}

function LanguageSwitch() {
  const { t, language } = useWords();
  const [, remember] = usePreference('language', 'zh');
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" className="button lang-switch" data-testid="lang-switch" lang={other === 'zh' ? 'zh-CN' : 'en'} title={t('frame.switchLanguage')} onClick={() => { remember(other); void switchLanguage(other); }}>
      {other === 'zh' ? '中文' : 'EN'}
    </button>
  );
}
