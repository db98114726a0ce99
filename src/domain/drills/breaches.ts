/** What was done that the guideline forbids, or left undone that it demands, clause by clause. */
import type { Breach } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { clip, clipText } from '../report/bounded.ts';
import type { ExerciseCase } from './exercise.ts';
import { numbersOf, t } from './item.ts';
import { exposures, lostMargins } from './safety.ts';

const BREACHES_MAX = 200;
/** The whole score stands in one record of the journal. */
const TEXT_MAX_LENGTH = 400;

/**
 * What is judged by papers, by what comes after an incident or by equipment that stands there, not by what people do in an exercise; and the
 * clause of the modes of retreat, which says of the same procedures once more what their own clauses say. They count only where the scenario is about them.
 */
const NOT_OF_AN_EXERCISE: ReadonlySet<string> = new Set(['3.1', '3.2', '4.1.1-modes', '4.2.4', '4.5.3', '4.5.4', 'V.3', 'H.1', 'H.2', 'D.1', 'D.2', 'D.3']);
/** Of the handling: an exercise that ends in the safe state never came to it. */
const OF_THE_HANDLING: ReadonlySet<string> = new Set(['4.5.1', '4.5.2']);

type Found = Omit<Breach, 'atS' | 'records' | 'clause' | 'text'> & { readonly clause: string; readonly text: Text; readonly records: readonly (number | null)[] };

export function breachesOf(file: ExerciseCase): Breach[] {
  const seen = [...prohibitions(file), ...standing(file), ...refusals(file), ...limits(file), ...people(file), ...bypasses(file), ...margins(file)];
  const known = new Set(seen.map(({ clause }) => clause));
  return [...seen, ...verdicts(file, known)].sort((a, b) => a.atMs - b.atMs).slice(0, BREACHES_MAX)
    .map((found) => ({ ...found, clause: clip(found.clause, 20), text: clipText(found.text, TEXT_MAX_LENGTH), atS: Math.max(0, file.clock.secondAt(found.atMs)), records: numbersOf(found.records) }));
}

const hasClause = ({ clause }: { readonly clause: string }): boolean => clause !== '';

/** Told by the plant: each time that a watched prohibition became violated. Two procedures that forbid the same deed tell of one. */
function prohibitions({ records, plant, startedMs }: ExerciseCase): Found[] {
  const found = records.flatMap(({ n, fact }): Found[] => {
    if (fact.type !== 'prohibition.changed' || fact.data.state !== 'violated' || fact.atMs < startedMs) return [];
    const { instance, id, clause } = fact.data;
    const words = plant.procedures.get(instance.replace(/:\d+$/u, ''))?.prohibitions.find((each) => each.id === id)?.text ?? t(id, id);
    return [{ clause, kind: 'prohibition', atMs: fact.atMs, text: words, records: [n] }];
  }).filter(hasClause);
  return [...new Map(found.map((each) => [`${each.clause} ${String(each.atMs)} ${each.text.en}`, each])).values()];
}

/**
 * What is forbidden whether a procedure runs or not (A3.5, A4.3 and the like): its alarm tells. Where a procedure that runs names it as well, it has been
 * told above. One deed under each of its clauses; the score counts it once.
 */
function standing({ records, plant, startedMs }: ExerciseCase): Found[] {
  const watching = new Map(plant.prohibitions.filter((each) => each.standing === true).map((each) => [each.id, each]));
  const raises = records.flatMap(({ n, fact }) => ((fact.type === 'alarm.raised' || fact.type === 'alarm.raised-again') && watching.has(fact.data.id) && fact.atMs >= startedMs ? [{ n, atMs: fact.atMs, id: fact.data.id }] : []));
  const violations = records.flatMap(({ fact }) => (fact.type === 'prohibition.changed' && fact.data.state === 'violated' ? [{ atMs: fact.atMs, id: plant.procedures.get(fact.data.instance.replace(/:\d+$/u, ''))?.prohibitions.find(({ id }) => id === fact.data.id)?.watchedBy }] : []));
  return raises.flatMap(({ n, atMs, id }, i) => {
    const untilMs = raises.slice(i + 1).find((each) => each.id === id)?.atMs ?? Number.POSITIVE_INFINITY;
    if (violations.some((each) => each.id === id && each.atMs >= atMs && each.atMs < untilMs)) return [];
    const condition = watching.get(id);
    return (condition?.clauses ?? []).map((clause): Found => ({ clause, kind: 'prohibition', atMs, text: condition?.title ?? t(id, id), records: [n] }));
  });
}

/** Asked for and refused: nothing came of it, but somebody wanted it. The same asked again is one thing. */
function refusals({ draft }: ExerciseCase): Found[] {
  const told = new Set<string>();
  return draft.refusals.flatMap(({ n, atMs, operation, obstacles }) => obstacles.flatMap(({ clause, fact }): Found[] => {
    const key = `${operation} ${clause}`;
    if (clause === '' || told.has(key)) return [];
    told.add(key);
    return [{ clause, kind: 'refusal', atMs, text: t(`要求 ${operation}，被拒绝：${fact.zh}`, `${operation} was asked for and refused: ${fact.en}`), records: [n] }];
  }));
}

function limits({ draft }: ExerciseCase): Found[] {
  return draft.procedures.flatMap(({ limits: all }) => all.filter(({ state }) => state === 'exceeded').map(({ clause, text, dueMs, evidence }): Found => ({ clause, kind: 'limit', atMs: dueMs, text: t(`超过时限：${text.zh}`, `Time exceeded: ${text.en}`), records: evidence }))).filter(hasClause);
}

/** More people than a zone may hold after the time that walking out takes, or sent in while it was too many. The clause is that of the procedure that limits it. */
function people(file: ExerciseCase): Found[] {
  const { draft, plant, startedMs, endedMs, scenario } = file;
  const clauseOf = (zone: string): string => {
    const limiting = draft.procedures.map(({ id }) => plant.procedures.get(id)).filter((def) => def?.people.zones.includes(zone) === true).toSorted((a, b) => (a?.people.limit ?? 9) - (b?.people.limit ?? 9))[0];
    return limiting?.clauses[0] ?? scenario.clauses[0] ?? '4.2.3';
  };
  return exposures(file).flatMap(({ zone, headMinutes, records, sent }): Found[] => {
    const clause = clauseOf(zone);
    const into = sent.map(({ atMs, count, limit }): Found => ({ clause, kind: 'people', atMs, text: t(`${zone} 已超限，仍有人进入：${String(count)} 人，限 ${String(limit)} 人`, `Somebody more went into ${zone}: ${String(count)} people, at most ${String(limit)}`), records }));
    if (into.length > 0 || headMinutes <= 0) return into;
    const atMs = draft.people.zones.find((each) => each.zone === zone)?.course.find(({ state }) => state === 'exceeded')?.atMs ?? startedMs;
    return [{ clause, kind: 'people', atMs: Math.min(atMs, endedMs), text: t(`${zone} 的人没有在时间内撤出：超限 ${headMinutes.toFixed(1)} 人·分钟`, `People did not leave ${zone} in time: ${headMinutes.toFixed(1)} head-minutes beyond the limit`), records }];
  });
}

/** What was prepared shows itself within this, when the exercise begins, and nobody in it has done it. */
const PREPARED_MS = 1_000;

/** 3.3: bypassed without approval; 3.5: reset by force. */
function bypasses({ draft, startedMs }: ExerciseCase): Found[] {
  return draft.interlocks.flatMap(({ id, bypassed, trips }) => [
    ...bypassed.filter(({ approved, fromMs, toMs }) => !approved && (toMs === null || toMs >= startedMs) && fromMs >= startedMs + PREPARED_MS).map(({ fromMs, evidence }): Found => ({ clause: '3.3', kind: 'bypass', atMs: fromMs, text: t(`联锁 ${id} 未经批准旁路`, `Interlock ${id} bypassed without approval`), records: evidence })),
    ...trips.filter(({ forced }) => forced).map(({ atMs, releasedMs, evidence }): Found => ({ clause: '3.5', kind: 'bypass', atMs: releasedMs ?? atMs, text: t(`联锁 ${id} 强制复位`, `Interlock ${id} reset by force`), records: evidence })),
  ]);
}

/** Beyond help: by the simulator's truth. */
function margins(file: ExerciseCase): Found[] {
  const { truth, scenario } = file;
  return lostMargins(file).flatMap(({ id, atMs, value }) => {
    const margin = truth?.margins.find((each) => each.id === id);
    const clauses = margin === undefined || margin.clauses.length === 0 ? scenario.clauses.slice(0, 1) : margin.clauses;
    return clauses.map((clause): Found => ({ clause, kind: 'margin', atMs, text: t(`越过边界：${margin?.title.zh ?? id} ${String(Math.round(value * 100) / 100)} ${margin?.unit ?? ''}`, `Margin lost: ${margin?.title.en ?? id} ${String(Math.round(value * 100) / 100)} ${margin?.unit ?? ''}`), records: [] }));
  });
}

/** What the judges of the incident report found not met, where nothing above has said so already. */
function verdicts(file: ExerciseCase, known: ReadonlySet<string>): Found[] {
  const { verdicts: all, scenario, startedMs, endedMs, records, draft } = file;
  const isHandled = draft.procedures.some(({ places }) => places.some(({ place }) => place === 'investigating'));
  const isAsked = (clause: string): boolean => scenario.clauses.includes(clause) || !(NOT_OF_AN_EXERCISE.has(clause) || (!isHandled && OF_THE_HANDLING.has(clause)));
  const facts = new Map(records.map(({ n, fact }) => [n, fact]));
  // The report counts from the moment at which a zone held too many; here people may walk out first.
  const walkedOut = exposures(file).every(({ headMinutes, sent }) => headMinutes <= 0 && sent.length === 0);
  const isHeadCountAlone = (evidence: readonly number[]): boolean => evidence.length > 0 && evidence.every((n) => HEAD_COUNTS.has(facts.get(n)?.type ?? ''));
  return all.filter(({ id, verdict, evidence }) => verdict === 'notMet' && !known.has(id) && isAsked(id) && !isPrepared(id, evidence.map((n) => facts.get(n)?.atMs ?? 0), startedMs) && !(walkedOut && isHeadCountAlone(evidence)))
    .map(({ id, because, evidence }): Found => ({ clause: id, kind: 'verdict', atMs: Math.min(endedMs, facts.get(evidence[0] ?? -1)?.atMs ?? endedMs), text: because, records: evidence }));
}
/** An interlock that was bypassed before the exercise began is the scenario's doing, not a person's. */
const isPrepared = (clause: string, timesMs: readonly number[], startedMs: number): boolean => clause === '3.3' && (timesMs.length === 0 || Math.min(...timesMs) < startedMs + PREPARED_MS);
const HEAD_COUNTS: ReadonlySet<string> = new Set(['people.changed', 'people.staged']);
