/**
 * The first-visit tour: one short drill on the real screens, and each step waits for the person's own deed, told by what the station shows. Pure.
 * It is won when the exercise that was begun in it has been scored and passed.
 */
import { isTourScenario } from '../../../contract/training.ts';
import type { View } from '../../../contract/view.ts';

/** What the console sees of what the person did. */
export interface Seen {
  readonly screen: string;
  readonly running: { readonly scenario: string; readonly exercise: string; readonly startedMs: number } | null;
  /** Alarms of the exercise that somebody acknowledged. */
  readonly acknowledged: number;
  readonly raised: number;
  readonly retreats: readonly { readonly kind: 'stop' | 'evacuate'; readonly atMs: number }[];
  /** Where the procedures are, the one that was raised first before the others: it is the upset's own. */
  readonly places: readonly string[];
  readonly stepsDone: number;
  /** The person opened something of the way back. */
  readonly openedWayBack: boolean;
}

export const TOUR_STEPS = ['training', 'start', 'alarms', 'acknowledge', 'upset', 'stop', 'begin', 'card', 'people', 'evacuate', 'wayBack', 'safe', 'rest', 'end'] as const;
export type TourStep = (typeof TOUR_STEPS)[number];

const SAFE_PLACES: readonly string[] = ['safe', 'investigating', 'readyToReturn'];

const DONE: Readonly<Record<TourStep, (seen: Seen) => boolean>> = {
  training: ({ screen }) => screen === 'training',
  start: ({ running }) => running !== null && isTourScenario(running.scenario),
  alarms: ({ screen, raised }) => screen === 'alarms' && raised > 0,
  acknowledge: ({ acknowledged }) => acknowledged > 0,
  upset: ({ screen, places }) => screen === 'upset' && places.length > 0,
  stop: ({ retreats, running }) => retreats.some(({ kind, atMs }) => kind === 'stop' && running !== null && atMs >= running.startedMs),
  // A stop may raise procedures of its own; one that is raised and not begun would be owed.
  begin: ({ places }) => places.length > 0 && !places.includes('raised'),
  card: ({ screen, stepsDone }) => screen === 'upset' && stepsDone > 0,
  people: ({ screen }) => screen === 'people',
  evacuate: ({ retreats, running }) => retreats.some(({ kind, atMs }) => kind === 'evacuate' && running !== null && atMs >= running.startedMs),
  // What a stop raises besides may want to watch for longer; what the drill is about is the first.
  safe: ({ places: [first] }) => first !== undefined && SAFE_PLACES.includes(first),
  wayBack: ({ openedWayBack }) => openedWayBack,
  // 3.6: what a stop itself raises is answered like everything else.
  rest: ({ raised, acknowledged }) => acknowledged >= raised,
  end: ({ running }) => running === null,
};
export const isDone = (step: TourStep, seen: Seen): boolean => DONE[step](seen);

/** Kept per browser. `exercise`: the one that was begun in the tour. */
export interface TourState { readonly phase: 'new' | 'on' | 'left' | 'over'; readonly step: number; readonly exercise: string }
const NEW: TourState = { phase: 'new', step: 0, exercise: '' };

export function readTour(kept: string): TourState {
  const [phase = '', step = '', exercise = ''] = kept.split('/');
  const at = Number(step);
  const known = (['new', 'on', 'left', 'over'] as const).find((each) => each === phase);
  return known === undefined || !Number.isInteger(at) || at < 0 || at > TOUR_STEPS.length ? NEW : { phase: known, step: at, exercise };
}
export const writeTour = ({ phase, step, exercise }: TourState): string => `${phase}/${step}/${exercise}`;

/** On to the next step once this one's deed is seen. The exercise of the tour is remembered when it begins; one that is gone before its end sends back to its start. */
export function advanced(state: TourState, seen: Seen): TourState {
  const step = TOUR_STEPS[state.step];
  if (state.phase !== 'on' || step === undefined) return state;
  const isDuring = state.step > TOUR_STEPS.indexOf('start') && state.step < TOUR_STEPS.indexOf('end');
  if (isDuring && (seen.running === null || seen.running.exercise !== state.exercise)) return { ...state, step: 0, exercise: '' };
  if (!isDone(step, seen)) return state;
  return { ...state, step: state.step + 1, exercise: step === 'start' ? (seen.running?.exercise ?? '') : state.exercise };
}

/** The most of what is shown that a tour needs, out of the sections. */
export function seenOf(screen: string, openedWayBack: boolean, { training, upset }: { readonly training: View['training'] | undefined; readonly upset: View['upset'] | undefined }, alarms: { readonly active: number; readonly unacknowledged: number } | undefined): Seen {
  const procedures = (upset?.procedures ?? []).toSorted((a, b) => a.raisedMs - b.raisedMs);
  return {
    screen, openedWayBack, running: training?.running ?? null, raised: alarms?.active ?? 0, acknowledged: (alarms?.active ?? 0) - (alarms?.unacknowledged ?? 0), retreats: upset?.retreats ?? [],
    places: procedures.map(({ place }) => place), stepsDone: procedures.reduce((sum, { steps }) => sum + steps.filter(({ state }) => state === 'done').length, 0),
  };
}
