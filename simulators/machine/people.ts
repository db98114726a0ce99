/** Head counts by zone, and how people walk out. Source: research/simulators.md 1.3 (personnel model). Times in simulated seconds. */
export const ZONE_LIMIT = 50;
const WALK_OUT_S = 60;

export interface PeopleState {
  counts: Record<string, number>;
  /** who was there when the order to leave came; null when nobody is walking out */
  leaving: { startS: number; counts: Record<string, number> } | null;
}

export class People {
  state: PeopleState;

  constructor(zones: Readonly<Record<string, number>>) {
    this.state = { counts: { ...zones }, leaving: null };
  }

  evacuate(timeS: number): void {
    this.state.leaving ??= { startS: timeS, counts: { ...this.state.counts } };
  }

  /** the instructor places people; those who walk out keep walking elsewhere */
  place(zone: string, count: number): void {
    this.state.counts[zone] = count;
    if (this.state.leaving) this.state.leaving.counts[zone] = 0;
  }

  step(timeS: number): void {
    const leaving = this.state.leaving;
    if (!leaving) return;
    const share = (timeS - leaving.startS) / WALK_OUT_S;
    for (const [zone, start] of Object.entries(leaving.counts)) {
      if (start > 0) this.state.counts[zone] = Math.max(0, Math.min(this.state.counts[zone] ?? 0, Math.ceil(start * (1 - share))));
    }
    if (share >= 1) this.state.leaving = null;
  }
}
