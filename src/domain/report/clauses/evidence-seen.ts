/** Proofs that 4.3.3 asks for, as the records tell them: what was reached, what was signed, and what was written down with it. */
import { TRUE } from '../../conditions/truth.ts';
import type { Truth } from '../../conditions/truth.ts';
import type { ProcedureDef, ProofDef, Shown, StepDef } from '../../packs/schema.ts';
import { evidenceTruth } from '../../proof/evidence-truth.ts';
import type { SignedEvidence } from '../../proof/evidence-truth.ts';
import { eventsOf, stepsOf } from './runs-seen.ts';
import type { EventSeen, Mark, RunSeen } from './runs-seen.ts';
import type { CourseEvent } from '../../procedures/course-events.ts';

type Signed = EventSeen<Extract<CourseEvent, { type: 'SIGNED' }>>;

export interface StepSeen {
  readonly run: RunSeen;
  readonly def: ProcedureDef;
  readonly step: StepDef;
  readonly part: 'steps' | 'handling';
  /** Proved, or proved late; the last time. */
  readonly done: Mark | null;
  readonly skipped: Mark | null;
  /** People were let in on it. */
  readonly permitted: readonly (Mark & { readonly by: string; /** Until it was done, passed over or withdrawn. */ readonly toMs: number })[];
}

export function stepsSeen(runs: readonly RunSeen[], toMs: number): StepSeen[] {
  return runs.flatMap((run) => {
    const { def } = run;
    return def === null ? [] : stepsOf(def).map((step) => stepSeen(run, def, step, toMs));
  });
}

function stepSeen(run: RunSeen, def: ProcedureDef, step: StepDef, toMs: number): StepSeen {
  const ends = eventsOf(run, 'STEP_DONE', 'STEP_LATE', 'STEP_SKIPPED', 'WITHDRAWN', 'SAFE_LOST', 'STOP').filter(({ event }) => !('step' in event) || event.step === step.id);
  return {
    run, def, step, part: def.steps.includes(step) ? 'steps' : 'handling',
    done: eventsOf(run, 'STEP_DONE', 'STEP_LATE').findLast(({ event }) => event.step === step.id) ?? null,
    skipped: eventsOf(run, 'STEP_SKIPPED').findLast(({ event }) => event.step === step.id) ?? null,
    permitted: eventsOf(run, 'PERMITTED').filter(({ event }) => event.step === step.id).map(({ n, atMs, event }) => ({ n, atMs, by: event.by, toMs: ends.find((each) => each.n > n)?.atMs ?? run.closed?.atMs ?? toMs })),
  };
}

export interface ProofSeen {
  readonly of: StepSeen;
  readonly proof: ProofDef;
  /** Its own kind where the pack says so; a tag that names none is a pressure curve or its like. */
  readonly kind: string;
  readonly signed: Signed | null;
  /** What was signed, as it stood when the step was done; null where tags tell. */
  readonly truth: Truth | null;
}

/** The proofs of these shown things in steps that were done. */
export function proofsShown(steps: readonly StepSeen[], shown: readonly Shown[]): ProofSeen[] {
  return steps.filter(({ done }) => done !== null).flatMap((of) => of.step.proof.filter(({ shows }) => shows !== undefined && shown.includes(shows)).map((proof) => proofSeen(of, proof)));
}

const signedFor = ({ run, done }: StepSeen, proof: ProofDef): Signed | null => eventsOf(run, 'SIGNED').findLast(({ event, n }) => event.proof === proof.id && (done === null || n <= done.n)) ?? null;

function proofSeen(of: StepSeen, proof: ProofDef): ProofSeen {
  const kind = proof.evidence ?? ('when' in proof ? 'tag' : 'signature');
  if ('when' in proof) return { of, proof, kind, signed: null, truth: null };
  const signed = signedFor(of, proof);
  const own = evidenceOf(of, proof, signed);
  const others = of.step.proof.filter((other) => other.id !== proof.id && other.shows === proof.shows).flatMap((other) => evidenceOf(of, other, signedFor(of, other)) ?? []);
  return { of, proof, kind, signed, truth: own === null ? null : evidenceTruth(own, others, of.done?.atMs ?? 0, of.step.putsBack === true) };
}

function evidenceOf({ run, done }: StepSeen, proof: ProofDef, signed: Signed | null): SignedEvidence | null {
  if ('when' in proof || proof.evidence === undefined || signed === null) return null;
  const removed = eventsOf(run, 'REMOVED').filter(({ event, n }) => event.proof === proof.id && n > signed.n && (done === null || n < done.n)).map(({ event }) => event.number);
  return { kind: proof.evidence, evidence: signed.event.evidence, removed, figure: proof.figure };
}

export const isSensory = (proof: ProofDef): boolean => 'signed' in proof && proof.senses;
export const isShown = ({ truth }: ProofSeen): boolean => truth === TRUE;
