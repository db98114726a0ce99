/** A small plant made by hand for the stories of alarms: tags that a test sets, and one condition of each kind of alarm. */
import type { ConditionDef, PlantPack, ProcedureDef } from '../../../src/domain/packs/schema.ts';
import { Bench, shippedPack } from './bench.ts';

const text = (word: string) => ({ zh: word, en: word });
const AREAS = ['unit-a', 'unit-b'] as const;

export function condition(id: string, tag: string, more: Partial<ConditionDef> = {}): ConditionDef {
  return {
    id, clauses: ['4.1.1(1)'], title: text(id), priority: 3, role: 'warning', starts: [], measure: { kind: 'limit', input: tag, above: 10, deadband: 0 }, onDelay: 0, offDelay: 0, source: 'engineering-default', reason: 'a test',
    card: { cause: text('cause'), consequence: text('consequence'), action: text('action'), timeToAct: 600_000, timeNeeded: 60_000 }, ...more,
  };
}

const alarm = (settings: Partial<NonNullable<ConditionDef['alarm']>>): Pick<ConditionDef, 'alarm'> => ({ alarm: { latching: false, suppressedWhile: [], ...settings } });

/** Tag `T-x` decides condition `x`: above 10 is raised. */
export const CONDITIONS: readonly ConditionDef[] = [
  condition('plain', 'T-plain', { group: 'G' }),
  condition('second', 'T-second', { group: 'G', priority: 2 }),
  condition('urgent', 'T-urgent', { priority: 1, group: 'G' }),
  condition('slow', 'T-slow', { onDelay: 30_000 }),
  condition('trip', 'T-trip', { role: 'trigger', priority: 1, starts: ['P-1'] }),
  condition('early', 'T-early', { starts: ['P-1'] }),
  condition('latch', 'T-latch', alarm({ latching: true })),
  condition('gas', 'T-gas', { priority: 1, ...alarm({ class: 'fire-gas' }) }),
  condition('again', 'T-again', alarm({ reAlarm: 120_000 })),
  condition('stopped', 'T-stopped', { role: 'input' }),
  condition('flow', 'T-flow', alarm({ suppressedWhile: ['stopped'] })),
  condition('soft', 'T-soft', { priority: 4, card: { cause: text('c'), consequence: text('c'), action: text('a'), timeToAct: null, timeNeeded: 60_000 } }),
];

const PROCEDURE: ProcedureDef = {
  id: 'P-1', version: 1, plant: 'small', clauses: ['3.2'], title: text('P-1'), goal: text('goal'), priority: 1, answers: [], people: { limit: 0, zones: [] }, interlocks: [], modes: ['whole-plant-stop'], prohibitions: [],
  steps: [{ id: 'S1', kind: 'command', who: 'operator', direction: 'retreat', text: text('stop'), cautions: [], prohibitions: [], modes: [], sets: {}, within: 600_000, proceed: 'proved', options: [], proof: [{ id: 'p1', text: text('p'), expected: text('e'), when: { kind: 'limit', input: 'T-plain', below: -1, deadband: 0 }, for: 0 }], otherwise: text('stop') }],
  safetyMeasures: [text('m')], shutdownConditions: [text('s')], continuous: [], deadlines: [], handling: [], safeWithin: 600_000, ifNotSafe: text('further away'), safeState: [{ id: 's1', text: text('p'), expected: text('e'), when: { kind: 'limit', input: 'T-plain', below: -1, deadband: 0 }, for: 0 }],
  returnConditions: [{ id: 'r1', text: text('p'), expected: text('e'), signed: 'operator', senses: false }], returnApprovals: ['supervisor', 'engineer'],
};

export function smallPack(conditions: readonly ConditionDef[] = CONDITIONS): PlantPack {
  const tags = [...new Set(['T-plain', ...conditions.flatMap((c) => ('input' in c.measure ? [c.measure.input] : []))])];
  return {
    id: 'small', title: text('small'), namespaceUri: 'urn:small', areas: AREAS.map((id) => ({ id, title: text(id) })), zones: [], protection: [], labs: [], observations: [], hazards: [], interlocks: [], authority: shippedPack().authority, conditions: [...conditions], procedures: [PROCEDURE], sourceHashes: { 'P-1': 'x' },
    tags: tags.map((id, i) => ({ kind: 'analog' as const, id, area: AREAS[i % 2] as string, zh: id, en: id, unit: 'degC', low: -100, high: 100 })),
  };
}

/** The small plant, connected and calm. */
export function calmPlant(conditions: readonly ConditionDef[] = CONDITIONS): Bench {
  const pack = smallPack(conditions);
  const bench = new Bench(pack, new Map(pack.tags.map(({ id }) => [id, 0])));
  bench.link('connected');
  bench.pass(1_000);
  return bench;
}

/** Raises or ends conditions by their tags. */
export const raise = (bench: Bench, ...ids: string[]): void => bench.set(Object.fromEntries(ids.map((id) => [`T-${id}`, 20])));
export const end = (bench: Bench, ...ids: string[]): void => bench.set(Object.fromEntries(ids.map((id) => [`T-${id}`, 0])));
