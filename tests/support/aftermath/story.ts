/** An incident that is over, on the shipped plant, with what is said of it afterwards. */
import { addChain, addFactor, addWhy, answerCause, concludeAnalysis, setRoot } from '../../../src/domain/station/analysis-commands.ts';
import type { RecordLookUp } from '../../../src/domain/station/analysis-commands.ts';
import type { Decision } from '../../../src/domain/station/decision.ts';
import { openAction } from '../../../src/domain/station/action-commands.ts';
import type { FactorKind, ProcedureReview } from '../../../src/domain/incidents/cause-analysis.ts';
import type { FollowUpOutline } from '../../../src/domain/incidents/follow-ups.ts';
import { openFollowUp } from '../../../src/domain/station/follow-up-commands.ts';
import type { Fact, FactType } from '../../../src/domain/station/facts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { Bench, PEOPLE, T0 } from '../../unit/domain/bench.ts';

export const DAY = 86_400_000;
const { operator, supervisor, engineer } = PEOPLE;
export const investigator: Signer = { user: 'gu.wen', name: '顾问', roles: ['investigator'] };
export const instructor: Signer = { user: 'zhou.jie', name: '周杰', roles: ['instructor'] };

/** What a decision came to, in words. */
export const message = (decision: { readonly outcome: string }): string => ('message' in decision ? String(decision.message) : decision.outcome);

export class Aftermath {
  readonly bench: Bench;
  incident = '';

  /** An incident of the whole-plant stop A4.2, which is over. */
  constructor({ training = false, over = true } = {}) {
    this.bench = Bench.calm();
    if (training) this.bench.commit([{ type: 'station.started', atMs: this.bench.nowMs, by: null, data: { version: '0', mode: 'TRAINING', plant: 'h2o2', restarted: false } }]);
    this.bench.set({ 'TI-4202': 60 });
    this.incident = this.bench.state.incident?.id ?? '';
    this.bench.pass(3_000);
    if (over) this.end();
  }

  end(): void {
    this.bench.set({ 'TI-4202': 45 });
    // The way back is not what is looked at here.
    this.bench.state = { ...this.bench.state, runs: [] };
    this.bench.pass(1_000);
    if (this.bench.state.incident !== null) throw new Error('the incident goes on');
  }

  /** The journal as a look-up: record n is the n-th fact. */
  readonly recordOf: RecordLookUp = (n) => {
    const found = this.bench.facts[n - 1];
    return found === undefined ? null : { n, atMs: found.atMs, type: found.type, text: recordText(found, this.bench.plant) };
  };
  /** Number of the first record of a type. */
  first(type: FactType): number {
    return this.bench.facts.findIndex((each) => each.type === type) + 1;
  }
  get event(): number {
    return this.first('condition.changed');
  }
  get analysis() {
    const { open, concluded } = this.bench.state.aftermath.analyses;
    return [...open, ...concluded].find(({ incident }) => incident === this.incident);
  }
  get procedures(): readonly string[] {
    return this.analysis?.procedures ?? [];
  }

  chain(by: Signer = operator, record = this.event, problem = '氧化塔温度升高') { return this.bench.do((c) => addChain(c, { incident: this.incident, record, problem }, this.recordOf, by)); }
  why(chain = 'C1', by: Signer = operator, text = '冷却水阀卡涩') { return this.bench.do((c) => addWhy(c, this.incident, chain, text, by)); }
  root(chain = 'C1', by: Signer = engineer, text = '阀门未列入检修计划') { return this.bench.do((c) => setRoot(c, this.incident, chain, text, by)); }
  factor(by: Signer = operator, kind: FactorKind = 'instrument', records: readonly number[] = [this.event], action: string | null = null, text = '温度计漂移') {
    return this.bench.do((c) => addFactor(c, { incident: this.incident, kind, text, records, action }, this.recordOf, by));
  }
  answer(cause: string, by: Signer = engineer, action: string | null = null, reason = '已由 CA-1 一并处理') { return this.bench.do((c) => answerCause(c, { incident: this.incident, cause, action, reason }, by)); }
  action(by: Signer = supervisor): string {
    const decision = this.bench.do((c) => openAction(c, { incident: this.incident, measure: '列入检修计划', responsible: '外委', funding: 'f', dueMs: c.nowMs + 10 * DAY, contingency: 'c', procedures: [] }, by));
    return decision.outcome === 'done' ? decision.output.action : message(decision);
  }
  followUp(changes: Partial<FollowUpOutline> = {}, by: Signer = supervisor): Decision<{ followUp: string }> {
    return this.bench.do((c) => openFollowUp(c, { kind: 'emergency-procedure', title: '修订处置程序', responsible: '孙磊', dueMs: c.nowMs + 10 * DAY, incident: this.incident, procedures: [...this.procedures], ...changes }, by));
  }
  get reviews(): ProcedureReview[] {
    return this.procedures.map((procedure) => ({ procedure, outcome: 'stays' as const, note: '执行无偏差' }));
  }
  conclude(first: Signer = engineer, second: Signer = supervisor, reviews: readonly ProcedureReview[] = this.reviews, text = '阀门未检修导致超温') {
    return this.bench.do((c) => concludeAnalysis(c, { incident: this.incident, text, reviews }, first, second));
  }
  /** Everything that the conclusion asks, but for the conclusion. */
  complete(): this {
    for (const decision of [this.chain(), this.why(), this.root(), this.factor(), this.answer('C1.R1'), this.answer('F1')]) if (decision.outcome !== 'done') throw new Error(message(decision));
    return this;
  }
  concluded(): this {
    const decision = this.complete().conclude();
    if (decision.outcome !== 'done') throw new Error(message(decision));
    return this;
  }
  numbered() {
    return this.bench.facts.map((each: Fact, i) => ({ n: i + 1, wallMs: each.atMs, fact: each }));
  }
}

export { T0 };
