/** The station led back with a simulated plant: what of its state goes back, and the fold of that fact. What is led back to, and when, is other-course.ts's. */
import { IdMap } from '../alarms/id-map.ts';
import type { Fact } from './facts.ts';
import type { StationState } from './state.ts';

/** Whether a part of the state goes back with the plant. What is the journal's, the house's or a list of what was, does not. */
const GOES_BACK = {
  conditions: true, alarms: true, episodes: true, runs: true, noProcedure: true, interlocks: true, resets: true, interlockInputs: true, trips: true, resetGrantedMs: true, zones: true, rollCall: true, commander: true, watch: true, labs: true, observations: true, bypasses: true, permits: true, evidence: true, raises: true, flood: true,
  alarmHistory: false, closedRuns: false, putBackMs: false, cameras: false, outages: false, shift: false, handOvers: false, incident: false, pastIncidents: false, actions: false, aftermath: false,
  retreats: false, link: false, skewMs: false, training: false, competence: false, packHash: false, handedOn: false, lastFactMs: false,
} as const satisfies Record<keyof StationState, boolean>;
export type Part = { [K in keyof typeof GOES_BACK]: (typeof GOES_BACK)[K] extends true ? K : never }[keyof typeof GOES_BACK];
export const PARTS = (Object.keys(GOES_BACK) as (keyof StationState)[]).filter((part): part is Part => GOES_BACK[part]);
const ID_MAPS: ReadonlySet<string> = new Set<Part>(['conditions', 'alarms', 'episodes']);

function plainIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** The state after `training.led-back`. Numbers of procedures are never given twice. A text that is none changes nothing: what stood has been ended by other facts then. */
export function evolveLedBack(state: StationState, { data: { standing } }: Extract<Fact, { type: 'training.led-back' }>): StationState {
  if (standing === null) return state;
  const plain = plainIn(standing);
  if (plain === null) return state;
  const parts = Object.fromEntries(Object.entries(plain).filter(([name]) => (PARTS as readonly string[]).includes(name)).map(([name, value]) => [name, ID_MAPS.has(name) ? IdMap.of(value as [string, unknown][]) : value]));
  const next = { ...state, ...parts } as StationState;
  return { ...next, closedRuns: state.closedRuns + state.runs.length - next.runs.length };
}
