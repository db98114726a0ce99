/** Folds what is said and done after incidents. No decisions here; what is not known is left alone. */
import { USED_MAX } from '../incidents/aftermath.ts';
import type { Aftermath } from '../incidents/aftermath.ts';
import { withAnalysis, withAnswer, withChain, withChanged, withConcluded, withEntry, withReopened, withWithdrawn } from '../incidents/cause-analysis.ts';
import type { AnalysisRegister } from '../incidents/cause-analysis.ts';
import { withFollowUp, withFollowUpOver } from '../incidents/follow-ups.ts';
import { MARK_OF, withShown } from '../incidents/readiness.ts';
import type { Fact } from './facts.ts';
import type { StationState } from './state.ts';

type AnalysisFact = Extract<Fact, { type: `analysis.${string}` }>;
type FollowUpFact = Extract<Fact, { type: `follow-up.${string}` }>;

/** Incidents whose procedures are remembered: as many as the state has past incidents. */
const USED_BEFORE_MAX = 200;

/** `before`: the state without this fact, with what runs and which incident it is. */
export function evolveAftermath(before: StationState, fact: Fact): Aftermath {
  const { aftermath } = before;
  switch (fact.type) {
    case 'station.started': return { ...aftermath, isTraining: fact.data.mode === 'TRAINING' };
    case 'incident.opened': return { ...aftermath, used: [...new Set(before.runs.map(({ procedure }) => procedure))] };
    case 'procedure.raised': return before.incident === null || aftermath.used.length >= USED_MAX ? aftermath : { ...aftermath, used: [...new Set([...aftermath.used, fact.data.procedure])] };
    case 'incident.closed': return before.incident === null ? aftermath : closed(aftermath, before.incident.id, fact.atMs);
    case 'analysis.opened': case 'analysis.owed': case 'analysis.chain': case 'analysis.why': case 'analysis.root': case 'analysis.factor': case 'analysis.answered': case 'analysis.withdrawn': case 'analysis.reopened':
      return { ...aftermath, analyses: evolveAnalysis(aftermath.analyses, fact) };
    case 'analysis.concluded': return { ...aftermath, analyses: evolveAnalysis(aftermath.analyses, fact), readiness: reviewed(aftermath, fact) };
    case 'follow-up.opened': case 'follow-up.done': case 'follow-up.withdrawn': return evolveFollowUp(aftermath, fact);
    case 'competence.recorded': return { ...aftermath, readiness: drilled(before, fact) };
    default: return aftermath;
  }
}

/** One that was opened before the incident was over now knows its end, and which procedures were used. */
function closed(aftermath: Aftermath, incident: string, toMs: number): Aftermath {
  const { used, usedBefore } = aftermath;
  return {
    ...aftermath, used: [], usedBefore: [{ incident, procedures: used }, ...usedBefore].slice(0, USED_BEFORE_MAX),
    analyses: withChanged(aftermath.analyses, incident, (analysis) => ({ ...analysis, toMs, procedures: used })),
  };
}

export function evolveAnalysis(register: AnalysisRegister, fact: AnalysisFact): AnalysisRegister {
  const said = { by: fact.by ?? '', atMs: fact.atMs };
  const { incident } = fact.data;
  switch (fact.type) {
    case 'analysis.opened': case 'analysis.owed': {
      const { fromMs, toMs, dueMs, procedures } = fact.data;
      return withAnalysis(register, { incident, fromMs, toMs, dueMs, procedures }, fact.by, fact.atMs);
    }
    case 'analysis.chain': {
      const { chain, event, problem } = fact.data;
      return withEntry(register, incident, (analysis) => ({ ...analysis, chains: [...analysis.chains, { id: chain, event, problem, whys: [], roots: [], withdrawn: null, ...said }] }));
    }
    case 'analysis.why': {
      const { chain, why, text } = fact.data;
      return withEntry(register, incident, (analysis) => withChain(analysis, chain, (each) => ({ ...each, whys: [...each.whys, { id: why, text, withdrawn: null, ...said }] })));
    }
    case 'analysis.root': {
      const { chain, root, text } = fact.data;
      return withEntry(register, incident, (analysis) => withChain(analysis, chain, (each) => ({ ...each, roots: [...each.roots, { id: root, text, answers: [], withdrawn: null, ...said }] })));
    }
    case 'analysis.factor': {
      const { factor, kind, text, evidence } = fact.data;
      return withEntry(register, incident, (analysis) => ({ ...analysis, factors: [...analysis.factors, { id: factor, kind, text, evidence, answers: [], withdrawn: null, ...said }] }));
    }
    case 'analysis.answered': return withEntry(register, incident, (analysis) => withAnswer(analysis, fact.data.cause, { action: fact.data.action, reason: fact.data.reason, ...said }));
    case 'analysis.withdrawn': return withEntry(register, incident, (analysis) => withWithdrawn(analysis, fact.data.entry, { reason: fact.data.reason, ...said }));
    case 'analysis.concluded': {
      const { supervisor, text, reviews } = fact.data;
      return withConcluded(register, incident, { atMs: fact.atMs, engineer: said.by, supervisor, text, reviews });
    }
    case 'analysis.reopened': return withReopened(register, incident, fact.data.dueMs, { reason: fact.data.reason, ...said });
  }
}

/** A procedure that was read through and stays is as good as one that was revised: on this day somebody answered for it. */
function reviewed({ readiness, analyses }: Aftermath, { data, atMs }: Extract<Fact, { type: 'analysis.concluded' }>): Aftermath['readiness'] {
  if (!analyses.open.some(({ incident }) => incident === data.incident)) return readiness;
  return withShown(readiness, data.reviews.filter(({ outcome }) => outcome === 'stays').map(({ procedure }) => procedure), 'procedure', { atMs, source: data.incident, document: '', revision: '' });
}

/** A drill that was passed and signed is evidence that its procedures were practised (3.1). In the journal of this station, which is that of the exercises. */
function drilled({ aftermath: { readiness }, competence }: StationState, { data: { record } }: Extract<Fact, { type: 'competence.recorded' }>): Aftermath['readiness'] {
  const past = competence.exercises.find(({ exercise }) => exercise === record.exercise);
  return past === undefined || !record.passed ? readiness : withShown(readiness, past.procedures, 'drill', { atMs: past.endedMs, source: record.exercise, document: record.id, revision: '' });
}

function evolveFollowUp(aftermath: Aftermath, fact: FollowUpFact): Aftermath {
  const { followUps, readiness } = aftermath;
  const said = { by: fact.by ?? '', atMs: fact.atMs };
  switch (fact.type) {
    case 'follow-up.opened': {
      const { followUp, ...outline } = fact.data;
      return { ...aftermath, followUps: withFollowUp(followUps, followUp, outline, said.by, said.atMs) };
    }
    case 'follow-up.done': {
      const { followUp, document, revision, heldMs, participants } = fact.data;
      const open = followUps.open.find(({ id }) => id === followUp);
      if (open === undefined) return aftermath;
      return {
        ...aftermath, followUps: withFollowUpOver(followUps, followUp, { done: { document, revision, heldMs, participants, ...said } }),
        readiness: withShown(readiness, open.procedures, MARK_OF[open.kind], { atMs: heldMs, source: followUp, document, revision }),
      };
    }
    case 'follow-up.withdrawn': return { ...aftermath, followUps: withFollowUpOver(followUps, fact.data.followUp, { withdrawn: { reason: fact.data.reason, ...said } }) };
  }
}
