/**
 * What a report says of the time after (4.5.3, 3.1): causes as people signed them, the analysis, and what is revised, taught and practised.
 * Pure: the facts of one incident -> two parts of the report. `keyOf` turns an account into a key of the report's directory; left out, people
 * appear by their account.
 */
import type { CauseAnalysisReport, IncidentReport, ReportFollowUp } from '../../contract/report.ts';
import { NO_ANALYSES, analysisOf, standingChains, standingFactors, standingRoot, standingWhys, stands } from '../incidents/cause-analysis.ts';
import type { Analysis, AnalysisRegister, CauseAnswer } from '../incidents/cause-analysis.ts';
import { NO_FOLLOW_UPS, withFollowUp, withFollowUpOver } from '../incidents/follow-ups.ts';
import { evolveAnalysis } from '../station/evolve-aftermath.ts';
import type { Fact } from '../station/facts.ts';
import type { NumberedFact } from './incident.ts';

type Incident = Pick<IncidentReport['incident'], 'id' | 'fromMs' | 'toMs'>;
type AnalysisFact = Extract<Fact, { type: `analysis.${string}` }>;

const STATED_MAX = 200;
const WITHDRAWN_MAX = 500;
const EVIDENCE_MAX = 200;

/**
 * Tells whether a fact belongs to what came after this incident: its analysis, the corrective actions and follow-ups opened for it and all
 * that became of them. To be asked of facts in their order; it remembers which numbers were given for this incident.
 */
export function aftermathOf(incident: string): (fact: Fact) => boolean {
  const [actions, followUps] = [new Set<string>(), new Set<string>()];
  return (fact) => {
    switch (fact.type) {
      case 'action.opened': return fact.data.incident === incident && actions.add(fact.data.action).has(fact.data.action);
      case 'action.rescheduled': case 'action.closed': return actions.has(fact.data.action);
      case 'follow-up.opened': return fact.data.incident === incident && followUps.add(fact.data.followUp).has(fact.data.followUp);
      case 'follow-up.done': case 'follow-up.withdrawn': return followUps.has(fact.data.followUp);
      default: return isAnalysis(fact) && fact.data.incident === incident;
    }
  };
}

const isAnalysis = (fact: Fact): fact is AnalysisFact => fact.type.startsWith('analysis.');

export type KeyOf = (user: string) => string;

/** `causes` of the report. Nothing said about it: empty lists and no conclusion, and so it reads. */
export function causesOf(records: readonly NumberedFact[], incident: Incident, keyOf: KeyOf = (user) => user): CauseAnalysisReport {
  let register: AnalysisRegister = NO_ANALYSES;
  const numbers = new Numbers();
  for (const { n, fact } of records) {
    if (!isAnalysis(fact) || fact.data.incident !== incident.id) continue;
    register = evolveAnalysis(register, fact);
    numbers.take(n, fact);
  }
  const analysis = analysisOf(register, incident.id);
  const stated = statedCauses(records, incident).map((each) => ({ ...each, by: each.by === null ? null : keyOf(each.by) }));
  if (analysis === null) return { stated, chains: [], factors: [], concluded: null };
  const said = { analysis, numbers, keyOf };
  // Only the last ones are kept of those that were opened again and again.
  const numbersOfReopened = numbers.reopened.slice(-analysis.reopened.length);
  return { stated, ...chainsOf(said), concluded: conclusionOf(said), withdrawn: withdrawnOf(said), reopened: analysis.reopened.map(({ atMs, by, reason }, i) => ({ n: numbersOfReopened[i] ?? 1, atMs, by: keyOf(by), reason })) };
}

/** Which record said what: the state has no numbers, the journal has. */
class Numbers {
  readonly said = new Map<string, number>();
  readonly withdrawn = new Map<string, number>();
  /** Of the answers to a cause, in their order. */
  readonly answers = new Map<string, number[]>();
  readonly reopened: number[] = [];
  concluded = 1;

  take(n: number, fact: AnalysisFact): void {
    switch (fact.type) {
      case 'analysis.chain': this.said.set(fact.data.chain, n); return;
      case 'analysis.why': this.said.set(fact.data.why, n); return;
      case 'analysis.root': this.said.set(fact.data.root, n); return;
      case 'analysis.factor': this.said.set(fact.data.factor, n); return;
      case 'analysis.withdrawn': this.withdrawn.set(fact.data.entry, n); return;
      case 'analysis.answered': this.answers.set(fact.data.cause, [...(this.answers.get(fact.data.cause) ?? []), n]); return;
      case 'analysis.concluded': this.concluded = n; return;
      case 'analysis.reopened': this.reopened.push(n); return;
      case 'analysis.opened': case 'analysis.owed': return;
    }
  }

  of(id: string): number {
    return this.said.get(id) ?? 1;
  }
}

interface Spoken {
  readonly analysis: Analysis;
  readonly numbers: Numbers;
  readonly keyOf: KeyOf;
}

function chainsOf({ analysis, numbers, keyOf }: Spoken): Pick<CauseAnalysisReport, 'chains' | 'factors'> {
  const answersOf = (id: string, answers: readonly CauseAnswer[]) => answers.map(({ by, action, reason }, i) => ({ n: numbers.answers.get(id)?.[i] ?? 1, by: keyOf(by), action, reason }));
  return {
    chains: standingChains(analysis).map((chain) => {
      const root = standingRoot(chain);
      return {
        id: chain.id, event: { n: chain.event.n, text: chain.event.text }, problem: chain.problem, whys: standingWhys(chain).map(({ id, text, by }) => ({ n: numbers.of(id), text, by: keyOf(by) })),
        root: root?.text ?? null, answers: root === null ? [] : answersOf(root.id, root.answers),
      };
    }),
    factors: standingFactors(analysis).map(({ id, kind, text, by, evidence, answers }) => ({ n: numbers.of(id), id, kind, text, by: keyOf(by), evidence: evidence.map(({ n }) => n), answers: answersOf(id, answers) })),
  };
}

function conclusionOf({ analysis: { concluded }, numbers, keyOf }: Spoken): CauseAnalysisReport['concluded'] {
  if (concluded === null) return null;
  const { atMs, engineer, supervisor, text, reviews } = concluded;
  return { n: numbers.concluded, atMs, by: [keyOf(engineer), keyOf(supervisor)], text, reviews: reviews.map((each) => ({ ...each })) };
}

function withdrawnOf({ analysis: { chains, factors }, numbers, keyOf }: Spoken): NonNullable<CauseAnalysisReport['withdrawn']> {
  const entries = [...chains.flatMap((chain) => [{ ...chain, text: chain.problem }, ...chain.whys, ...chain.roots]), ...factors].filter((entry) => !stands(entry));
  return entries.flatMap(({ id, text, by, withdrawn }) => (withdrawn === null ? [] : [{ n: numbers.withdrawn.get(id) ?? 1, atMs: withdrawn.atMs, by: keyOf(withdrawn.by), what: text, saidBy: keyOf(by), reason: withdrawn.reason }])).sort((a, b) => a.n - b.n).slice(0, WITHDRAWN_MAX);
}

/** Immediate causes that people signed in the course of it, because without them there was no way back (3.5, 3.6). */
function statedCauses(records: readonly NumberedFact[], { fromMs, toMs }: Incident): CauseAnalysisReport['stated'] {
  const within = records.filter(({ fact: { atMs } }) => atMs >= fromMs && atMs <= toMs);
  return within.flatMap(({ n, fact }) => {
    const cause = statedIn(fact);
    return cause === null ? [] : [{ n, atMs: fact.atMs, by: fact.by, ...cause }];
  }).slice(0, STATED_MAX);
}

function statedIn(fact: Fact): { readonly about: string; readonly text: string } | null {
  switch (fact.type) {
    case 'interlock.cause': case 'interlock.accounted': return { about: fact.data.interlock, text: fact.data.text };
    case 'alarm.cause': return { about: fact.data.id, text: fact.data.text };
    case 'procedure.moved': return fact.data.event.type === 'CAUSE' ? { about: fact.data.instance, text: fact.data.event.text } : null;
    default: return null;
  }
}

/** `followUps` of the report: those that were opened for this incident, withdrawn ones left out. */
export function followUpsOf(records: readonly NumberedFact[], incident: Pick<Incident, 'id'>): ReportFollowUp[] {
  let register = NO_FOLLOW_UPS;
  const evidence = new Map<string, number[]>();
  for (const { n, fact } of records) {
    if (fact.type !== 'follow-up.opened' && fact.type !== 'follow-up.done' && fact.type !== 'follow-up.withdrawn') continue;
    const said = { by: fact.by ?? '', atMs: fact.atMs };
    const { followUp } = fact.data;
    if (fact.type === 'follow-up.opened') {
      if (fact.data.incident !== incident.id) continue;
      const { followUp: _id, ...outline } = fact.data;
      register = withFollowUp(register, followUp, outline, said.by, said.atMs);
    } else if (fact.type === 'follow-up.done') {
      const { document, revision, heldMs, participants } = fact.data;
      register = withFollowUpOver(register, followUp, { done: { document, revision, heldMs, participants, ...said } });
    } else register = withFollowUpOver(register, followUp, { withdrawn: { reason: fact.data.reason, ...said } });
    evidence.set(followUp, [...(evidence.get(followUp) ?? []), n].slice(0, EVIDENCE_MAX));
  }
  const all = [...register.open, ...register.over].filter(({ withdrawn }) => withdrawn === null).sort((a, b) => a.openedMs - b.openedMs || numberOf(a.id) - numberOf(b.id));
  return all.map(({ id, kind, title, procedures, dueMs, done, responsible }) => ({ id, kind, title, procedures: [...procedures], dueMs, doneMs: done?.heldMs ?? null, responsible, evidence: evidence.get(id) ?? [] }));
}

const numberOf = (id: string): number => Number(id.replace(/^\D*/u, '')) || 0;
