/** Every raise of every alarm: which came first, who answered, how soon, and whether in time (3.6). */
import type { IncidentReport } from '../../contract/report.ts';
import type { AlarmDef } from '../alarms/alarms.ts';
import { ANSWER_WITHIN_MS } from '../alarms/alarms.ts';
import { evidenceOf, shownValue, text, titleOfCondition } from './step.ts';
import type { FactOf, Section, Setting, Step } from './step.ts';

type Raise = IncidentReport['alarms']['raises'][number];
type Group = IncidentReport['firstOuts'][number];
type AlarmFact = Extract<Step['fact'], { type: `alarm.${string}` }>;

const RAISES_MAX = 10_000;
const GROUPS_MAX = 200;
const POSSIBLE_MAX = 50;

interface AlarmsPart { readonly alarms: IncidentReport['alarms']; readonly firstOuts: IncidentReport['firstOuts'] }

export class Alarms implements Section<AlarmsPart> {
  readonly #setting: Setting;
  readonly #raises: Raise[] = [];
  #left = 0;
  /** The raise of each alarm that is not answered yet, and the one that has not returned. */
  readonly #unanswered = new Map<string, Raise>();
  readonly #active = new Map<string, Raise>();
  readonly #groups: Group[] = [];
  /** The episode of each group that is going on, with the raises in it. */
  readonly #episodes = new Map<string, { readonly group: Group; readonly raises: Raise[] }>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  see(step: Step): void {
    if (!step.isIn || !step.fact.type.startsWith('alarm.')) return;
    const fact = step.fact as AlarmFact;
    switch (fact.type) {
      case 'alarm.raised': this.#raise(step as Step<FactOf<'alarm.raised'>>); break;
      case 'alarm.raised-again': this.#raiseAgain(step as Step<FactOf<'alarm.raised-again'>>); break;
      case 'alarm.acknowledged': this.#answer(fact); break;
      case 'alarm.overdue': { const raise = this.#unanswered.get(fact.data.id); if (raise !== undefined) raise.inTime = false; break; }
      case 'alarm.returned': case 'alarm.cleared': this.#return(fact.data.id, fact.atMs); break;
      case 'alarm.first-out': this.#correct(step as Step<FactOf<'alarm.first-out'>>); break;
      case 'alarm.shelved': case 'alarm.unshelved': case 'alarm.suppressed': case 'alarm.unsuppressed': case 'alarm.out-of-service': case 'alarm.in-service': case 'alarm.reset': case 'alarm.cause': case 'alarm.confirmed-on-site': break;
    }
    for (const [group] of this.#episodes) if (step.after.episodes.get(group) === undefined) this.#episodes.delete(group);
  }

  #defOf(id: string): AlarmDef | undefined {
    return this.#setting.plant.alarms.get(id);
  }

  #raise(step: Step<FactOf<'alarm.raised'>>): void {
    const { n, fact: { atMs, data } } = step;
    const def = this.#defOf(data.id);
    const raise: Raise = {
      id: data.id, title: def?.title ?? titleOfCondition(this.#setting.plant, data.id), priority: data.priority, class: data.class ?? def?.class ?? 'safety', clauses: [...(def?.clauses ?? [])].slice(0, 30), n,
      raisedMs: atMs, sourceMs: data.sourceMs, group: data.group, firstOut: data.firstOut ? 'first' : data.possiblyFirst === true ? 'possible' : null, input: data.input, value: shownValue(data.value), limit: data.limit,
      acknowledgedMs: null, acknowledgedBy: null, responseMs: null, inTime: null, answerByMs: data.answerByMs ?? atMs + ANSWER_WITHIN_MS[data.priority], returnedMs: null, hidden: data.hidden === true,
    };
    this.#keep(raise);
    if (data.group !== null) this.#inEpisode(step, raise, data.group);
  }

  /** It sounds and counts again: a row of its own, with what was said of it before. */
  #raiseAgain({ n, before, fact: { atMs, data } }: Step<FactOf<'alarm.raised-again'>>): void {
    const alarm = before.alarms.get(data.id);
    if (alarm === undefined) return;
    const active = this.#active.get(data.id);
    this.#keep({
      id: data.id, title: this.#defOf(data.id)?.title ?? titleOfCondition(this.#setting.plant, data.id), priority: alarm.priority, class: alarm.class, clauses: [...(this.#defOf(data.id)?.clauses ?? [])].slice(0, 30), n,
      raisedMs: atMs, sourceMs: alarm.sourceMs, group: alarm.group, firstOut: null, input: alarm.input, value: shownValue(alarm.value), limit: alarm.limit,
      acknowledgedMs: null, acknowledgedBy: null, responseMs: null, inTime: null, answerByMs: data.answerByMs, returnedMs: null, hidden: false,
    });
    if (active !== undefined && active.returnedMs === null) this.#returnsWith.set(data.id, [...(this.#returnsWith.get(data.id) ?? []), active]);
  }
  /** Earlier rows of the same standing alarm: they return with it. */
  readonly #returnsWith = new Map<string, Raise[]>();

  #keep(raise: Raise): void {
    if (this.#raises.length >= RAISES_MAX) this.#left += 1;
    else this.#raises.push(raise);
    this.#active.set(raise.id, raise);
    if (!raise.hidden) this.#unanswered.set(raise.id, raise);
  }

  #answer({ atMs, by, data }: FactOf<'alarm.acknowledged'>): void {
    const raise = this.#unanswered.get(data.id);
    if (raise === undefined) return;
    raise.acknowledgedMs = atMs;
    raise.acknowledgedBy = this.#setting.directory.ofUser(by);
    raise.responseMs = atMs - raise.raisedMs;
    raise.inTime = data.inTime ?? (raise.answerByMs === null || atMs <= raise.answerByMs);
    this.#unanswered.delete(data.id);
  }

  #return(id: string, atMs: number): void {
    for (const raise of [...(this.#returnsWith.get(id) ?? []), this.#active.get(id)]) if (raise !== undefined) raise.returnedMs = atMs;
    this.#returnsWith.delete(id);
    this.#active.delete(id);
  }

  #inEpisode({ n, before, fact: { data } }: Step<FactOf<'alarm.raised'>>, raise: Raise, id: string): void {
    // One that is active again before it is gone belongs to the episode that its first raise began.
    const known = this.#episodes.get(id);
    if (known === undefined || before.episodes.get(id) === undefined) {
      if (raise.hidden || this.#groups.length >= GROUPS_MAX) return;
      const group: Group = { group: id, title: text(`${raise.title.zh}（组 ${id}）`, `${raise.title.en} (group ${id})`), first: null, possible: [], uncertaintyMs: 0, evidence: [] };
      this.#groups.push(group);
      this.#episodes.set(id, { group, raises: [] });
    }
    const episode = this.#episodes.get(id);
    if (episode === undefined) return;
    episode.raises.push(raise);
    episode.group.evidence = evidenceOf([...episode.group.evidence, n]);
    if (raise.firstOut !== null) episode.group.uncertaintyMs = Math.max(episode.group.uncertaintyMs, data.uncertaintyMs ?? 0);
    if (raise.firstOut === 'first') episode.group.first = raise.id;
    if (raise.firstOut === 'possible' && episode.group.possible.length < POSSIBLE_MAX) episode.group.possible = [...new Set([...episode.group.possible, raise.id])];
  }

  /** A value that came late began earlier: the marks of the whole episode are those of the latest word. */
  #correct({ n, fact: { data } }: Step<FactOf<'alarm.first-out'>>): void {
    const episode = this.#episodes.get(data.group);
    if (episode === undefined) return;
    for (const raise of episode.raises) raise.firstOut = raise.id === data.first ? 'first' : data.possible.includes(raise.id) ? 'possible' : null;
    episode.group.first = data.first;
    episode.group.possible = data.possible.slice(0, POSSIBLE_MAX);
    episode.group.uncertaintyMs = data.uncertaintyMs;
    episode.group.evidence = evidenceOf([...episode.group.evidence, n]);
  }

  end(): AlarmsPart {
    const { toMs } = this.#setting;
    // Nobody answered: too late once its time has run out within the report, else not known yet.
    for (const raise of this.#raises) if (!raise.hidden && raise.acknowledgedMs === null && raise.inTime === null && raise.answerByMs !== null && raise.answerByMs < toMs) raise.inTime = false;
    const raises = this.#raises.sort((a, b) => a.sourceMs - b.sourceMs || a.n - b.n);
    return { alarms: { raises, left: this.#left }, firstOuts: this.#groups.map((group) => withUncertainty(group)) };
  }
}

const withUncertainty = (group: Group): Group => ({ ...group, possible: group.first === null ? group.possible : group.possible.filter((id) => id !== group.first) });
