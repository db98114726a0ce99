/**
 * The trained crew of a script (`follow`): looks at what the console shows, and does what the procedures that run ask for, one deed after the other.
 * It knows nothing of any plant: every deed follows from the procedure's own steps, proofs and commands. A table of duties, the most urgent first.
 */
import { TRUE } from '../../domain/conditions/truth.ts';
import type { ProcedureDef, ProofDef, StepDef } from '../../domain/packs/schema.ts';
import { openZonesOf } from '../../domain/people/roll-call.ts';
import { ownOf } from '../../domain/procedures/course-context.ts';
import { placeOf, presentStepOf } from '../../domain/procedures/machine.ts';
import { commandingOf, givesWayOf } from '../../domain/station/commanding.ts';
import { cautionItems, isSafe } from '../../domain/station/gates/run-facts.ts';
import { plantSeenBy, proofTruth } from '../../domain/station/plant.ts';
import { openStepsOf, seenOption } from '../../domain/station/progress.ts';
import type { ProcedureRun } from '../../domain/station/state.ts';
import { acknowledge, confirm } from './acts.ts';
import { signatureOf, USER_OF } from './crew-accounts.ts';
import { Samples } from './samples.ts';
import type { Duty, Follow } from './script.ts';
import type { World } from './world.ts';

type Deed = () => Promise<unknown>;

/** The same deed is not tried again before so much plant time has gone, ms: a refusal stands for a while. */
const AGAIN_MS = 30_000;
/** People walk out within a minute; then the order is given again. */
const EVACUATE_AGAIN_MS = 90_000;
/** A way that no tag shows is chosen after so long, ms. */
const CHOOSE_AFTER_MS = 10_000;
/** Where what people say of a step still counts. */
const SIGNED_PLACES: readonly string[] = ['retreating', 'stopping', 'safe'];

export class Crew {
  readonly #world: World;
  readonly #follow: Follow;
  readonly #tried = new Map<string, number>();
  readonly #samples: Samples;
  #firstSignMs: number | null = null;
  #nextMs = 0;
  #hasLeft = false;

  constructor(world: World, follow: Follow) {
    this.#world = world;
    this.#follow = follow;
    this.#samples = new Samples(world, follow);
  }

  leave(): void {
    this.#hasLeft = true;
  }

  /** Does what is due now, at most one deed each `paceS`. */
  async look(): Promise<void> {
    const { nowMs } = this.#world;
    if (this.#hasLeft) return;
    await this.#samples.round();
    if (nowMs < this.#nextMs) return;
    if (this.#firstSignMs === null) {
      if (!this.#isAnythingWrong()) return;
      this.#firstSignMs = nowMs;
      this.#nextMs = nowMs + this.#follow.delayS * 1_000;
      if (this.#follow.delayS > 0) return;
    }
    const deed = this.#nextDeed();
    if (deed === null) return;
    this.#nextMs = nowMs + this.#follow.paceS * 1_000;
    await deed();
  }

  /** Nothing that it would do now; what was refused a moment ago does not count. */
  isIdle(): boolean {
    return this.#hasLeft || this.#duties().every(([duty, look]) => (duty !== null && this.#follow.without.includes(duty)) || [...look()].every(([key]) => this.#world.nowMs - (this.#tried.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS));
  }

  #isAnythingWrong(): boolean {
    const { state } = this.#world.station;
    return state.runs.length > 0 || state.noProcedure !== null || [...state.alarms.values()].some(({ acknowledged }) => !acknowledged) || [...this.#world.seen.values()].some(({ present }) => present);
  }

  #nextDeed(): Deed | null {
    for (const [duty, look] of this.#duties()) {
      if (duty !== null && this.#follow.without.includes(duty)) continue;
      for (const [key, deed] of look()) {
        const last = this.#tried.get(key);
        if (last !== undefined && this.#world.nowMs - last < AGAIN_MS) continue;
        this.#tried.set(key, this.#world.nowMs);
        return deed;
      }
    }
    return null;
  }

  /** Retreat first, then command, then the steps, then what people write down. */
  #duties(): readonly (readonly [Duty | null, () => Iterable<readonly [string, Deed]>])[] {
    return [
      [null, () => this.#retreat()], ['start', () => this.#start()], ['orders', () => this.#orders()], ['acknowledge', () => this.#acknowledge()], ['posts', () => this.#posts()],
      ['start', () => this.#own()], ['choose', () => this.#choose()], ['signatures', () => this.#read()], ['signatures', () => this.#sign()], ['signatures', () => this.#causes()], ['roll-call', () => this.#rollCall()], [null, () => this.#report()], [null, () => this.#laboratory()],
    ];
  }

  #isMine({ procedure }: ProcedureRun): boolean {
    return this.#follow.only === undefined || this.#follow.only.includes(procedure);
  }

  #runs(): { readonly run: ProcedureRun; readonly procedure: ProcedureDef }[] {
    const { station } = this.#world;
    return station.state.runs.flatMap((run) => { const procedure = station.plant.procedures.get(run.procedure); return procedure === undefined || !this.#isMine(run) ? [] : [{ run, procedure }]; });
  }

  /** Those on the way to the safe state. */
  #going() {
    return this.#runs().filter(({ run }) => ['retreating', 'stopping'].includes(placeOf(run.course)));
  }

  #isExcepted(...names: readonly string[]): boolean {
    return names.some((name) => this.#follow.except.includes(name));
  }

  /** Both buttons are in reach of one hand: whoever must leave is told in the same breath. */
  *#retreat(): Iterable<readonly [string, Deed]> {
    const { without } = this.#follow;
    const isStop = !without.includes('stop') && this.#isStopDue();
    const isEvacuate = !without.includes('evacuate') && this.#isEvacuationDue();
    if (!isStop && !isEvacuate) return;
    yield [`retreat ${isStop ? 'stop' : ''} ${isEvacuate ? 'evacuate' : ''}`, async () => {
      if (isStop) await this.#world.ask('retreat.stop');
      if (isEvacuate) await this.#world.ask('retreat.evacuate');
    }];
  }

  #isStopDue(): boolean {
    const { state } = this.#world.station;
    const isStopped = state.retreats.some(({ kind }) => kind === 'stop');
    return !isStopped && (state.noProcedure !== null || this.#runs().some(({ run, procedure }) => !isSafe(run) && procedure.modes.includes('whole-plant-stop')));
  }

  #isEvacuationDue(): boolean {
    const { state } = this.#world.station;
    const isAsked = this.#runs().some(({ run, procedure }) => !isSafe(run) && (procedure.modes.includes('evacuation') || [...procedure.steps].some(({ id, modes }) => modes.includes('evacuation') && !this.#isExcepted(id))));
    const isTooMany = Object.values(state.zones).some((zone) => zone.state === 'exceeded');
    const last = state.retreats.filter(({ kind }) => kind === 'evacuate').map(({ atMs }) => atMs);
    return (isAsked && last.length === 0) || (isTooMany && this.#world.nowMs - Math.max(0, ...last) > EVACUATE_AGAIN_MS);
  }

  *#start(): Iterable<readonly [string, Deed]> {
    for (const { run } of this.#runs()) if (placeOf(run.course) === 'raised') yield [`start ${run.instance}`, () => this.#world.ask('procedure.start', { instance: run.instance })];
  }

  *#own(): Iterable<readonly [string, Deed]> {
    for (const { run } of this.#runs()) if (run.course.context.owner === null && !isSafe(run)) yield [`own ${run.instance}`, () => this.#world.ask('procedure.own', { instance: run.instance, signature: signatureOf(USER_OF.operator) })];
  }

  /** Everything that one command asks for is one deed: a hand goes along the faceplates. */
  *#orders(): Iterable<readonly [string, Deed]> {
    const { station, described } = this.#world;
    const gives = givesWayOf(station.plant, station.state);
    for (const { instance, item, sets } of commandingOf(station.plant, station.state)) {
      const run = station.state.runs.find((each) => each.instance === instance);
      if (run === undefined || !this.#isMine(run) || this.#isExcepted(item)) continue;
      const wanted = Object.entries(sets).flatMap(([tag, state]) => {
        const isElsewhere = gives.some((each) => each.instance === instance && each.item === item && each.tag === tag);
        const position = this.#position(tag, state);
        return isElsewhere || position === null || this.#isExcepted(tag) || !described.devices.includes(tag) || this.#world.reading(tag) === state ? [] : [{ tag, position }];
      });
      if (wanted.length === 0) continue;
      yield [`order ${instance} ${item} ${wanted.map(({ tag }) => tag).join(' ')}`, async () => { for (const { tag, position } of wanted) await this.#world.order(tag, position); }];
    }
  }

  #position(tag: string, state: string | number | boolean): number | null {
    if (typeof state === 'number') return state;
    if (typeof state === 'boolean') return Number(state);
    if (['closed', 'stopped'].includes(state)) return 0;
    if (['open', 'running'].includes(state)) return 1;
    const def = this.#world.station.plant.pack.tags.find(({ id }) => id === tag);
    const index = def !== undefined && 'states' in def ? def.states.indexOf(state) : -1;
    return index < 0 ? null : Math.min(1, index);
  }

  *#acknowledge(): Iterable<readonly [string, Deed]> {
    const waiting = [...this.#world.station.state.alarms.values()].filter(({ acknowledged }) => !acknowledged);
    if (waiting.length > 0) yield [`acknowledge ${String(this.#world.nowMs)}`, () => acknowledge(this.#world)];
  }

  *#posts(): Iterable<readonly [string, Deed]> {
    const { state } = this.#world.station;
    if (state.runs.length === 0) return;
    if (state.commander === null) yield ['commander', () => this.#world.ask('post.commander', { signature: signatureOf(USER_OF.supervisor) }, USER_OF.supervisor)];
    if (state.watch === null) yield ['watch', () => this.#world.ask('post.watch', { signature: signatureOf(USER_OF.fieldOperator) }, USER_OF.fieldOperator)];
  }

  /** A way that the tags show is gone by the product itself; where they show none, the careful one after a moment. */
  *#choose(): Iterable<readonly [string, Deed]> {
    for (const { run, procedure } of this.#going()) {
      const step = presentStepOf(procedure, run.course);
      const record = step === null ? undefined : ownOf(run.course.context.steps, step.id);
      if (step === null || record === undefined || step.kind !== 'decide' || this.#isExcepted(step.id) || this.#world.nowMs - record.startedMs < CHOOSE_AFTER_MS) continue;
      const option = seenOption(this.#world.station.plant, procedure, step) ?? step.default ?? step.options[0]?.id;
      if (option !== undefined) yield [`choose ${run.instance} ${step.id}`, () => this.#world.ask('procedure.choose', { instance: run.instance, step: step.id, option, reason: '' })];
    }
  }

  /** Cautions are read and warnings given before the step is done. */
  *#read(): Iterable<readonly [string, Deed]> {
    for (const { run, procedure } of this.#going()) {
      for (const step of stepsOf(procedure, run)) {
        if (this.#isExcepted(step.id)) continue;
        const items = [...cautionItems(step), ...(step.kind === 'warn' ? [step.id] : [])].filter((item) => ownOf(run.course.context.acknowledged, item) === undefined);
        if (items.length > 0) yield [`read ${run.instance} ${items.join(' ')}`, () => this.#world.ask('procedure.acknowledge', { instance: run.instance, items: items.slice(0, 20) })];
      }
    }
  }

  /** A record that the course did not wait for is signed also when it is safe already. What only people can say, once what the tags can say of the same step is so. */
  *#sign(): Iterable<readonly [string, Deed]> {
    for (const { run, procedure } of this.#runs().filter(({ run: each }) => SIGNED_PLACES.includes(placeOf(each.course)))) {
      const isLast = presentStepOf(procedure, run.course) === null;
      const lists = [...stepsOf(procedure, run).filter(({ id }) => !this.#isExcepted(id)).map(({ proof }) => proof), ...procedure.continuous.filter(({ id }) => ['inEffect', 'overdue'].includes(ownOf(run.course.context.continuous, id)?.state ?? '')).map(({ proof }) => proof), ...(isLast ? [procedure.safeState] : [])];
      for (const proofs of lists) {
        if (!this.#areTagsThere(procedure, run, proofs)) continue;
        for (const proof of proofs) if ('signed' in proof && !this.#isExcepted(proof.id) && !this.#isProved(procedure, run, proof)) yield [`sign ${run.instance} ${proof.id}`, () => confirm(this.#world, run, proof.id)];
      }
    }
  }

  /** 3.5: why it tripped, by who knows the process, before anybody thinks of a reset. */
  *#causes(): Iterable<readonly [string, Deed]> {
    const { state } = this.#world.station;
    for (const [interlock, trip] of Object.entries(state.trips)) {
      if (trip.cause === null) yield [`cause ${interlock}`, () => this.#world.ask('interlock.cause', { interlock, text: 'looked at with the engineer', signature: signatureOf(USER_OF.engineer) }, USER_OF.engineer)];
    }
  }

  #areTagsThere(procedure: ProcedureDef, run: ProcedureRun, proofs: readonly ProofDef[]): boolean {
    return proofs.every((proof) => 'signed' in proof || this.#isProved(procedure, run, proof));
  }

  #isProved(procedure: ProcedureDef, run: ProcedureRun, proof: ProofDef): boolean {
    const { plant, state } = this.#world.station;
    return proofTruth(plantSeenBy(plant, state), procedure, run.course, proof) === TRUE;
  }

  /** Zone by zone, once the positioning reads nobody; where it is dead, by two people (decision 0011). */
  *#rollCall(): Iterable<readonly [string, Deed]> {
    const { state, plant } = this.#world.station;
    for (const zone of openZonesOf(state.rollCall)) {
      const def = plant.pack.zones.find(({ id }) => id === zone);
      const count = def === undefined ? null : this.#world.reading(def.countTag);
      if (count !== null && Number(count) > 0) continue;
      const signed = state.rollCall?.zones[zone]?.signed.map(({ user }) => user) ?? [];
      const by = [USER_OF.operator, USER_OF.supervisor].find((user) => !signed.includes(user));
      if (by !== undefined) yield [`roll ${zone} ${by}`, () => this.#world.ask('people.rollCall', { zone, empty: true, note: '', signature: signatureOf(by) }, by)];
    }
  }

  /** What somebody sees is told at the console. */
  *#report(): Iterable<readonly [string, Deed]> {
    const { state, plant } = this.#world.station;
    for (const [observation, { present, sinceMs }] of this.#world.seen) {
      const known = Object.hasOwn(state.observations, observation) ? state.observations[observation] : undefined;
      if ((known?.present ?? false) === present || this.#world.nowMs - sinceMs < this.#follow.delayS * 1_000 || this.#isExcepted(observation) || !plant.pack.observations.some(({ id }) => id === observation)) continue;
      yield [`see ${observation} ${String(present)}`, () => this.#world.ask('seen.report', { observation, present, note: '' })];
    }
  }

  /** Samples that are waited for; results when they come. */
  *#laboratory(): Iterable<readonly [string, Deed]> {
    yield* this.#samples.results();
    const waiting = this.#going().flatMap(({ run, procedure }) => [...stepsOf(procedure, run).flatMap(({ proof }) => proof), ...procedure.safeState]);
    yield* this.#samples.wanted(waiting);
  }
}

/** Present, and begun before and not done yet. */
function stepsOf(procedure: ProcedureDef, run: ProcedureRun): readonly StepDef[] {
  const present = presentStepOf(procedure, run.course);
  return [...new Map([...openStepsOf(procedure, run), ...(present === null ? [] : [present])].map((step) => [step.id, step])).values()];
}
