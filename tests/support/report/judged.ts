/**
 * A JudgedIncident by hand: real packs, made-up facts, and as little of a draft as the judges read. Facts are told one after the other and
 * numbered as a journal would; what a story does not tell did not happen.
 */
import type { IncidentReport } from '../../../src/contract/report.ts';
import type { Evidence } from '../../../src/contract/evidence.ts';
import type { Role } from '../../../src/contract/refusal.ts';
import type { RecordedClause } from '../../../src/domain/packs/recorded-pack.ts';
import type { ConditionDef, PlantPack, ProcedureDef } from '../../../src/domain/packs/schema.ts';
import type { CourseEvent } from '../../../src/domain/procedures/course-events.ts';
import type { Place } from '../../../src/domain/procedures/places.ts';
import { AROUND_MS } from '../../../src/domain/report/incident.ts';
import type { JudgedIncident, NumberedFact, ReportDraft } from '../../../src/domain/report/incident.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { FactMap, FactType } from '../../../src/domain/station/facts.ts';
import { cautionItems } from '../../../src/domain/station/gates/run-facts.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import type { Plant } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import type { StationState } from '../../../src/domain/station/state.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';
import { evidenceOf } from '../procedures/evidence-for.ts';
import { shippedPack, T0 } from '../../unit/domain/bench.ts';

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const INCIDENT = 'I-1';

let register: readonly RecordedClause[] | null = null;
/** The register as it goes into the journal. */
export function registeredClauses(): readonly RecordedClause[] {
  register ??= loadPacks({ rulesDir: 'rules', proceduresDir: 'procedures' }).clauses.map(({ id, kind, text }) => ({ id, kind, text }));
  return register;
}

const plants = new Map<PlantPack, Plant>();
const plantOf = (pack: PlantPack): Plant => {
  const known = plants.get(pack) ?? makePlant(pack);
  plants.set(pack, known);
  return known;
};

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type EventToTell = DistributiveOmit<CourseEvent, 'atMs'>;

/** Where an event leads, as far as a story needs it. */
const PLACE_AFTER: Partial<Record<CourseEvent['type'], Place>> = { START: 'retreating', STOP: 'stopping', SAFE_PROVED: 'safe', SAFE_LOST: 'retreating', INVESTIGATE: 'investigating', READY: 'readyToReturn', RETURNED: 'closed' };

export const OPERATOR = 'li.na';
export const SUPERVISOR = 'wang.wei';
export const ENGINEER = 'zhao.min';
/** Names that must never stand in a sentence. */
export const NAMES = ['李娜', '王伟', '赵敏', '陈刚', OPERATOR, SUPERVISOR, ENGINEER];

export class Story {
  readonly plant: Plant;
  nowMs = T0;
  n = 100;
  before: StationState;
  mode: ReportDraft['mode'] = 'OPERATION';
  openedMs = T0;
  closedMs: number | null = null;
  readonly records: NumberedFact[] = [];
  /** Sections of the draft that a story fills. */
  draft: Partial<Pick<ReportDraft, 'actions' | 'causes' | 'followUps' | 'recording'>> = {};
  readonly #places = new Map<string, Place>();
  #runs = 0;

  /** Everything is known and as it should be before it: keys off, cameras seen. */
  constructor(pack: PlantPack | string = 'h2o2') {
    this.plant = plantOf(typeof pack === 'string' ? shippedPack(pack) : pack);
    const { interlocks, zones } = this.plant.pack;
    this.before = {
      ...EMPTY_STATE, link: 'connected', lastFactMs: T0 - AROUND_MS,
      interlocks: Object.fromEntries(interlocks.map(({ id }) => [id, { state: 'armed' as const, approved: false, sinceMs: T0 - HOUR }])),
      cameras: Object.fromEntries(zones.flatMap(({ cameras }) => cameras.map(({ id }) => [id, { state: 'seen' as const, parts: [], sinceMs: T0 - HOUR }]))),
    };
  }

  pass(ms: number): this {
    this.nowMs += ms;
    return this;
  }

  tell<T extends FactType>(type: T, data: FactMap[T], by: string | null = null, role?: Role): this {
    this.records.push({ n: this.n, wallMs: this.nowMs + 3_000, fact: fact(type, this.nowMs, by, data, role) });
    this.n += 1;
    return this;
  }

  open(firstCondition: string | null = null): this {
    this.openedMs = this.nowMs;
    return this.tell('incident.opened', { incident: INCIDENT, firstCondition });
  }

  close(): this {
    this.closedMs = this.nowMs;
    return this.tell('incident.closed', { incident: INCIDENT });
  }

  condition(id: string, state: 'raised' | 'cleared' | 'unknown' = 'raised', value: number | null = 61): this {
    return this.tell('condition.changed', { id, state, sourceMs: this.nowMs, input: 'TI-4201', value, limit: 60 });
  }

  alarm(id: string, more: Partial<FactMap['alarm.raised']> = {}): this {
    return this.tell('alarm.raised', { id, priority: 1, sourceMs: this.nowMs, group: null, input: null, value: null, limit: null, firstOut: true, class: 'safety', answerByMs: this.nowMs + MINUTE, ...more });
  }

  /** Its alarm, answered after a while. */
  answered(id: string, afterMs = 10 * SECOND, more: Partial<FactMap['alarm.raised']> = {}): this {
    return this.alarm(id, more).pass(afterMs).tell('alarm.acknowledged', { id, inTime: afterMs <= MINUTE, afterMs }, OPERATOR);
  }

  procedure(id: string): ProcedureDef {
    const found = this.plant.procedures.get(id);
    if (found === undefined) throw new Error(`no procedure ${id}`);
    return found;
  }

  /** Raises a procedure; the answer is its instance. Watched prohibitions are told as given. */
  raise(id: string, because: readonly string[] = [], { version, prohibitions = 'kept' }: { version?: number; prohibitions?: 'kept' | 'violated' | 'unknown' | 'untold' } = {}): string {
    const def = this.procedure(id);
    this.#runs += 1;
    const instance = `${id}:${this.#runs}`;
    this.tell('procedure.raised', { instance, procedure: id, version: version ?? def.version, sourceHash: this.plant.pack.sourceHashes[id] ?? '', because });
    this.#places.set(instance, 'raised');
    for (const prohibition of def.prohibitions) if (prohibition.watchedBy !== undefined && prohibitions !== 'untold') this.tell('prohibition.changed', { instance, id: prohibition.id, clause: prohibition.clause, state: prohibitions });
    for (const zone of def.people.zones) this.people(zone, 0, 0);
    return instance;
  }

  move(instance: string, event: EventToTell): this {
    const place = PLACE_AFTER[event.type] ?? this.#places.get(instance) ?? 'raised';
    this.#places.set(instance, place);
    return this.tell('procedure.moved', { instance, event: { ...event, atMs: this.nowMs } as CourseEvent, place }, 'by' in event ? event.by : null);
  }

  start(instance: string): this {
    return this.move(instance, { type: 'START', by: OPERATOR, dueMs: this.nowMs + MINUTE });
  }

  /** Begun, every step of the way proved within a second, safe. */
  walk(instance: string): this {
    const def = this.procedure(instance.replace(/:\d+$/u, ''));
    this.start(instance);
    for (const { id, proof } of def.steps) {
      this.pass(SECOND);
      for (const each of proof) if ('signed' in each) this.move(instance, { type: 'SIGNED', proof: each.id, by: OPERATOR, role: 'operator', note: '' });
      this.move(instance, { type: 'STEP_DONE', step: id, by: 'tags', dueMs: this.nowMs + MINUTE });
    }
    for (const { id, within } of def.deadlines) this.move(instance, { type: 'DEADLINE', id, state: 'running', dueMs: this.nowMs + within }).move(instance, { type: 'DEADLINE', id, state: 'met', dueMs: this.nowMs + within });
    return this.pass(SECOND).move(instance, { type: 'SAFE_PROVED' });
  }

  /** A step of the handling as it should be: cautions read, permitted, every proof signed with its evidence and acknowledged at the post, done. */
  work(instance: string, stepId: string, { without = [], witness = OPERATOR, evidence = {}, forMs = 10 * MINUTE, unread = false, end = 'STEP_DONE' }: { without?: readonly string[]; witness?: string | null; evidence?: Evidence; forMs?: number; unread?: boolean; end?: 'STEP_DONE' | 'STEP_SKIPPED' | 'none' } = {}): this {
    const def = this.procedure(instance.replace(/:\d+$/u, ''));
    const step = [...def.steps, ...def.handling].find(({ id }) => id === stepId);
    if (step === undefined) throw new Error(`no step ${stepId}`);
    if (!unread) for (const item of cautionItems(step)) this.move(instance, { type: 'ACKNOWLEDGED', item, by: SUPERVISOR });
    this.move(instance, { type: 'PERMITTED', step: stepId, by: SUPERVISOR, dueMs: this.nowMs + HOUR }).pass(forMs);
    for (const proof of step.proof) {
      if ('when' in proof || without.includes(proof.id)) continue;
      const record = proof.evidence === undefined ? {} : { evidence: { ...evidenceOf(proof.evidence, this.nowMs, proof), ...evidence, kind: proof.evidence } };
      this.move(instance, { type: 'SIGNED', proof: proof.id, by: ENGINEER, role: 'engineer', note: '', ...record, ...(witness === null ? {} : { witness }) });
    }
    if (end === 'none') return this;
    return end === 'STEP_DONE' ? this.move(instance, { type: 'STEP_DONE', step: stepId, by: ENGINEER, dueMs: this.nowMs + HOUR }) : this.move(instance, { type: 'STEP_SKIPPED', step: stepId, by: SUPERVISOR, reason: 'x', dueMs: this.nowMs + HOUR });
  }

  permit(kind: FactMap['permit.issued']['kind'], zone: string, more: Partial<FactMap['permit.issued']> = {}): this {
    return this.tell('permit.issued', { number: `WP-${this.n}`, kind, scope: 'x', zone, holder: '陈刚', approver: '王伟', fromMs: this.nowMs, untilMs: this.nowMs + 8 * HOUR, isolation: [{ by: 'blind', number: 'B-12' }], ...more }, SUPERVISOR);
  }

  /** A zone is concerned and counted. `stage` null: it stands as it stood. */
  people(zone: string, count: number | null, limit: number, stage: 'unclear' | 'reconnaissance' | 'handling' | null = 'unclear', by: string | null = null): this {
    if (stage !== null) this.tell('people.staged', { zone, stage, assessment: stage === 'unclear' ? '' : 'looked at' }, by);
    return this.tell('people.changed', { zone, count, limit, state: count === null ? 'unknown' : count > limit ? 'exceeded' : 'within' });
  }

  enter(zone: string, more: Partial<FactMap['people.entered']> = {}, by: string = SUPERVISOR): this {
    const confirmed = this.plant.pack.zones.find(({ id }) => id === zone)?.protection ?? [];
    return this.tell('people.entered', { zone, entry: `E-${this.n}`, name: '陈刚', task: 'look', part: `part ${this.n}`, gasDetector: 'GD-07', confirmed, ...more }, by);
  }

  /** Both posts, held by two people. */
  posts(): this {
    return this.tell('post.taken', { post: 'commander', user: SUPERVISOR, name: '王伟' }, SUPERVISOR).tell('post.taken', { post: 'watch', user: OPERATOR, name: '李娜' }, OPERATOR);
  }

  /** The judged incident, of all clauses or of one. */
  judged(clause?: string): JudgedIncident {
    const { plant, before, records, openedMs, closedMs } = this;
    const incident = { id: INCIDENT, openedMs, closedMs, firstCondition: null, fromMs: openedMs - AROUND_MS, toMs: (closedMs ?? this.nowMs) + AROUND_MS };
    const clauses = registeredClauses().filter(({ id }) => clause === undefined || id === clause);
    return { plant, packHash: 'a'.repeat(64), clauses, incident, records: [...records], before, draft: { ...draftOf(this, incident), ...this.draft } };
  }
}

const person = (key: string, user: string, name: string): IncidentReport['people']['directory'][number] => ({ key, label: { zh: key, en: key }, user, name, roles: [] });

function draftOf({ plant, mode }: Story, incident: ReportDraft['incident']): ReportDraft {
  return {
    mode, incident, plant: { id: plant.pack.id, title: plant.pack.title, site: null, packHash: 'a'.repeat(64) }, product: { version: '0' },
    timeline: { events: [], left: 0 }, firstOuts: [], conditions: [], alarms: { raises: [], left: 0 }, trends: [], marks: [], interlocks: [], procedures: [], refusals: [],
    people: { directory: [person('P1', OPERATOR, '李娜'), person('P2', SUPERVISOR, '王伟'), person('P3', ENGINEER, '赵敏')], zones: [], rollCalls: [] },
    command: { retreats: [], posts: [], handOvers: [], orders: [] }, kpi: [], causes: { stated: [], chains: [], factors: [], concluded: null }, actions: [], followUps: [], signatures: [], recording: null,
  };
}

/** The plant that a clause belongs to: that of its annex, H2O2 for the rest. */
export function plantFor(clause: string): string {
  const annex = /^A(\d)\./u.exec(clause)?.[1];
  return annex === '1' ? 'fine-chemicals' : annex === '2' ? 'ammonium-nitrate' : annex === '3' ? 'ammonia-synthesis' : 'h2o2';
}

/** A shipped pack with some of it said otherwise. */
export const packWith = (id: string, change: (pack: PlantPack) => Partial<PlantPack>): PlantPack => { const pack = shippedPack(id); return { ...pack, ...change(pack) }; };

export const triggerOf = (story: Story, clause: string): ConditionDef => {
  const found = story.plant.triggers.find(({ clauses }) => clauses.includes(clause));
  if (found === undefined) throw new Error(`no trigger of ${clause}`);
  return found;
};
