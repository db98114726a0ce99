/** What is told of a run to whoever asked for it: small, plain data, the same for the command line, the batch and the suite. */
import type { Breach, Score, TruthEvent } from '../../contract/drill.ts';
import type { NumberedFact } from '../../domain/report/incident.ts';
import { allInputsOf } from '../../domain/conditions/compile.ts';
import { isCaughtBy } from './run.ts';
import type { DrillEnd, DrillRun } from './run.ts';
import type { Exercise, Person } from './script.ts';

/** `t`: s since the exercise began. */
export interface Traversed { readonly t: number; readonly procedure: string; readonly state: string; readonly step?: string }
/** `by`: what it was told by. */
export interface ConditionSeen { readonly id: string; readonly role: string; readonly clauses: readonly string[]; readonly atS: number; readonly by: TellingBy }
export type TellingBy = 'tag' | 'eyes' | 'sample';

export interface DrillSummary {
  readonly scenario: string;
  readonly plant: string;
  readonly clauses: readonly string[];
  /** Conditions that the exercise names. */
  readonly expects: readonly string[];
  /** When what is to be told began: the first fault; where there is none, the first transmitter that lied, or the exercise itself, whose state is the upset. Null: the fault never came. */
  readonly beganS: number | null;
  readonly person: string | null;
  readonly seed: number;
  readonly score: Score;
  readonly verdicts: readonly { readonly clause: string; readonly met: boolean | null; readonly at: number | null }[];
  readonly traversal: readonly Traversed[];
  readonly end: DrillEnd;
  readonly endS: number;
  readonly isSafe: boolean;
  /** What of `end` and `caught` of the script did not come true; empty: all of it did. */
  readonly amiss: readonly string[];
  readonly breaches: readonly Breach[];
  /** Prohibitions that were broken, each by the condition that watches it. */
  readonly broken: readonly { readonly condition: string; readonly atS: number }[];
  readonly conditions: readonly ConditionSeen[];
  readonly faults: readonly { readonly id: string; readonly atS: number }[];
  readonly lost: readonly { readonly id: string; readonly clauses: readonly string[]; readonly atS: number }[];
  readonly promises: readonly (number | null)[];
  readonly complaints: readonly string[];
}

/** What a good person reaches: everything there is. A rounding of the last decimal is none of it. */
const FULL_MARKS = 99.9;
const TRAVERSED_MAX = 500;

export function summaryOf(run: DrillRun, { script, begin }: Exercise, person: Person | null, seed: number): DrillSummary {
  const secondOf = (atMs: number): number => Math.max(0, Math.round((atMs - run.startMs) / 100) / 10);
  const times = new Map(run.records.map(({ n, fact }) => [n, fact.atMs]));
  const traversal = traversalOf(run.records, secondOf);
  return {
    scenario: script.id, plant: script.plant, clauses: script.clauses, expects: script.expect.conditions ?? [], person: person?.id ?? null, seed, beganS: beganIn(run, script), score: run.score, end: run.end, endS: run.atS, isSafe: run.isSafe, breaches: run.breaches, promises: run.promises, complaints: run.complaints,
    verdicts: run.verdicts.filter(({ verdict }) => verdict !== 'notApplicable').map(({ id, verdict, evidence }) => { const at = evidence.flatMap((n) => times.get(n) ?? []); return { clause: id, met: verdict === 'unknown' ? null : verdict === 'met', at: at.length === 0 ? null : secondOf(Math.min(...at)) }; }),
    traversal, amiss: person === null ? [] : amissIn(run, person, script, traversal, begin !== undefined),
    broken: brokenIn(run).map(({ condition, atMs }) => ({ condition, atS: secondOf(atMs) })),
    conditions: run.records.flatMap(({ fact }) => {
      if (fact.type !== 'condition.changed' || fact.data.state !== 'raised') return [];
      const def = run.plant.conditions.get(fact.data.id);
      return [{ id: fact.data.id, role: def?.role ?? 'input', clauses: def?.clauses ?? [], atS: secondOf(fact.atMs), by: byOf(run, fact.data.id, fact.data.input, fact.atMs) }];
    }),
    faults: told(run.track.events, 'fault-began').map(({ subject, atS }) => ({ id: subject, atS })), lost: told(run.track.events, 'margin-lost').map(({ subject, clauses, atS }) => ({ id: subject, clauses, atS })),
  };
}

/** By its input; a condition of conditions has none of its own: by what a person said at that very moment, if it looks at that, else by tags. */
function byOf({ records, plant }: DrillRun, id: string, input: string | null, atMs: number): TellingBy {
  const said = records.flatMap(({ fact }): string[] => (fact.atMs !== atMs ? [] : fact.type === 'seen.reported' ? [`seen:${fact.data.observation}`] : fact.type === 'lab.entered' ? [`lab:${fact.data.lab}`] : []));
  const of = input === null ? allInputsOf(id, plant.conditions).filter((each) => said.includes(each)) : [input];
  return of.some((each) => each.startsWith('seen:')) ? 'eyes' : of.some((each) => each.startsWith('lab:')) ? 'sample' : 'tag';
}

function beganIn({ track }: DrillRun, { faults }: Exercise['script']): number | null {
  const first = (kind: TruthEvent['kind']): number | null => told(track.events, kind)[0]?.atS ?? null;
  return faults.length > 0 ? first('fault-began') : (first('deception') ?? 0);
}

/** Of a procedure that runs, and those that stand by themselves: these have an alarm of their own. */
function brokenIn({ records, plant }: DrillRun): { condition: string; atMs: number }[] {
  return records.flatMap(({ fact }) => {
    if (fact.type === 'alarm.raised' && plant.prohibitions.some(({ id }) => id === fact.data.id)) return [{ condition: fact.data.id, atMs: fact.atMs }];
    if (fact.type !== 'prohibition.changed' || fact.data.state !== 'violated') return [];
    const watchedBy = plant.procedures.get(fact.data.instance.replace(/:\d+$/u, ''))?.prohibitions.find(({ id }) => id === fact.data.id)?.watchedBy;
    return watchedBy === undefined ? [] : [{ condition: watchedBy, atMs: fact.atMs }];
  });
}

const told = (events: readonly TruthEvent[], kind: TruthEvent['kind']): TruthEvent[] => events.filter((event) => event.kind === kind);

function traversalOf(records: readonly NumberedFact[], secondOf: (atMs: number) => number): Traversed[] {
  const places = new Map<string, string>();
  const names = new Map<string, string>();
  return records.flatMap(({ fact }): Traversed[] => {
    if (fact.type === 'procedure.raised') {
      names.set(fact.data.instance, fact.data.procedure);
      places.set(fact.data.instance, 'raised');
      return [{ t: secondOf(fact.atMs), procedure: fact.data.procedure, state: 'raised' }];
    }
    if (fact.type !== 'procedure.moved') return [];
    const { instance, event, place } = fact.data;
    const procedure = names.get(instance) ?? instance;
    const at = { t: secondOf(fact.atMs), procedure };
    const isNew = places.get(instance) !== place;
    places.set(instance, place);
    const step = STEP_WORDS[event.type];
    return [...(isNew ? [{ ...at, state: place }] : []), ...(step !== undefined && 'step' in event ? [{ ...at, state: step, step: event.step }] : [])];
  }).slice(0, TRAVERSED_MAX);
}

const STEP_WORDS: Readonly<Record<string, string>> = { STEP_DONE: 'done', STEP_PASSED: 'passed', STEP_LATE: 'done late', STEP_OVERDUE: 'overdue', STEP_SKIPPED: 'skipped', CHOSEN: 'chosen' };

/** A step that the course went on from because it was done. */
const GONE: ReadonlySet<string> = new Set(['done', 'done late', 'passed', 'chosen']);

/** The first thing of the expected way that did not come in its turn; null: all of it did. What else the course did between is its own. */
export function strayedAt({ procedure, traversal: expected }: Exercise['script']['expect'], traversal: readonly Traversed[]): string | null {
  if (procedure == null || expected === undefined) return null;
  const way = traversal.filter((each) => each.procedure === procedure || each.procedure.startsWith(`${procedure}-`)).filter(({ state, step }) => step === undefined || GONE.has(state)).map(({ state, step }) => step ?? state);
  let at = -1;
  for (const each of expected) {
    at = way.indexOf(each, at + 1);
    if (at < 0) return each;
  }
  return null;
}

/** Of a variant less is promised: which condition comes first, and how near to its clock the crew is, is what varies. It must be safe, and passed. */
function amissIn(run: DrillRun, { end, caught }: Person, { expect }: Exercise['script'], traversal: readonly Traversed[], isVariant: boolean): string[] {
  const missed = caught.filter((clause) => !run.breaches.some((breach) => isCaughtBy(clause, breach))).map((clause) => `not caught by ${clause}`);
  if (end !== 'safe') return missed;
  const lines = run.score.items.filter(({ points, weight }) => points < weight).map(({ item, points, weight, because }) => `${item} ${String(points)} of ${String(weight)}: ${because.en}`);
  const raised = new Set(run.records.flatMap(({ fact }) => (fact.type === 'condition.changed' && fact.data.state === 'raised' ? [fact.data.id] : fact.type === 'procedure.raised' ? [fact.data.procedure] : [])));
  const unseen = [...(expect.conditions ?? []), ...(expect.procedure == null ? [] : [expect.procedure])].filter((id) => ![...raised].some((each) => each === id || each.startsWith(`${id}-`)));
  const strayed = strayedAt(expect, traversal);
  const notSafe = run.isSafe ? [] : [`not safe: ${run.procedures.map(({ procedure, place }) => `${procedure} ${place}`).join(', ') || 'no procedure was raised'}`];
  if (isVariant) return [...missed, ...notSafe, ...(run.score.passed ? [] : [`not passed, ${String(run.score.total)} of 100 points: ${lines.join('; ')}`])];
  return [
    ...missed, ...(strayed === null ? [] : [`${expect.procedure ?? ''} did not go the expected way: '${strayed}' did not come in its turn`]), ...unseen.map((id) => `${id} was expected and not raised`), ...notSafe,
    ...(run.score.total >= FULL_MARKS ? [] : [`${String(run.score.total)} of 100 points: ${lines.join('; ')}`]),
  ];
}

