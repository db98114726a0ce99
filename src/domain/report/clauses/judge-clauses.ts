/**
 * Clause by clause: met, not met, not applicable, unknown - with the sentence and the records that say so.
 *
 * Unknown is never good. Nothing is met because nobody wrote down the contrary where something was due: a record that is missing, a pack
 * without the thing, a version that is not known, a clause without a judge are all unknown. Pure: the same journal gives the same verdicts.
 */
import type { ClauseVerdict } from '../../../contract/report.ts';
import type { Text } from '../../../contract/text.ts';
import type { RecordedClause } from '../../packs/recorded-pack.ts';
import type { JudgedIncident } from '../incident.ts';
import { openCase } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { deciding, notApplicable, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { judgeOf } from './judges.ts';
import { t, together } from './wording.ts';

/** Most record numbers that one verdict names; the contract's own limit. */
const EVIDENCE_MAX = 200;

export function judgeClauses(incident: JudgedIncident): ClauseVerdict[] {
  const file = openCase(incident);
  const known = new Set(incident.records.map(({ n }) => n));
  return incident.clauses.map((clause) => verdictOn(file, clause, known));
}

function verdictOn(file: CaseFile, clause: RecordedClause, known: ReadonlySet<number>): ClauseVerdict {
  const decided = deciding(findingsOn(file, clause.id));
  const evidence = [...new Set(decided.flatMap((each) => each.evidence))].filter((n) => known.has(n)).sort((a, b) => a - b).slice(0, EVIDENCE_MAX);
  return { id: clause.id, kind: clause.kind, text: clause.text, verdict: decided[0]?.verdict ?? 'unknown', because: together(decided.map(({ text }) => text)), evidence };
}

function findingsOn(file: CaseFile, clause: string): readonly Finding[] {
  const elsewhere = otherAnnex(file, clause);
  if (elsewhere !== null) return [elsewhere];
  const judge = judgeOf(clause);
  if (judge === null) return [unknown(t('本版本没有这一条的判断规则', 'this version has no judge for this clause'))];
  const findings = judge(file, clause);
  if (findings.length === 0) return [unknown(t('日志的规则包中没有与本条有关的条件、程序或禁令', "the journal's pack has no condition, procedure or prohibition for this clause"))];
  return findings.map((found) => inView(file, clause, found));
}

const ANNEXES: Readonly<Record<string, Text>> = {
  A1: t('附录 1（精细化工）', 'Annex 1 (fine chemicals)'), A2: t('附录 2（硝酸铵）', 'Annex 2 (ammonium nitrate)'), A3: t('附录 3（合成氨）', 'Annex 3 (ammonia synthesis)'), A4: t('附录 4（过氧化氢）', 'Annex 4 (hydrogen peroxide)'),
};
const annexOf = (clause: string): string | null => /^(A\d+)\./u.exec(clause)?.[1] ?? null;

/** A plant is of the annexes that its own rules name. One whose rules name none cannot be told to be of another. */
function otherAnnex({ incident: { plant } }: CaseFile, clause: string): Finding | null {
  const annex = annexOf(clause);
  const words = annex === null ? undefined : ANNEXES[annex];
  if (annex === null || words === undefined) return null;
  const own = new Set([...plant.pack.conditions, ...plant.pack.procedures].flatMap(({ clauses }) => clauses.flatMap((each) => annexOf(each) ?? [])));
  if (own.size === 0 || own.has(annex)) return null;
  return { ...notApplicable(t(`本装置不是${words.zh}的装置`, `this plant is not one of ${words.en}`)), always: true };
}

/** What people sign, answer, order and do on the spot. In a trace nobody did, so that nothing of it is on record does not mean that it was not there. */
const ONLY_BY_PEOPLE: ReadonlySet<string> = new Set(['3.1', '3.4', '3.7', '4.2.2', '4.2.4', '4.3.1', '4.3.3', '4.3.3(1)', '4.3.3(2)', '4.3.3(3)', '4.3.3(4)', '4.3.4', '4.4.1', '4.4.2', '4.4.3', '4.5.1', '4.5.2', '4.5.3', '4.5.4', 'A3.3', 'A3.4', 'V.1', 'V.2', 'V.3', 'H.1', 'H.2', 'D.2']);

/** What cannot be seen takes what was good away, and what did not happen: it may stand in what is missing. What was seen to be wrong stays. */
function inView(file: CaseFile, clause: string, found: Finding): Finding {
  const { hole } = file;
  if (file.isReconstructed && (found.byPeople === true || (ONLY_BY_PEOPLE.has(clause) && found.verdict !== 'notMet'))) return { ...found, verdict: 'unknown', text: t(`由历史数据重建，当时没有人在场记录：${found.text.zh}`, `reconstructed from a trace, with nobody there to record it: ${found.text.en}`) };
  if (hole === null || found.verdict === 'notMet' || found.verdict === 'unknown' || found.always === true) return found;
  return unknown(t(`${hole.text.zh}，无从判断`, `${hole.text.en}, so this cannot be judged`), hole.evidence);
}
