/** Head counts by zone, and how people walk out. Source: research/simulators.md 1.3 (personnel model). Times in simulated seconds. */
export const ZONES = { 'PC-4100': 2, 'PC-4200': 1, 'PC-4300': 1, 'PC-4500': 0, 'PC-4800': 0 } as const;
export type ZoneId = keyof typeof ZONES;
export const ZONE_IDS = Object.keys(ZONES) as ZoneId[];
export const ZONE_LIMIT = 50;
const WALK_OUT_S = 60;

export interface PeopleState {
  counts: Record<ZoneId, number>;
  /** who was there when the order to leave came; null when nobody is walking out */
  leaving: { startS: number; counts: Record<ZoneId, number> } | null;
}

export function isZone(id: string): id is ZoneId {
  return Object.hasOwn(ZONES, id);
}

export class People {
  state: PeopleState = { counts: { ...ZONES }, leaving: null };

  evacuate(timeS: number): void {
    this.state.leaving ??= { startS: timeS, counts: { ...this.state.counts } };
  }

  /** the instructor places people; those who walk out keep walking elsewhere */
  place(zone: ZoneId, count: number): void {
    this.state.counts[zone] = count;
    if (this.state.leaving) this.state.leaving.counts[zone] = 0;
  }

  step(timeS: number): void {
    const leaving = this.state.leaving;
    if (!leaving) return;
    const share = (timeS - leaving.startS) / WALK_OUT_S;
    for (const zone of ZONE_IDS) {
      const start = leaving.counts[zone];
      if (start > 0) this.state.counts[zone] = Math.max(0, Math.min(this.state.counts[zone], Math.ceil(start * (1 - share))));
    }
    if (share >= 1) this.state.leaving = null;
  }
}
