/** A plant made ready: pack, machines, alarms and the condition engine, with look-ups by id. Everything but the engine is constant. */
import { alarmDefs } from '../alarms/own-alarms.ts';
import type { AlarmDef } from '../alarms/alarms.ts';
import { channelsOf, nodesOf, proofNodeId } from '../conditions/compile.ts';
import { ConditionEngine } from '../conditions/engine.ts';
import { FALSE, TRUE, UNKNOWN } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';
import { evidenceTruth } from '../proof/evidence-truth.ts';
import type { SignedEvidence } from '../proof/evidence-truth.ts';
import type { ConditionDef, InterlockDef, Measure, PlantPack, ProcedureDef, ProofDef } from '../packs/schema.ts';
import { EMPTY_ZONE_ROLL_CALL, isSignedByTwo } from '../people/roll-call.ts';
import { ownOf } from '../procedures/course-context.ts';
import { compileCourse } from '../procedures/course-table.ts';
import { machineOf } from '../procedures/machine.ts';
import type { CourseState } from '../procedures/machine.ts';
import { STATUS } from '../samples/sample.ts';
import type { Machines } from './evolve.ts';
import type { ProcedureRun, StationState } from './state.ts';

export interface Plant {
  readonly pack: PlantPack;
  readonly engine: ConditionEngine;
  readonly machines: Machines;
  readonly alarms: ReadonlyMap<string, AlarmDef>;
  /** Alarms that other conditions may suppress by design. */
  readonly suppressible: readonly AlarmDef[];
  /** Alarms whose conditions start a procedure, or that it forbids to break, by procedure. */
  readonly namedBy: ReadonlyMap<string, readonly string[]>;
  readonly conditions: ReadonlyMap<string, ConditionDef>;
  /** Picked out once: they are asked for at every batch of samples. */
  readonly triggers: readonly ConditionDef[];
  readonly prohibitions: readonly ConditionDef[];
  /** Parts whose onset a duration counts from: journaled though they raise no alarm, so that its clock runs on over a restart. */
  readonly timedParts: ReadonlySet<string>;
  readonly procedures: ReadonlyMap<string, ProcedureDef>;
  readonly interlocks: ReadonlyMap<string, InterlockDef>;
  /** Tags that interlocks vote on. */
  readonly initiators: readonly string[];
  /** Head-count tags of zones that two people have signed empty in the roll-call (decision 0011); absent: none. See `plantSeenBy`. */
  readonly signedEmpty?: ReadonlySet<string>;
}

/** One compilation: the table, and the machine that is made of it. */
function compiledOf(procedure: ProcedureDef, sourceHash: string) {
  const table = compileCourse(procedure);
  return { machine: machineOf(table), table, version: procedure.version, sourceHash };
}

export function makePlant(pack: PlantPack): Plant {
  const alarms = alarmDefs(pack);
  return {
    pack,
    engine: new ConditionEngine(channelsOf(pack), nodesOf(pack)),
    machines: new Map(pack.procedures.map((p) => [p.id, compiledOf(p, pack.sourceHashes[p.id] ?? '')])),
    alarms,
    suppressible: [...alarms.values()].filter((def) => def.suppressedWhile.length > 0),
    namedBy: new Map(pack.procedures.map((p) => [p.id, [...pack.conditions.filter((c) => c.starts.includes(p.id)).map((c) => c.id), ...p.prohibitions.flatMap(({ watchedBy }) => watchedBy ?? [])]])),
    conditions: new Map(pack.conditions.map((c) => [c.id, c])),
    triggers: pack.conditions.filter((c) => c.role === 'trigger'),
    prohibitions: pack.conditions.filter((c) => c.role === 'prohibition'),
    timedParts: new Set(nodesOf(pack).flatMap(({ measure }) => (measure.kind === 'duration' ? [measure.of] : []))),
    procedures: new Map(pack.procedures.map((p) => [p.id, p])),
    interlocks: new Map(pack.interlocks.map((i) => [i.id, i])),
    initiators: [...new Set(pack.interlocks.flatMap(({ causes }) => causes.flatMap(({ tags }) => tags ?? [])))],
  };
}

/**
 * Puts the engine back where the state says it was: raised conditions stay raised (unknown), results and observations
 * hold, each from its own time, so that a deadline goes on running over the restart. What follows from them and does not
 * stand in the journal (the power went between two records; a deadline passed while the station was off) is told next.
 */
export function restoreEngine(plant: Plant, state: StationState, nowMs: number): void {
  const { engine } = plant;
  engine.restore([...state.conditions.values()].filter((c) => c.held || c.state === 'unknown'));
  tellByPeople(plant, state);
  engine.advance(nowMs);
  const last = new Map(engine.drain().map((change) => [change.id, change]));
  const news = [...last.values()].filter(({ id, state: now }) => (state.conditions.get(id)?.state ?? 'cleared') !== now);
  engine.requeue(news.map((change) => ({ ...change, atMs: nowMs })));
}

/** A simulated plant was put back: conditions begin anew from what the state says of this course, on what the tags show now. */
export function beginEngineAgain(plant: Plant, state: StationState): void {
  plant.engine.beginAgain([...state.conditions.values()].filter(({ held }) => held));
  tellByPeople(plant, state);
}

/** Results and observations hold, each from its own time. */
function tellByPeople({ engine }: Plant, state: StationState): void {
  const byPeople = [
    ...Object.entries(state.labs).flatMap(([lab, results]) => results.map(({ value, atMs }) => ({ tag: `lab:${lab}`, value, atMs }))),
    ...Object.entries(state.observations).map(([observation, { present, atMs }]) => ({ tag: `seen:${observation}`, value: present, atMs })),
  ].sort((a, b) => a.atMs - b.atMs);
  for (const { tag, value, atMs } of byPeople) engine.push({ tag, value, status: STATUS.good, sourceMs: atMs, receivedMs: atMs });
}

/**
 * What a proof says now: tags through the engine, signed ones from the course. Senses alone are never final (4.3.3). One that a person
 * contests is not known; a person's word that it is so proves nothing where tags tell.
 */
export function proofTruth(plant: Plant, procedure: ProcedureDef, course: CourseState, proof: ProofDef, isPuttingBack = false): Truth {
  const truth = machineTruth(plant, procedure, course, proof, isPuttingBack);
  return truth === TRUE && ownOf(course.context.assessments, proof.id)?.assessment === 'contested' ? UNKNOWN : truth;
}

/** The machine's own assessment, whatever people say. `isPuttingBack`: asked for a step in which blinds and locks come out again. */
export function machineTruth(plant: Plant, procedure: ProcedureDef, course: CourseState, proof: ProofDef, isPuttingBack = false): Truth {
  if ('when' in proof) {
    const truth = plant.engine.truthOf(proofNodeId(procedure.id, proof.id)) ?? UNKNOWN;
    return truth === UNKNOWN && isSignedEmpty(plant, proof.when) ? TRUE : truth;
  }
  const signed = ownOf(course.context.signed, proof.id);
  if (signed === undefined) return UNKNOWN;
  // A figure outside its range was written down and proves the contrary.
  if (proof.figure !== undefined && (signed.figure === undefined || signed.figure < proof.figure.low || signed.figure > proof.figure.high)) return FALSE;
  const own = signedEvidence(course, proof);
  return own === null ? TRUE : evidenceTruth(own, besideOf(procedure, proof).flatMap((other) => signedEvidence(course, other) ?? []), plant.engine.nowMs, isPuttingBack);
}

/** What was signed for a proof, as evidence; null where 4.3.3 names no kind for it, or nobody has signed. */
function signedEvidence(course: CourseState, proof: ProofDef): SignedEvidence | null {
  const signed = 'when' in proof ? undefined : ownOf(course.context.signed, proof.id);
  if ('when' in proof || signed === undefined || proof.evidence === undefined) return null;
  return { kind: proof.evidence, evidence: signed.evidence, removed: signed.removed, figure: proof.figure };
}

/** Proofs of the same list that show the same thing: portable instrument and laboratory are held against each other (4.3.3(4)). */
function besideOf({ handling, returnConditions }: ProcedureDef, proof: ProofDef): readonly ProofDef[] {
  const list = [...handling.map((step) => step.proof), returnConditions].find((proofs) => proofs.some(({ id }) => id === proof.id)) ?? [];
  return list.filter(({ id, shows }) => id !== proof.id && shows !== undefined && shows === proof.shows);
}

/** An upper limit on the head count of a zone that two people have signed empty: what they say stands where the positioning says nothing. */
const isSignedEmpty = ({ signedEmpty }: Plant, measure: Measure): boolean =>
  signedEmpty !== undefined && measure.kind === 'limit' && signedEmpty.has(measure.input) && (measure.below !== undefined || measure.atOrBelow !== undefined);

/** The plant together with what a roll-call says of zones whose positioning is dead. Whoever asks proofs of a running procedure asks them of this. */
export function plantSeenBy(plant: Plant, { rollCall }: StationState): Plant {
  if (rollCall === null) return plant;
  const signed = plant.pack.zones.filter(({ id }) => Object.hasOwn(rollCall.zones, id) && isSignedByTwo(rollCall.zones[id] ?? EMPTY_ZONE_ROLL_CALL)).map(({ countTag }) => countTag);
  return signed.length === 0 ? plant : { ...plant, signedEmpty: new Set(signed) };
}

/** Truth of a boolean tag. */
export function tagTruth(plant: Plant, tag: string): Truth {
  const reading = plant.engine.readingOf(tag);
  if (reading === null || reading.quality !== 'good' || typeof reading.value !== 'boolean') return UNKNOWN;
  return reading.value ? TRUE : 0;
}

/** A run together with its procedure; null when the pack no longer has it or has another version (its state is not trusted then). */
export function procedureOf(plant: Plant, run: ProcedureRun): ProcedureDef | null {
  const compiled = plant.machines.get(run.procedure);
  return compiled !== undefined && compiled.version === run.version && compiled.sourceHash === run.sourceHash ? (plant.procedures.get(run.procedure) ?? null) : null;
}
