/**
 * Functions that should have tripped and did not: a trip condition held (enough votes of it, where the transmitters vote), and neither its
 * trip tag came nor was it tripped already, for longer than it may take. What a function did is told by its tags, so a bypass is told as
 * the reason and not as an excuse.
 */
import type { ReportInterlock } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import { inputsOf } from '../conditions/compile.ts';
import { isOpenTrip } from '../interlocks/trips.ts';
import type { InterlockDef } from '../packs/schema.ts';
import type { Plant } from '../station/plant.ts';
import type { StationState } from '../station/state.ts';
import { clipText, evidenceOf, own, spoken, text, titleOfCondition } from './step.ts';
import type { Step } from './step.ts';

/** As long as a trip may take from the condition to the tag: two scans, and the way through the plant's own logic. Engineering default, that of the first-out. */
export const TRIP_WITHIN_MS = 10_000;
const MISSED_MAX = 200;

interface Vote { readonly condition: string; /** Places in the function's causes, or -1: it demands the trip by itself. */ readonly cause: number; readonly inputs: readonly string[] }
interface Demand { readonly atMs: number; readonly conditions: readonly string[]; readonly evidence: readonly number[]; isJudged: boolean }

export class MissedTrips {
  readonly #plant: Plant;
  readonly #def: InterlockDef;
  readonly #votes: readonly Vote[];
  /** Conditions that are raised, with the record that said so. */
  readonly #raised = new Map<string, number>();
  #demand: Demand | null = null;
  /** Record that last said what the function's own tags show. */
  #stateN: number | null = null;
  readonly #missed: ReportInterlock['missed'] = [];

  constructor(plant: Plant, def: InterlockDef, before: StationState) {
    [this.#plant, this.#def] = [plant, def];
    this.#votes = def.tripConditions.map((condition) => voteOf(plant, def, condition));
    // Of what held before the first record no number is known; that it held is.
    for (const id of def.tripConditions) if (before.conditions.get(id)?.state === 'raised') this.#raised.set(id, 0);
    if (this.#isDemanded()) this.#demand = { atMs: before.lastFactMs, conditions: [...this.#raised.keys()], evidence: [], isJudged: true };
  }

  see({ n, fact, before }: Step): void {
    this.judge(fact.atMs, before);
    if (fact.type === 'interlock.changed' && fact.data.id === this.#def.id) this.#stateN = n;
    if (fact.type === 'interlock.tripped' && fact.data.id === this.#def.id && this.#demand !== null) this.#demand.isJudged = true;
    if (fact.type !== 'condition.changed' || !this.#def.tripConditions.includes(fact.data.id)) return;
    // Not known any more is not raised: nobody can say that it should have tripped on it.
    if (fact.data.state === 'raised') this.#raised.set(fact.data.id, n);
    else this.#raised.delete(fact.data.id);
    if (!this.#isDemanded()) this.#demand = null;
    else this.#demand ??= { atMs: fact.atMs, conditions: [...this.#raised.keys()], evidence: [...this.#raised.values()].filter((each) => each > 0), isJudged: false };
  }

  /** Time has come so far, and this is how things stand up to then. */
  judge(nowMs: number, state: StationState): void {
    const demand = this.#demand;
    if (demand === null || demand.isJudged || nowMs < demand.atMs + TRIP_WITHIN_MS) return;
    demand.isJudged = true;
    if (isOpenTrip(own(state.trips, this.#def.id)) || own(state.interlocks, this.#def.id)?.state === 'tripped' || this.#missed.length >= MISSED_MAX) return;
    const why = this.#whyNot(state);
    const names = demand.conditions.map((id) => titleOfCondition(this.#plant, id));
    this.#missed.push({
      atMs: demand.atMs, evidence: evidenceOf([...demand.evidence, ...(this.#stateN === null ? [] : [this.#stateN])]),
      because: clipText(text(
        `${names.map(({ zh }) => zh).join('；')}；${spoken(TRIP_WITHIN_MS)} 后 ${this.#def.id} 仍未动作：${why.zh}`,
        `${names.map(({ en }) => en).join('; ')}; ${spoken(TRIP_WITHIN_MS)} later ${this.#def.id} had not tripped: ${why.en}`,
      )),
    });
  }

  #whyNot(state: StationState): Text {
    const interlock = own(state.interlocks, this.#def.id);
    if (interlock?.state === 'bypassed') return interlock.approved ? text('已旁路，经批准', 'it was bypassed, as approved') : text('已旁路，未经批准', 'it was bypassed, and nobody had approved it');
    if (own(state.interlockInputs, this.#def.id)?.forced === true) return text('有输入被强制', 'an input was forced');
    switch (interlock?.state) {
      case 'faulted': return text('联锁故障', 'it was faulted');
      case 'armed': return text('投用而未动作', 'it was armed and did not act');
      case 'tripped': case 'unknown': case undefined: return text('其状态未知', 'its own state was not known');
    }
  }

  /** Enough of the transmitters of one cause, or one condition that is no vote. */
  #isDemanded(): boolean {
    const said = this.#votes.filter(({ condition }) => this.#raised.has(condition));
    if (said.some(({ cause }) => cause === -1)) return true;
    return this.#def.causes.some(({ voting }, cause) => new Set(said.filter((vote) => vote.cause === cause).flatMap(({ inputs }) => inputs)).size >= needOf(voting));
  }

  end(): ReportInterlock['missed'] {
    return this.#missed;
  }
}

/** `2oo3` needs two. */
const needOf = (voting: string | undefined): number => Number(voting?.[0] ?? '1');

/** One transmitter's limit is one vote of the cause that it belongs to; a condition over several has counted the votes already. */
function voteOf({ conditions }: Plant, { causes }: InterlockDef, condition: string): Vote {
  const measure = conditions.get(condition)?.measure;
  const inputs = measure === undefined ? [] : inputsOf(measure);
  const cause = inputs.length === 1 ? causes.findIndex(({ tags }) => tags?.includes(inputs[0] ?? '') === true) : -1;
  return { condition, cause, inputs };
}
