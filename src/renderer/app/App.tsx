/** The frame round the one screen that is open. The frame stays whatever happens in the screen (hmi rule 4). */
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Console } from '../store/console-context.ts';
import { ConsoleContext, useLoggedOn, usePreference, useSection } from '../store/console-context.ts';
import { SigningContext } from '../ui/SignatureForm.tsx';
import { useWords } from '../ui/words.ts';
import { OverviewScreen } from '../features/overview/OverviewScreen.tsx';
import { UpsetScreen } from '../features/upset/UpsetScreen.tsx';
import { AlarmsScreen } from '../features/alarms/AlarmsScreen.tsx';
import { InterlocksScreen } from '../features/interlocks/InterlocksScreen.tsx';
import { PeopleScreen } from '../features/people/PeopleScreen.tsx';
import { TrendsScreen } from '../features/trends/TrendsScreen.tsx';
import { TrainingScreen } from '../features/training/TrainingScreen.tsx';
import { IncidentsScreen } from '../features/incidents/IncidentsScreen.tsx';
import { PermitsScreen } from '../features/permits/PermitsScreen.tsx';
import { SetupScreen } from '../features/setup/SetupScreen.tsx';
import { TourBar } from '../features/tour/TourBar.tsx';
import { HandoverScreen } from '../features/handover/HandoverScreen.tsx';
import { Header } from './Header.tsx';
import { Footer } from './Footer.tsx';
import { LinkBanner } from './LinkBanner.tsx';
import { Rail } from './Rail.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import type { Screen } from './screens.ts';
import { useScreen, useScreenKeys } from './screens.ts';

const SCREEN_VIEWS: Record<Screen, () => ReactNode> = {
  overview: OverviewScreen, upset: UpsetScreen, alarms: AlarmsScreen, interlocks: InterlocksScreen, people: PeopleScreen,
  trends: TrendsScreen, training: TrainingScreen, incidents: IncidentsScreen, setup: SetupScreen, permits: PermitsScreen, handover: HandoverScreen,
};

export function App({ console: parts }: { console: Console }) {
  return <ConsoleContext value={parts}><Signers><Frame /></Signers></ConsoleContext>;
}

function Signers({ children }: { children: ReactNode }) {
  const station = useSection('station');
  const [lastSigner, rememberSigner] = usePreference('last-signer', '');
  // The name is filled in, never the secret: signing means to show it anew.
  const likely = useLoggedOn()?.user ?? lastSigner;
  const signing = useMemo(() => ({ signers: station?.accounts ?? [], prefilledSecret: station?.mode === 'TRAINING' ? (station.trainingSecret ?? '') : '', lastSigner: likely, rememberSigner }), [station, likely, rememberSigner]);
  return <SigningContext value={signing}>{children}</SigningContext>;
}

function Frame() {
  const { t } = useWords();
  const [screen, go] = useScreen();
  useScreenKeys(go);
  const mode = useSection('station')?.mode;
  const ScreenView = SCREEN_VIEWS[screen];
  const host = useRef<HTMLElement>(null);
  // A screen begins at its top: how far the one before was scrolled says nothing about it.
  useLayoutEffect(() => { if (host.current !== null) host.current.scrollTop = 0; }, [screen]);
  return (
    <div className={`frame${mode === 'TRAINING' ? ' frame-training' : ''}`}>
      <a className="skip-link" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{t('frame.skip')}</a>
      <Header />
      <LinkBanner />
      <TourBar screen={screen} />
      <Rail screen={screen} go={go} />
      <main ref={host} className="screen-host" id="main" tabIndex={-1} data-testid={`screen-${screen}`} aria-label={t(`screen.${screen}`)}>
        <ScreenBoundary key={screen} message={t('frame.screenFailed')}><ScreenView /></ScreenBoundary>
      </main>
      <Footer />
    </div>
  );
}
