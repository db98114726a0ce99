/**
 * The score of an exercise. Every line has its figure, where full marks end and none begin, its weight and its reason with the records that
 * show it. Nothing is credited that nothing shows. Pure: the same records and the same truth give the same score.
 */
import type { Breach, Score, ScoreItemId } from '../../contract/drill.ts';
import { SCORE_ITEMS } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { breachesOf } from './breaches.ts';
import type { Participant, ScoredExercise } from './competence.ts';
import { openExercise } from './exercise.ts';
import type { ExerciseCase, ExerciseRecords } from './exercise.ts';
import { itemOf, t, unseen } from './item.ts';
import type { Found } from './item.ts';
import { alarms, envelope, exposure, hints } from './safety.ts';
import type { AbortLimit } from './scoring.ts';
import { detect, diagnose, firstAction, safe, stopsIn } from './times.ts';
import { completeness, order } from './work.ts';

/** A broken prohibition costs all points of its line, any other breach a third. */
const PROHIBITION_COUNTS = 3;

/**
 * Points do not outweigh what hurts people or plant (decision 0037): a prohibition, a key or a reset that 3.3 and 3.5 forbid, more people than
 * a zone may hold (4.2.3), a margin lost. What was only asked for, came late or was left undone costs points.
 */
const TAKES_THE_PASS: Readonly<Record<Breach['kind'], boolean>> = { prohibition: true, bypass: true, people: true, margin: true, refusal: false, limit: false, verdict: false };

const FINDERS: Readonly<Record<ScoreItemId, (file: ExerciseCase, breaches: readonly Breach[]) => Found>> = {
  'detect': detect, 'diagnose': diagnose, 'first-action': firstAction, 'safe': safe, 'order': order, 'completeness': completeness,
  'prohibitions': kept, 'exposure': exposure, 'alarms': alarms, 'envelope': envelope, 'hints': hints,
};

function kept({ draft }: ExerciseCase, breaches: readonly Breach[]): Found {
  const watched = draft.procedures.flatMap(({ prohibitions }) => prohibitions).filter(({ state }) => state !== 'unwatched');
  // Watched by tags that said nothing all the while: nobody can say that it was kept.
  if (breaches.length === 0 && watched.length > 0 && watched.every(({ state }) => state === 'unknown')) return unseen('', t('禁令是否遵守无从得知', 'Whether the prohibitions were kept is not known'));
  // One deed that is told under two clauses (its own and the general one) counts once.
  const deeds = new Map(breaches.map((each) => [`${each.kind} ${String(each.atMs)} ${each.kind === 'verdict' ? '' : each.text.en}`, each.kind]));
  const figure = [...deeds.values()].reduce((sum, kind) => sum + (kind === 'prohibition' ? PROHIBITION_COUNTS : 1), 0);
  const clauses = [...new Set(breaches.map(({ clause }) => clause))].join(', ');
  return { figure, unit: '', records: breaches.flatMap(({ records }) => records), because: breaches.length === 0 ? t('没有违反任何一条', 'No clause was broken') : t(`违反 ${String(breaches.length)} 次：${clauses}`, `${String(breaches.length)} ${breaches.length === 1 ? 'breach' : 'breaches'}: ${clauses}`) };
}

/** What the interlocks did while everybody looked on is nobody's merit, be it that somebody silenced the alarms meanwhile. Where none acted, nothing did. */
const nobody = ({ records, faultMs }: Pick<ExerciseCase, 'records' | 'faultMs'>): Found => unseen('', records.some(({ fact }) => fact.type === 'interlock.tripped' && fact.atMs >= faultMs) ? t('没有人参与：是联锁自行动作', 'Nobody took part: the interlocks acted by themselves') : t('没有人参与', 'Nobody took part'));
const DONE_BY_NOBODY = { 'first-action': nobody, 'safe': nobody, 'order': nobody, 'completeness': nobody };
/** That no alarm came is nobody's answer. */
const answered = (file: ExerciseCase): Found => { const found = alarms(file); return found.figure === 100 && found.records.length === 0 ? nobody(file) : found; };
const isUnattended = (file: ExerciseCase): boolean => diagnose(file).figure === null && stopsIn(file).length === 0;

/** Scores an exercise from its records and the truth. */
export function scoreExercise(records: ExerciseRecords): Score {
  return scoreCase(openExercise(records));
}

/** The same of an exercise that was opened already. */
export function scoreCase(file: ExerciseCase): Score {
  const { scenario: { id, scoring }, exercise } = file;
  const breaches = breachesOf(file);
  // Nothing at all on record is an exercise that nobody took part in: that no prohibition was broken shows nothing then.
  const isBlank = file.records.length === 0;
  const finders = { ...FINDERS, ...(isUnattended(file) ? { ...DONE_BY_NOBODY, alarms: answered } : {}) };
  const items = SCORE_ITEMS.map((item) => itemOf(item, isBlank ? { figure: null, unit: '', because: t('没有任何记录', 'Nothing is on record'), records: [] } : finders[item](file, breaches), scoring));
  const total = Math.min(100, Math.round(items.reduce((sum, { points }) => sum + points, 0) * 10) / 10);
  const aborted = abortedIn(file);
  const passed = aborted === null && total >= scoring.passMark && !breaches.some(({ kind }) => TAKES_THE_PASS[kind]);
  return { exercise, scenario: id, total, passMark: scoring.passMark, passed, aborted, items, breaches };
}

/** By the truth, not by what was shown: a transmitter that lies does not keep an exercise alive. */
export function abortedIn({ truth, scenario: { scoring: { abort } } }: Pick<ExerciseCase, 'truth' | 'scenario'>): Score['aborted'] {
  for (const sample of truth?.samples ?? []) {
    const hit = abort.find((limit) => isReached(sample.truth[limit.tag] ?? sample.margins[limit.tag], limit));
    if (hit === undefined) continue;
    const value = String(Math.round((sample.truth[hit.tag] ?? sample.margins[hit.tag] ?? 0) * 100) / 100);
    return { atS: sample.atS, because: t(`${hit.tag} 达到中止限值：${value}`, `${hit.tag} reached the limit that ends the exercise: ${value}`) };
  }
  return null;
}

/** Asked as the exercise runs, so that the station can end it. */
export function isReached(value: number | undefined, { above, atOrAbove, below, atOrBelow }: AbortLimit): boolean {
  if (value === undefined) return false;
  return (above !== undefined && value > above) || (atOrAbove !== undefined && value >= atOrAbove) || (below !== undefined && value < below) || (atOrBelow !== undefined && value <= atOrBelow);
}

/** What the journal is told when an exercise has ended: the score, what it was about, who took part. */
export function scoredExerciseOf(file: ExerciseCase, title: Text, participants: readonly Participant[], truth: ScoredExercise['truth']): ScoredExercise {
  const { scenario: { clauses }, clauses: register, draft, startedMs, endedMs } = file;
  const kinds = [...new Set(clauses.flatMap((clause) => register.find(({ id }) => id === clause)?.kind ?? []))];
  const procedures = [...new Set(draft.procedures.filter(({ places }) => places.some(({ place }) => place === 'safe')).map(({ id }) => id))];
  return { score: scoreCase(file), title, clauses, kinds, procedures, participants, startedMs, endedMs, truth };
}
