/**
 * Head counts by zone, crews under way, and how people walk out. Source: research/simulators.md 1.3 (personnel model). Times in simulated seconds.
 * Nothing here forbids an entry: a violation that cannot be committed cannot be trained. It is counted and told.
 */
import type { Words } from './definition.ts';

export const ZONE_LIMIT = 50;
/** people in one device area at the same time: typical 2, never more than 6 [S research/simulators.md 1.3] */
export const ZONE_PEOPLE_MAX = 6;
const WALK_OUT_S = 60;

export const PROTECTIONS = ['none', 'basic', 'chemical', 'breathing', 'full'] as const;
export type Protection = (typeof PROTECTIONS)[number];
/**
 * What protective equipment costs. `donS`: to put it on before setting out; a mask with its check within a minute is the common training goal, suits take longer [A].
 * `apparatus`: it breathes from a self-contained apparatus.
 */
export const PROTECTION_FIGURES: Readonly<Record<Protection, { readonly donS: number; readonly apparatus: boolean }>> = {
  none: { donS: 0, apparatus: false }, basic: { donS: 0, apparatus: false }, chemical: { donS: 180, apparatus: false }, breathing: { donS: 60, apparatus: true }, full: { donS: 300, apparatus: true },
};
/**
 * Air of one apparatus, s: 6.8 L at 30 MPa are 2040 L of air, at 40 L/min of moderate work (EN 137) 51 min; the whistle blows at 5.5 MPa (GB/T 16556, EN 137), after
 * 41 min, and whoever hears it goes back [L, to be checked against the standards].
 */
export const AIR = { whistleS: 2_450, emptyS: 3_060 } as const;
export const FIELD_DEEDS = ['open', 'close', 'check', 'observe'] as const;
export type FieldDeed = (typeof FIELD_DEEDS)[number];

/** What a crew is sent to do. `subject`: the device, or the id of the observation. */
export interface Errand {
  readonly action: FieldDeed;
  readonly subject: string;
  readonly zone: string;
  readonly crew: number;
  readonly protection: Protection;
  readonly walkS: number;
  readonly staysS: number;
}

/** `dueS`: when the present phase ends. A report waits for the radio or for the crew's return. `outS`: when it set out, its masks on. */
export interface Mission extends Errand {
  readonly id: number;
  readonly sentS: number;
  readonly outS: number;
  air: 'enough' | 'low' | 'empty';
  phase: 'dressing' | 'walking-in' | 'there' | 'walking-out' | 'home';
  dueS: number;
  report: Words | null;
  isReported: boolean;
}

export interface PeopleState {
  counts: Record<string, number>;
  /** who was there when the order to leave came; null when nobody is walking out */
  leaving: { startS: number; counts: Record<string, number> } | null;
  missions: Mission[];
  nextMission: number;
  /** head-seconds in each zone since the beginning: ground truth */
  exposureS: Record<string, number>;
  /** of those, of people who do not breathe from an apparatus */
  unprotectedS: Record<string, number>;
}

/** What a crew's way makes happen; the machine acts on it. */
export type CrewNews =
  | { readonly kind: 'arrived' | 'left' | 'air-low' | 'air-empty'; readonly mission: Mission }
  | { readonly kind: 'over-limit'; readonly mission: Mission; readonly count: number }
  | { readonly kind: 'reported'; readonly mission: Mission; readonly report: Words };

export const MISSION_LIMITS = { underway: 20, kept: 50, timeS: 3_600 } as const;

export class People {
  state: PeopleState;
  readonly #limitOf: (zone: string) => number;

  constructor(zones: Readonly<Record<string, number>>, limits: Readonly<Record<string, number>> = {}) {
    this.#limitOf = (zone) => limits[zone] ?? ZONE_PEOPLE_MAX;
    this.state = { counts: { ...zones }, leaving: null, missions: [], nextMission: 1, exposureS: nothingIn(zones), unprotectedS: nothingIn(zones) };
  }

  /** from here exposure counts */
  beginCounting(): void {
    this.state.exposureS = nothingIn(this.state.counts);
    this.state.unprotectedS = nothingIn(this.state.counts);
  }

  /** the siren is heard everywhere: who is there walks out, who is on the way turns round */
  evacuate(timeS: number): void {
    this.state.leaving ??= { startS: timeS, counts: { ...this.state.counts } };
    for (const mission of this.state.missions) {
      if (mission.phase === 'dressing') mission.phase = 'home';
      else if (mission.phase === 'walking-in') turnRound(mission, timeS);
      else if (mission.phase === 'there') Object.assign(mission, { phase: 'walking-out', dueS: timeS + Math.max(WALK_OUT_S, mission.walkS) });
    }
  }

  /**
   * The instructor says how many people are in a zone, crews that are there included; those who walk out keep walking elsewhere. Crews that do not fit into
   * that number any more are on their way home from now on, the last to be sent first: nobody leaves a zone in which he is not counted. Returns them.
   */
  place(zone: string, count: number, timeS: number): Mission[] {
    this.state.counts[zone] = count;
    if (this.state.leaving) this.state.leaving.counts[zone] = 0;
    const there = this.state.missions.filter((mission) => mission.zone === zone && mission.phase === 'there');
    const gone: Mission[] = [];
    for (let crews = there.reduce((sum, { crew }) => sum + crew, 0); crews > count;) {
      const last = there.pop();
      if (last === undefined) break;
      Object.assign(last, { phase: 'walking-out', dueS: timeS + last.walkS });
      gone.push(last);
      crews -= last.crew;
    }
    return gone;
  }

  send(errand: Errand, timeS: number): Mission {
    const outS = timeS + PROTECTION_FIGURES[errand.protection].donS;
    const isReady = outS === timeS;
    const mission: Mission = { ...errand, id: this.state.nextMission, sentS: timeS, outS, air: 'enough', phase: isReady ? 'walking-in' : 'dressing', dueS: isReady ? outS + errand.walkS : outS, report: null, isReported: false };
    this.state.nextMission += 1;
    const kept = this.state.missions.filter(({ phase }) => phase !== 'home');
    this.state.missions = [...this.state.missions.filter(({ phase }) => phase === 'home').slice(-MISSION_LIMITS.kept), ...kept, mission];
    return mission;
  }

  get underway(): number {
    return this.state.missions.filter(({ phase }) => phase !== 'home').length;
  }

  /** called back by radio; false: it is no longer out */
  recall(mission: Mission, timeS: number): boolean {
    if (mission.phase === 'dressing') mission.phase = 'home';
    else if (mission.phase === 'walking-in') turnRound(mission, timeS);
    else if (mission.phase === 'there') mission.dueS = timeS;
    else return false;
    return true;
  }

  /** `hasRadio`: whether a crew in this zone can report */
  step(timeS: number, dtS: number, hasRadio: (zone: string) => boolean): CrewNews[] {
    const news: CrewNews[] = [];
    const { counts, exposureS, unprotectedS, leaving, missions } = this.state;
    for (const [zone, count] of Object.entries(counts)) {
      if (count === 0) continue;
      exposureS[zone] = (exposureS[zone] ?? 0) + count * dtS;
      unprotectedS[zone] = (unprotectedS[zone] ?? 0) + Math.max(0, count - this.#breathing(zone)) * dtS;
    }
    for (const mission of missions) {
      breathe(mission, timeS, news);
      if (mission.phase !== 'home' && timeS >= mission.dueS) this.#advance(mission, timeS, news);
      if (mission.report !== null && !mission.isReported && (mission.phase === 'home' || hasRadio(mission.zone))) {
        mission.isReported = true;
        news.push({ kind: 'reported', mission, report: mission.report });
      }
    }
    if (leaving) this.#walkOut(leaving, timeS);
    return news;
  }

  /** how many of those who are in the zone breathe from an apparatus */
  #breathing(zone: string): number {
    return this.state.missions.reduce((sum, mission) => sum + (mission.zone === zone && mission.phase === 'there' && hasAir(mission) ? mission.crew : 0), 0);
  }

  #advance(mission: Mission, timeS: number, news: CrewNews[]): void {
    const { counts } = this.state;
    switch (mission.phase) {
      case 'dressing': Object.assign(mission, { phase: 'walking-in', dueS: mission.outS + mission.walkS }); return;
      case 'walking-in': {
        const count = (counts[mission.zone] ?? 0) + mission.crew;
        counts[mission.zone] = count;
        Object.assign(mission, { phase: 'there', dueS: timeS + mission.staysS });
        news.push({ kind: 'arrived', mission });
        if (count > this.#limitOf(mission.zone)) news.push({ kind: 'over-limit', mission, count });
        return;
      }
      case 'there':
        counts[mission.zone] = Math.max(0, (counts[mission.zone] ?? 0) - mission.crew);
        Object.assign(mission, { phase: 'walking-out', dueS: timeS + mission.walkS });
        news.push({ kind: 'left', mission });
        return;
      case 'walking-out': mission.phase = 'home'; return;
      case 'home': return;
    }
  }

  #walkOut(leaving: NonNullable<PeopleState['leaving']>, timeS: number): void {
    const share = (timeS - leaving.startS) / WALK_OUT_S;
    for (const [zone, start] of Object.entries(leaving.counts)) {
      if (start > 0) this.state.counts[zone] = Math.max(0, Math.min(this.state.counts[zone] ?? 0, Math.ceil(start * (1 - share))));
    }
    if (share >= 1) this.state.leaving = null;
  }
}

const nothingIn = (zones: Readonly<Record<string, number>>): Record<string, number> => Object.fromEntries(Object.keys(zones).map((zone) => [zone, 0]));
const hasAir = ({ protection, air }: Mission): boolean => PROTECTION_FIGURES[protection].apparatus && air !== 'empty';

/** as long back as it has come */
function turnRound(mission: Mission, timeS: number): void {
  Object.assign(mission, { phase: 'walking-out', dueS: timeS + (timeS - mission.outS) });
}

/** At the whistle a crew goes back from wherever it is. One whose way back is longer than the rest of its air walks the end of it without. */
function breathe(mission: Mission, timeS: number, news: CrewNews[]): void {
  if (mission.phase === 'home' || mission.phase === 'dressing' || !PROTECTION_FIGURES[mission.protection].apparatus) return;
  const usedS = timeS - mission.outS;
  if (mission.air === 'enough' && usedS >= AIR.whistleS) {
    mission.air = 'low';
    news.push({ kind: 'air-low', mission });
    if (mission.phase === 'walking-in') turnRound(mission, timeS);
    else if (mission.phase === 'there') mission.dueS = timeS;
  }
  if (mission.air === 'low' && usedS >= AIR.emptyS) {
    mission.air = 'empty';
    news.push({ kind: 'air-empty', mission });
  }
}
