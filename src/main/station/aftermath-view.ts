/** The sections `analyses`, `followUps` and `readiness`: what is owed after incidents, and what stands ready for the next (4.5.3, 3.1). */
import { CONCLUDED_SHOWN_MAX, OVER_SHOWN_MAX } from '../../contract/aftermath.ts';
import type { AnalysisView, FollowUpView, MarkView, ReadinessSection } from '../../contract/aftermath.ts';
import type { View } from '../../contract/view.ts';
import { isOwed, lacksOf, overdueAnalyses } from '../../domain/incidents/cause-analysis.ts';
import type { Analysis } from '../../domain/incidents/cause-analysis.ts';
import { isFollowUpOverdue, overdueFollowUps, revisionsOf } from '../../domain/incidents/follow-ups.ts';
import type { FollowUp } from '../../domain/incidents/follow-ups.ts';
import { conditionMark, markOf, nextDueMs, SHOWN_AGAIN_MS } from '../../domain/incidents/readiness.ts';
import type { Mark, MarkNow, Readiness } from '../../domain/incidents/readiness.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';

const CONDITIONS_MAX = 2_000;
const PROCEDURES_MAX = 500;
const STARTS_MAX = 20;
const REVISIONS_MAX = 100;

// A procedure that these packs no longer have goes by its id.
const named = (plant: Plant, id: string) => ({ id, title: plant.procedures.get(id)?.title ?? { zh: id, en: id } });

export function analysesSection(plant: Plant, { aftermath: { analyses, followUps } }: StationState, nowMs: number): View['analyses'] {
  const view = (analysis: Analysis): AnalysisView => {
    const { entries: _entries, ...rest } = analysis;
    return {
      ...rest, overdue: isOwed(analysis, nowMs), lacks: analysis.concluded === null ? lacksOf(analysis).map((each) => ({ ...each })) : [],
      procedures: analysis.procedures.map((id) => ({ ...named(plant, id), followUps: revisionsOf(followUps, analysis.incident, id).slice(0, REVISIONS_MAX).map((each) => each.id) })),
      chains: analysis.chains.map((chain) => ({ ...chain, whys: [...chain.whys], roots: chain.roots.map((root) => ({ ...root, answers: [...root.answers] })) })),
      factors: analysis.factors.map((factor) => ({ ...factor, evidence: [...factor.evidence], answers: [...factor.answers] })),
      concluded: analysis.concluded === null ? null : { ...analysis.concluded, reviews: [...analysis.concluded.reviews] }, reopened: [...analysis.reopened],
    };
  };
  const termOf = ({ dueMs }: Analysis): number => dueMs ?? Number.MAX_SAFE_INTEGER;
  return { open: analyses.open.toSorted((a, b) => termOf(a) - termOf(b) || a.openedMs - b.openedMs).map(view), concluded: analyses.concluded.slice(0, CONCLUDED_SHOWN_MAX).map(view), overdue: overdueAnalyses(analyses, nowMs).length };
}

export function followUpsSection(plant: Plant, { aftermath: { followUps } }: StationState, nowMs: number): View['followUps'] {
  const view = (each: FollowUp): FollowUpView => ({ ...each, procedures: each.procedures.map((id) => named(plant, id)), overdue: isFollowUpOverdue(each, nowMs) });
  return { open: followUps.open.toSorted((a, b) => a.dueMs - b.dueMs || a.openedMs - b.openedMs).map(view), over: followUps.over.slice(0, OVER_SHOWN_MAX).map(view), overdue: overdueFollowUps(followUps, nowMs).length };
}

/** Hundreds of conditions, and next to never another answer: made anew only when something was shown, or has become due. */
export class ReadinessView {
  readonly #plant: Plant;
  #of: Readiness | null = null;
  #madeMs = 0;
  #untilMs: number | null = null;
  #section: ReadinessSection | null = null;

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  section({ aftermath: { readiness } }: StationState, nowMs: number): ReadinessSection {
    if (this.#section !== null && this.#of === readiness && nowMs >= this.#madeMs && (this.#untilMs === null || nowMs < this.#untilMs)) return this.#section;
    [this.#of, this.#madeMs, this.#untilMs] = [readiness, nowMs, nextDueMs(readiness, nowMs)];
    this.#section = readinessSection(this.#plant, readiness, nowMs);
    return this.#section;
  }
}

export function readinessSection(plant: Plant, readiness: Readiness, nowMs: number): ReadinessSection {
  const marks = (of: (mark: Mark) => MarkNow): ReadinessSection['procedures'][number]['marks'] => ({ riskAssessment: shown(of('riskAssessment')), procedure: shown(of('procedure')), training: shown(of('training')), drill: shown(of('drill')) });
  return {
    againMs: SHOWN_AGAIN_MS,
    procedures: plant.pack.procedures.slice(0, PROCEDURES_MAX).map(({ id, title, version }) => ({ id, title, version, marks: marks((mark) => markOf(readiness, id, mark, nowMs)) })),
    conditions: plant.triggers.slice(0, CONDITIONS_MAX).map(({ id, title, clauses, starts }) => {
      const procedures = starts.filter((each) => plant.procedures.has(each)).slice(0, STARTS_MAX);
      return { id, title, clauses: clauses.slice(0, 20), procedures, marks: marks((mark) => conditionMark(readiness, procedures, mark, nowMs)) };
    }),
    omitted: Math.max(0, plant.triggers.length - CONDITIONS_MAX),
  };
}

function shown({ state, shown: by }: MarkNow): MarkView {
  const document = by === null ? '' : [by.document, by.revision].filter((each) => each !== '').join(' / ');
  return { state, atMs: by?.atMs ?? null, source: by?.source ?? null, document: document === '' ? null : document };
}
