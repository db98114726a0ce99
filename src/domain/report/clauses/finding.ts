/**
 * What a judge has found: one verdict with its reason in words and the records that it rests on. A clause has as many findings as there
 * were occasions; the worst of them is its verdict.
 */
import type { ClauseVerdict } from '../../../contract/report.ts';
import type { Text } from '../../../contract/text.ts';

export type Verdict = ClauseVerdict['verdict'];

export interface Finding {
  readonly verdict: Verdict;
  readonly text: Text;
  readonly evidence: readonly number[];
  /** Only people could have shown it otherwise: worth nothing where nobody was there (RECONSTRUCTED). */
  readonly byPeople?: true;
  /** It is so whatever stands in the journal: a plant of another kind. */
  readonly always?: true;
}

type Numbers = readonly (number | null | undefined)[];
const numbered = (evidence: Numbers): number[] => evidence.filter((n): n is number => n !== null && n !== undefined);

export const finding = (verdict: Verdict, text: Text, evidence: Numbers = []): Finding => ({ verdict, text, evidence: numbered(evidence) });
export const met = (text: Text, evidence: Numbers = []): Finding => finding('met', text, evidence);
export const notMet = (text: Text, evidence: Numbers = []): Finding => finding('notMet', text, evidence);
export const unknown = (text: Text, evidence: Numbers = []): Finding => finding('unknown', text, evidence);
export const notApplicable = (text: Text, evidence: Numbers = []): Finding => finding('notApplicable', text, evidence);
export const byPeople = (found: Finding): Finding => ({ ...found, byPeople: true });

/** Worst first. Unknown outweighs what was met: nobody can say that all of it was. What did not apply counts only where nothing did. */
const WORST_FIRST: readonly Verdict[] = ['notMet', 'unknown', 'met', 'notApplicable'];

/** The findings that decide: those of the worst verdict. */
export function deciding(findings: readonly Finding[]): readonly Finding[] {
  const worst = WORST_FIRST.find((verdict) => findings.some((each) => each.verdict === verdict));
  return findings.filter(({ verdict }) => verdict === worst);
}
