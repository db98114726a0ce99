/** Small procedures for stories, over the tags of the shipped peroxide plant: its rules run, its own procedures do not. */
import { procedureSchema } from '../../../src/domain/packs/schema.ts';
import type { PlantPack, ProcedureDef } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { investigate, startProcedure, raiseByHand } from '../../../src/domain/station/procedure-commands.ts';
import { Bench, calmValues, shippedPack } from './bench.ts';

type Raw = Readonly<Record<string, unknown>>;
const text = (en: string) => ({ zh: en, en });

/** Proved when a tag is in a state. */
export const byTag = (id: string, input: string, is: string | boolean, more: Raw = {}): Raw => ({ id, text: text(id), expected: text(String(is)), when: { kind: 'state', input, is }, ...more });
export const bySignature = (id: string, signed = 'engineer', more: Raw = {}): Raw => ({ id, text: text(id), expected: text('signed'), signed, ...more });
export const step = (id: string, more: Raw = {}): Raw => ({ id, who: 'operator', direction: 'retreat', text: text(`do ${id}`), within: '1 min', otherwise: text(`if ${id} does not come`), ...more });
export const valve = (id: string, tag: string, is = 'open', more: Raw = {}): Raw => step(id, { sets: { [tag]: is }, proof: [byTag(`${id}.1`, tag, is)], ...more });
export const option = (id: string, goto: string, when?: Raw): Raw => ({ id, text: text(id), because: text(`because ${id}`), goto, ...(when === undefined ? {} : { when }) });
export const words = text;

/** Safe when XV-4205 is open; the only steps are those that are given. */
export function procedure(id: string, more: Raw): ProcedureDef {
  return procedureSchema.parse({
    id, version: 1, plant: 'h2o2', clauses: ['4.1.1'], title: text(id), goal: text('safe'), priority: 2, people: { limit: 2, zones: ['Z-4200'] }, interlocks: ['I-4200'], modes: ['partial-stop'], prohibitions: [],
    safetyMeasures: [text('care')], shutdownConditions: [text('at once')], safeState: [byTag('S1', 'XV-4205', 'open')], safeWithin: '10 min', ifNotSafe: text('the next mode'),
    returnConditions: [byTag('R1', 'XV-4205', 'open'), bySignature('R2')], returnApprovals: ['supervisor', 'engineer'], ...more,
  });
}

/** The peroxide plant with these procedures and no others. */
export const packOf = (...procedures: readonly ProcedureDef[]): PlantPack => {
  const base = shippedPack();
  return { ...base, procedures, conditions: base.conditions.map((condition) => ({ ...condition, starts: [] })), sourceHashes: Object.fromEntries(procedures.map(({ id }) => [id, `hash-${id}`])) };
};

/** Calm, and the first procedure has been raised and started. */
export function begun(procedures: readonly ProcedureDef[], values: Readonly<Record<string, SampleValue>> = {}): Bench {
  const pack = packOf(...procedures);
  const bench = Bench.calm(pack, new Map([...calmValues(pack), ...Object.entries(values)]));
  const first = procedures[0]?.id ?? '';
  bench.do((c) => raiseByHand(c, first, 'a story', 'post'));
  bench.do((c) => startProcedure(c, bench.run(first).instance, 'post'));
  return bench;
}

/** Safe, with its handling opened. */
export function investigating(one: ProcedureDef, values: Readonly<Record<string, SampleValue>> = {}): Bench {
  const bench = begun([one], { 'XV-4205': 'open', ...values });
  bench.pass(1_000);
  bench.do((c) => investigate(c, bench.run(one.id).instance, 'post'));
  bench.pass(1_000);
  return bench;
}
