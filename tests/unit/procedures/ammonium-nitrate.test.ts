/** Annex 2 and section 4 in the procedures of the ammonium nitrate plant: what each clause demands of them. Pack data and the condition engine; not the machine. */
import { describe, expect, test } from 'vitest';
import { continuousNodeId, optionNodeId, proofNodeId } from '../../../src/domain/conditions/compile.ts';
import type { ProcedureDef, ProofDef, Sets, StepDef } from '../../../src/domain/packs/schema.ts';
import { ammoniumNitrateNormal } from '../../support/rules/normal-values.ts';
import { PlantStory, shippedPlant } from '../../support/rules/plant-story.ts';
import type { Values } from '../../support/rules/plant-story.ts';

/** Slopes are known only after half their window: stories that need a slope to be told flat run for 3 to 25 min. */
const pack = shippedPlant('ammonium-nitrate');
const normal = ammoniumNitrateNormal(pack);
const procedures = new Map(pack.procedures.map((one) => [one.id, one]));
const MIN = 60_000;
const HOUR = 60 * MIN;

function procedure(id: string): ProcedureDef {
  const found = procedures.get(id);
  if (found === undefined) throw new Error(`no procedure ${id}; there are ${[...procedures.keys()].join(' ')}`);
  return found;
}
const allSteps = (p: ProcedureDef): StepDef[] => [...p.steps, ...p.handling];
function step(id: string, stepId: string): StepDef {
  const found = allSteps(procedure(id)).find((one) => one.id === stepId);
  if (found === undefined) throw new Error(`${id} has no step ${stepId}`);
  return found;
}
const setBy = (p: ProcedureDef): Sets => Object.assign({}, ...p.steps.map((one) => one.sets)) as Sets;
const proofsOf = (p: ProcedureDef): ProofDef[] => allSteps(p).flatMap((one) => one.proof);
const showing = (p: ProcedureDef, what: string): string[] => proofsOf(p).filter((one) => one.shows === what).map((one) => one.evidence ?? '');
const startsOf = (condition: string): string[] => {
  const found = pack.conditions.find((one) => one.id === condition);
  if (found === undefined) throw new Error(`no condition ${condition}`);
  return [...found.starts];
};
const triggers = pack.conditions.filter((one) => one.role === 'trigger').map((one) => one.id);
const story = (given: Values = {}): PlantStory => new PlantStory(pack, { ...normal, ...given });
/** The procedures that are raised after these values have stood for so long. */
const raisedBy = (values: Values, runMs: number): string[] => story().set(values).run(runMs, 5_000).state.runs.map((run) => run.procedure);
const chosen = (told: PlantStory, id: string, stepId: string): string[] => step(id, stepId).options.filter((one) => one.when !== undefined && told.isRaised(optionNodeId(id, stepId, one.id))).map((one) => one.id);

/** The first match says which procedure a trigger starts, and there is exactly one. */
const ANSWERS: readonly (readonly [prefix: string, procedure: string])[] = [
  ['C-A2.10', 'P-A2.10'], ['C-A2.11', 'P-A2.11'], ...['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((n) => [`C-A2.${n}`, `P-A2.${n}`] as const),
  ['C-4.1.1(1)', 'P-4.1.1-AN'], ['C-4.1.1(2)', 'P-4.1.1-AN'], ['C-4.1.1(4)', 'P-4.1.1-AN'], ['C-4.1.1(3)', 'P-4.1.1(3)-AN'], ['C-4.1.1(5)', 'P-4.1.1(5)-AN'], ['C-H.3', 'P-4.1.1(5)-AN'], ['C-4.1.2', 'P-4.1.2-AN'],
];

describe('A2.1(1) A2.1(2) A2.2 A2.3 A2.4(1) A2.4(2) A2.4(3) A2.5 A2.6 A2.7 A2.8 A2.9 A2.10 A2.11 every abnormal condition starts the procedure that fits', () => {
  test('4.1.1(1) 4.1.1(2) 4.1.1(3) 4.1.1(4) 4.1.1(5) 4.1.2 A2.1(1) no trigger is left without one, those of the general rules among them', () => {
    const wrong = triggers.filter((id) => {
      const expected = ANSWERS.find(([prefix]) => id.startsWith(prefix))?.[1];
      return expected === undefined || startsOf(id).join(' ') !== expected;
    });
    expect(wrong.map((id) => `${id}: ${startsOf(id).join(' ')}`)).toEqual([]);
    expect(triggers.length).toBeGreaterThan(130);
  });

  test('A2.1(1) an evaporator, the neutraliser, the flash tank or the heap too hot lead to people out, not to clearing', () => {
    for (const id of ['C-A2.1(1)-TI-2401', 'C-A2.1(1)-TI-2402', 'C-A2.1(1)-TI-2205', 'C-A2.1(1)-TI-2211', 'C-A2.1(1)-TI-2602']) expect(startsOf(id), id).toEqual(['P-A2.1']);
  });

  test('4.1.2 the emergency stop on an idle plant finds one procedure: the one for the unforeseen', () => {
    expect(pack.procedures.filter((one) => one.clauses.includes('4.1.2')).map((one) => one.id)).toEqual(['P-4.1.2-AN']);
    expect(procedure('P-4.1.2-AN').modes).toContain('whole-plant-stop');
    expect(procedure('P-4.1.2-AN').people.limit).toBe(0);
  });
});

describe('A2.1(1) A2.1(2) A2.5 A2.11 4.2.1 4.2.3 people', () => {
  test.each([
    ['P-A2.1', 0, ['Z-2100', 'Z-2200', 'Z-2300', 'Z-2400', 'Z-2500', 'Z-2520', 'Z-2600']], ['P-A2.5', 2, ['Z-2200']], ['P-A2.11', 0, ['Z-2500', 'Z-2520']], ['P-4.1.2-AN', 0, ['Z-2100', 'Z-2600']], ['P-4.1.1(5)-AN', 0, ['Z-2100', 'Z-2600']],
  ] as const)('A2.1(2) A2.5 A2.11 4.2.1 limit of %s: %i people', (id, limit, zones) => {
    expect(procedure(id).people.limit).toBe(limit);
    expect(procedure(id).people.zones).toEqual(expect.arrayContaining([...zones]));
  });

  test('4.2.3 no procedure lets in more than two, and nobody goes in by the steps to the safe state', () => {
    expect(pack.procedures.filter((one) => one.people.limit > 2).map((one) => one.id)).toEqual([]);
    expect(pack.procedures.filter((one) => one.people.limit === 0 && one.handling.some((each) => each.direction === 'intervene')).map((one) => one.id)).toEqual([]);
  });

  test('4.1.1-modes the valves do not wait for people who walk out: every evacuation goes on at once', () => {
    const waiting = pack.procedures.flatMap((one) => one.steps.filter((each) => each.modes.includes('evacuation') && each.proceed !== 'at-once').map((each) => `${one.id} ${each.id}`));
    expect(waiting).toEqual([]);
    for (const id of ['P-A2.1', 'P-A2.4', 'P-A2.5', 'P-A2.8', 'P-A2.11', 'P-4.1.1-AN', 'P-4.1.1(3)-AN', 'P-4.1.1(5)-AN', 'P-4.1.2-AN']) expect(procedure(id).modes, id).toContain('evacuation');
  });
});

describe('A2.2 A2.3 A2.5 A2.6 A2.8 A2.11 4.3.2 4.4.1 4.4.3 what is forbidden is shown before the step and watched', () => {
  test.each([
    ['P-A2.2', 'A2.2', 'N-A2.2-RUNNING', 'NO-RUNNING'], ['P-A2.3', 'A2.3', 'N-A2.3-RESTORED', 'NO-RESTORING'], ['P-A2.5', 'A2.5', 'N-A2.5-PEOPLE', 'NO-MORE-THAN-2'], ['P-A2.5', 'A2.5', 'N-A2.5-HOT-WORK', 'NO-HOT-WORK'],
    ['P-A2.6', 'A2.6', 'N-A2.6-HEATING', 'NO-HEATING'], ['P-A2.6', 'A2.6', 'N-A2.6-FEEDING', 'NO-FEEDING'], ['P-A2.8', 'A2.8', 'N-A2.8-METAL', 'NO-METAL'], ['P-A2.8', 'A2.8', 'N-A2.8-PUMP', 'NO-PUMPING'], ['P-A2.8', 'A2.8', 'N-A2.8-TRACING', 'NO-TRACING'],
    ['P-A2.8', 'A2.8', 'N-A2.8-SOLUTION-PUMP', 'NO-SOLUTION-PUMPING'], ['P-A2.8', 'A2.8', 'N-A2.8-SOLUTION-TRACING', 'NO-SOLUTION-TRACING'], ['P-A2.11', 'A2.11', 'N-A2.11-LIFT', 'NO-LIFT'], ['P-A2.11', 'A2.11', 'N-A2.11-UP', 'NO-UP'],
    ['P-4.3.2-AN', '4.3.2', 'N-A2.8-METAL', 'NO-STRIKING'], ['P-A2.6', '4.3.2', 'N-A2.8-METAL', 'NO-STRIKING'], ['P-4.4-AN', '4.4.1', undefined, 'NO-VALVE-FOR-BLIND'], ['P-4.4-AN', '4.4.3', undefined, 'NO-PRESSURE-WORK'], ['P-4.4-AN', '4.3.3', undefined, 'NO-SENSES'],
  ])('A2.2 A2.3 A2.5 A2.6 A2.8 A2.11 4.3.2 4.4.1 4.4.3 %s, clause %s: %s', (id, clause, watchedBy, name) => {
    const found = procedure(id).prohibitions.find((one) => one.id === name);
    expect(found).toMatchObject({ clause });
    expect(found?.watchedBy).toBe(watchedBy);
    expect(found?.undo).toBeDefined();
    const [first] = procedure(id).steps;
    const before = [first?.prohibitions, ...procedure(id).steps.map((one) => one.prohibitions)].flat();
    expect(before).toContain(name);
  });

  test('A2.2 A2.3 A2.5 A2.6 A2.8 A2.11 the first step already shows it, except what only the handling can break', () => {
    for (const [id, name] of [['P-A2.2', 'NO-RUNNING'], ['P-A2.3', 'NO-RESTORING'], ['P-A2.5', 'NO-MORE-THAN-2'], ['P-A2.5', 'NO-HOT-WORK'], ['P-A2.6', 'NO-HEATING'], ['P-A2.6', 'NO-FEEDING'], ['P-A2.8', 'NO-METAL'], ['P-A2.11', 'NO-LIFT'], ['P-A2.11', 'NO-UP']] as const) expect(procedure(id).steps[0]?.prohibitions, id).toContain(name);
  });

  test('A2.8 4.3.2 each step in which people clear a plug says again that it is not struck', () => {
    for (const id of ['P-A2.8', 'P-4.3.2-AN', 'P-4.4-AN']) {
      const silent = procedure(id).handling.filter((one) => one.direction === 'intervene' && !one.prohibitions.some((name) => ['NO-METAL', 'NO-STRIKING'].includes(name)));
      expect(silent.map((one) => `${id} ${one.id}`)).toEqual([]);
    }
  });
});

describe('A2.1(1) A2.1(2) solution temperature, signs of decomposition, smoke', () => {
  test('A2.1(1) A2.1(2) people out, feeds and all heat off, then water where it is; each place by its tags, all three when it is not clear', () => {
    const { steps } = procedure('P-A2.1');
    expect(steps[0]).toMatchObject({ modes: ['evacuation'], proceed: 'at-once' });
    expect(setBy(procedure('P-A2.1'))).toMatchObject({ 'XV-2201': 'closed', 'XV-2202': 'closed', 'XV-2101': 'closed', 'XV-2301': 'closed', 'XV-2401': 'closed', 'XV-2402': 'closed', 'XV-2522': 'closed', 'XV-2302': 'open', 'XV-2203': 'open', 'XV-2404': 'open' });
    expect(step('P-A2.1', 'D').options.map((one) => one.id)).toEqual(['TANK', 'NEUTRALISER', 'EVAPORATOR', 'STORE', 'ALL']);
    expect(step('P-A2.1', 'D').default).toBe('ALL');
    expect(step('P-A2.1', 'D0').sets).toEqual({ 'XV-2302': 'open', 'XV-2203': 'open', 'XV-2404': 'open' });
  });

  test('A2.1(1) A2.1(2) the place is told by tags: tank, neutraliser, evaporator, store; two at once leave it to the default', () => {
    const hot = (values: Values): string[] => chosen(story().set(values).run(10_000), 'P-A2.1', 'D');
    expect(hot({ 'AI-2304': 60 })).toEqual(['TANK']);
    expect(hot({ 'PI-2206': 0.5 })).toEqual(['NEUTRALISER']);
    expect(hot({ 'TI-2402': 186 })).toEqual(['EVAPORATOR']);
    expect(hot({ 'TI-2602': 61 })).toEqual(['STORE']);
    expect(hot({ 'TI-2602': 61, 'AI-2304': 60 })).toEqual(['TANK', 'STORE']);
    expect(chosen(story().see('DECOMPOSITION-SIGNS'), 'P-A2.1', 'D')).toEqual([]);
  });

  test('A2.1(2) smoke from the store starts it too', () => {
    expect(story().see('STORE-SMOKE-YELLOW').state.runs.map((run) => run.procedure)).toEqual(['P-A2.1']);
  });
});

describe('A2.2 A2.3 A2.4(1) A2.4(2) A2.4(3) A2.5 the feeds', () => {
  test('A2.2 ammonia evaporation is stopped by the first step, the acid follows', () => {
    expect(step('P-A2.2', 'A')).toMatchObject({ sets: { 'XV-2101': 'closed', 'XV-2102': 'closed' }, within: 30_000 });
    expect(step('P-A2.2', 'B').sets).toEqual({ 'XV-2201': 'closed', 'XV-2202': 'closed' });
  });

  test.each(['P-A2.3', 'P-A2.4', 'P-A2.5'])('A2.3 A2.4(1) A2.4(2) A2.4(3) A2.5 %s stops both feeds in its first step', (id) => {
    expect(procedure(id).steps[0]).toMatchObject({ sets: { 'XV-2201': 'closed', 'XV-2202': 'closed' }, within: 30_000 });
  });

  test('A2.3 no return before the flows are steady, for 10 min', () => {
    expect(procedure('P-A2.3').returnConditions.find((one) => 'when' in one && one.when.kind === 'not' && one.when.of === 'E-A2.3-UNSTEADY')).toMatchObject({ for: 10 * MIN });
  });

  test('A2.4(1) A2.4(2) A2.4(3) the tank that turns acid too is diluted beside the steps', () => {
    expect(procedure('P-A2.4').continuous.map((one) => one.sets)).toEqual([{ 'XV-2301': 'closed', 'XV-2302': 'open' }]);
    expect(story().set({ 'AI-2302': 3 }).isRaised(continuousNodeId('P-A2.4', 'K1'))).toBe(true);
  });
});

describe('A2.6 down-leg plugged', () => {
  test('A2.6 feed off, steam off, vacuum and temperature looked at; condensate or hot water, or opened', () => {
    expect(setBy(procedure('P-A2.6'))).toMatchObject({ 'XV-2403': 'closed', 'XV-2401': 'closed', 'XV-2402': 'closed' });
    const looked = step('P-A2.6', 'C').proof.flatMap((one) => ('when' in one && one.when.kind === 'limit' ? [one.when.input] : []));
    expect(looked).toEqual(['PI-2401', 'PI-2402', 'TI-2401', 'TI-2402']);
    expect(step('P-A2.6', 'H1').options.map((one) => one.id)).toEqual(['CONDENSATE', 'HOT-WATER', 'OPEN']);
    expect(step('P-A2.6', 'H1').default).toBe('CONDENSATE');
    expect(step('P-A2.6', 'H2')).toMatchObject({ sets: { 'XV-2404': 'open' }, direction: 'hold' });
    expect(step('P-A2.6', 'H2D').options.map((one) => one.goto)).toEqual(['H4', 'H3', 'H5']);
  });

  test('A2.6 a hot evaporator gets condensate at once, a cool one does not', () => {
    const cool = story({ 'XV-2403': 'closed', 'XV-2401': 'closed', 'XV-2402': 'closed', 'P-2301A': 'stopped', 'FI-2312': 0 }).run(3 * MIN, 5_000);
    expect(chosen(cool, 'P-A2.6', 'D')).toEqual(['COOL-ENOUGH']);
    expect(chosen(cool.set({ 'TI-2402': 181 }), 'P-A2.6', 'D')).toEqual(['HOT']);
    expect(cool.isRaised(continuousNodeId('P-A2.6', 'K1'))).toBe(true);
    expect(step('P-A2.6', 'D').default).toBe('HOT');
  });
});

describe('A2.7 prilling stopped', () => {
  test('A2.7 steam off in the first step; less than 20 min in the seal tank, less than 30 in the intermediate tank', () => {
    expect(procedure('P-A2.7').steps[0]?.sets).toMatchObject({ 'XV-2411': 'closed', 'XV-2412': 'closed', 'XV-2501C': 'closed', 'XV-2502C': 'closed' });
    expect(procedure('P-A2.7').deadlines.map(({ clause, within, from, until, otherwise }) => [clause, within, from, until, otherwise.raise])).toEqual([['A2.7', 20 * MIN, 'start', 'F', 'P-A2.1'], ['A2.7', 30 * MIN, 'start', 'G', 'P-A2.1']]);
    expect(step('P-A2.7', 'E').sets).toEqual({ 'XV-2415': 'open', 'XV-2416': 'open' });
  });

  test('A2.7 stop for a repair and abnormal heat discharge at once, nothing decided discharges too', () => {
    const [abnormal, repair, short] = step('P-A2.7', 'C').options;
    expect([abnormal?.goto, repair?.goto, short?.goto, step('P-A2.7', 'C').default]).toEqual(['E', 'E', 'D', 'REPAIR']);
    expect(short?.when).toBeUndefined();
    const stopped: Values = { 'XS-2500': 'stopped', 'FI-2416': 0, 'P-2405': 'stopped', 'II-2413': 0, 'PI-2415': 0 };
    expect(chosen(story(stopped), 'P-A2.7', 'C')).toEqual([]);
    expect(chosen(story(stopped).set({ 'TI-2412': 183 }), 'P-A2.7', 'C')).toEqual(['ABNORMAL']);
    expect(chosen(story(stopped).bad('TI-2411').run(15_000), 'P-A2.7', 'C')).toEqual(['ABNORMAL']);
  });

  test('A2.7 each tank is discharged before its time, and both when they are hot', () => {
    expect(procedure('P-A2.7').continuous.map((one) => one.sets)).toEqual([{ 'XV-2415': 'open', 'XV-2416': 'open' }, { 'XV-2415': 'open' }, { 'XV-2416': 'open' }]);
    const near = (values: Values): boolean[] => ['K1', 'K2', 'K3'].map((id) => story(values).isRaised(continuousNodeId('P-A2.7', id)));
    expect([near({ 'KQ-2411': 15 }), near({ 'KQ-2412': 25 }), near({ 'TI-2411': 183 }), near({})]).toEqual([[false, true, false], [false, false, true], [true, false, false], [false, false, false]]);
  });

  test('A2.7 the way through waiting and discharging takes less than the 20 min of the seal tank', () => {
    const spent = ['C', 'D', 'E', 'F'].map((id) => step('P-A2.7', id).within).reduce((sum, ms) => sum + ms, 0);
    expect(spent + 4 * MIN).toBeLessThanOrEqual(20 * MIN);
  });
});

describe('A2.8 pump line blocked', () => {
  test('A2.8 pumps off first, then tracing; flushed with steam or desalted water, the power off and locked', () => {
    expect(procedure('P-A2.8').steps[0]).toMatchObject({ sets: { 'P-2405': 'stopped', 'P-2301A': 'stopped', 'P-2301B': 'stopped' }, within: 30_000 });
    expect(step('P-A2.8', 'C').sets).toEqual({ 'XV-2413': 'closed', 'XV-2311': 'closed' });
    expect(step('P-A2.8', 'H3').options.map((one) => one.id)).toEqual(['DESALTED-WATER', 'STEAM', 'OPEN']);
    expect(step('P-A2.8', 'H3').default).toBe('DESALTED-WATER');
    expect(showing(procedure('P-A2.8'), 'deenergised')).toEqual(['lock-and-tag', 'try-start']);
  });
});

describe('A2.9 A2.10 short stops of the mixing tanks', () => {
  test.each([['P-A2.9', 'TI-2501', 'XS-2501', 'A2.9', 4 * HOUR, 'XV-2501A', 'XV-2501B', 'XV-2501C'], ['P-A2.10', 'TI-2502', 'XS-2502', 'A2.10', HOUR, 'XV-2502A', 'XV-2502B', 'XV-2502C']] as const)('A2.9 A2.10 %s: 130 to 140 degC, its time, steam off, water and dump', (id, tag, state, clause, holdMs, water, dump, steam) => {
    const def = procedure(id);
    expect(def.deadlines.map((one) => [one.clause, one.within, one.from, one.until, one.otherwise.raise])).toEqual([[clause, holdMs, 'start', 'H', 'P-A2.1']]);
    expect(step(id, 'H')).toMatchObject({ within: holdMs, proceed: 'at-once' });
    for (const way of ['C', 'G']) expect(step(id, way).next ?? 'H').toBe('H');
    expect(def.steps[0]?.sets).toEqual({ [steam]: 'closed' });
    expect(step(id, 'E').sets).toEqual({ [water]: 'open', [dump]: 'open' });
    expect(step(id, 'B')).toMatchObject({ default: 'EMPTY' });
    const stop: Values = { [state]: 'short-stop', [steam]: 'closed' };
    const safe = proofNodeId(id, 'S2');
    const isSafe = (values: Values): boolean => story({ ...stop, ...values }).run(12 * MIN, 5_000).isRaised(safe);
    expect([isSafe({ [tag]: 135 }), isSafe({ [tag]: 140 }), isSafe({ [tag]: 130 }), isSafe({ [tag]: 141 }), isSafe({ [tag]: 129 }), isSafe({ [tag]: 100, [state]: 'empty' })]).toEqual([true, true, true, false, false, true]);
  });

  test('A2.9 above 160 degC in the stop water in and empty at once, 160 not yet; the short stop by itself starts the procedure', () => {
    const at = (celsius: number): string[] => chosen(story({ 'XS-2501': 'short-stop', 'TI-2501': celsius }).run(8 * MIN, 5_000), 'P-A2.9', 'B');
    expect([at(160), at(160.1), at(135)]).toEqual([['HOLD'], ['EMPTY'], ['HOLD']]);
    expect(raisedBy({ 'XS-2501': 'short-stop', 'TI-2501': 138 }, 10_000)).toEqual(['P-A2.9']);
    expect(story({ 'XS-2501': 'short-stop' }).isRaised(continuousNodeId('P-A2.9', 'K1'))).toBe(true);
    expect(procedure('P-A2.9').continuous[0]?.sets).toEqual({ 'XV-2501A': 'open', 'XV-2501B': 'open' });
  });

  test('A2.10 watched all the time: a rise empties at once, and so does a temperature that is not seen', () => {
    const held: Values = { 'XS-2502': 'short-stop', 'TI-2502': 140, 'XV-2502C': 'closed' };
    expect(procedure('P-A2.10').continuous[0]?.sets).toEqual({ 'XV-2502A': 'open', 'XV-2502B': 'open' });
    expect(raisedBy(held, 10_000)).toEqual(['P-A2.10']);
    const node = continuousNodeId('P-A2.10', 'K1');
    expect(story(held).run(5 * MIN, 5_000).isRaised(node)).toBe(false);
    expect(story(held).play([[0, { 'TI-2502': 140 }], [20, { 'TI-2502': 146 }]]).isRaised(node)).toBe(true);
    expect(story(held).bad('TI-2502').run(15_000).isRaised(node)).toBe(true);
  });

  test('A2.9 A2.10 emptying begins before the time is over', () => {
    expect(story({ 'XS-2501': 'short-stop', 'TI-2501': 135, 'KQ-2501': 3.5 }).isRaised(continuousNodeId('P-A2.9', 'K2'))).toBe(true);
    expect(story({ 'XS-2502': 'short-stop', 'TI-2502': 135, 'KQ-2502': 0.75 }).isRaised(continuousNodeId('P-A2.10', 'K2'))).toBe(true);
  });
});

describe('A2.11 the tower', () => {
  test('A2.11 feed off, lift locked and people down, water from afar, steam main off, and power as the case requires', () => {
    const ordered = procedure('P-A2.11').steps.slice(0, 4).map((one) => one.sets);
    expect(ordered).toEqual([{ 'XV-2520': 'closed', 'P-2405': 'stopped' }, { 'ZS-2530': 'locked' }, { 'XV-2521': 'open' }, { 'XV-2522': 'closed' }]);
    expect(step('P-A2.11', 'B').text.zh).toContain('步梯');
    expect(step('P-A2.11', 'F').options.map((one) => one.id)).toEqual(['OFF', 'KEEP']);
    expect(step('P-A2.11', 'H').sets).toEqual({ 'JS-2520': 'off' });
  });

  test('A2.11 the power stays while somebody is on the stairs; a head count that is not known leaves it to the default, off', () => {
    expect(chosen(story({ 'PC-2520': 1 }), 'P-A2.11', 'F')).toEqual(['KEEP']);
    expect(chosen(story({ 'PC-2520': 0 }), 'P-A2.11', 'F')).toEqual(['OFF']);
    expect(chosen(story().bad('PC-2520', 'PC-2500').run(15_000), 'P-A2.11', 'F')).toEqual([]);
    expect(step('P-A2.11', 'F').default).toBe('OFF');
    expect(step('P-A2.11', 'G').next ?? 'H').toBe('H');
  });
});

describe('A2.5 4.3.3 4.3.3(1) 4.3.3(2) 4.3.3(3) 4.3.3(4) 4.3.4 4.4.1 4.4.2 4.4.3 3.7 before anything is opened', () => {
  test.each([['P-A2.5', 'H7'], ['P-4.4-AN', 'H9']] as const)('A2.5 4.3.3(1) 4.3.3(2) 4.3.3(3) 4.3.3(4) 4.4.1 3.7 %s: permit, no pressure by two kinds, blinds, power off, gas test, another person, then %s', (id, opening) => {
    const def = procedure(id);
    const before = def.handling.slice(0, def.handling.findIndex((one) => one.id === opening));
    const evidence = (what: string): string[] => before.flatMap((one) => one.proof).filter((one) => one.shows === what).map((one) => one.evidence ?? '');
    expect(new Set(evidence('depressurised')).size).toBeGreaterThanOrEqual(2);
    expect(evidence('isolated')).toContain('blind');
    expect(evidence('deenergised')).toContain('lock-and-tag');
    expect(evidence('gas-free')).toContain('portable-test');
    expect(before[0]).toMatchObject({ kind: 'record' });
    expect(before.at(-1)).toMatchObject({ kind: 'hold' });
  });

  test('4.3.3(4) the gas is tested by meter and by the laboratory, with figures', () => {
    expect(showing(procedure('P-4.4-AN'), 'gas-free').sort()).toEqual(['laboratory', 'portable-test', 'portable-test']);
    expect(step('P-4.4-AN', 'H7').proof.flatMap((one) => ('figure' in one && one.figure !== undefined ? [one.figure.unit] : []))).toEqual(['ppm', '%']);
  });

  test('4.4.2 4.4.3 work under pressure only by assessment, wall thickness, plan and another person; opening without pressure is the default', () => {
    expect(step('P-4.4-AN', 'H2').default).toBe('OPEN');
    expect(step('P-4.4-AN', 'H2').options.map((one) => one.id)).toEqual(['OPEN', 'PRESSURE', 'LEAVE']);
    expect([step('P-4.4-AN', 'P1'), step('P-4.4-AN', 'P2'), step('P-4.4-AN', 'P3')].map((one) => one.kind)).toEqual(['record', 'record', 'hold']);
    expect(step('P-4.4-AN', 'P1').proof.some((one) => 'figure' in one && one.figure?.unit === 'mm')).toBe(true);
    expect(step('P-4.4-AN', 'P4').prohibitions).toContain('NO-PRESSURE-WORK');
  });

  test('4.3.4 protective equipment is written down before anybody goes in', () => {
    for (const id of ['P-A2.5', 'P-A2.8', 'P-4.3.2-AN', 'P-4.4-AN']) {
      const first = procedure(id).handling.findIndex((one) => one.direction === 'intervene');
      expect(procedure(id).handling.slice(0, first).flatMap((one) => one.proof).some((one) => one.text.zh.includes('防护装备')), id).toBe(true);
    }
  });

  test('4.3.3 no list of proof rests on the senses alone', () => {
    expect(pack.procedures.flatMap((one) => [...proofsOf(one), ...one.safeState, ...one.returnConditions]).filter((one) => 'signed' in one && one.senses).map((one) => one.id)).toEqual([]);
  });
});

describe('4.1.1(1) 4.1.1(2) 4.1.1(3) 4.1.1(4) 4.1.1(5) 4.1.2 4.3.2 the general procedures', () => {
  test('4.1.1(1) 4.1.1(2) 4.1.1(4) a part or the whole, by tags; the whole when it is not clear', () => {
    const where = (values: Values): string[] => chosen(story().set(values).run(5_000), 'P-4.1.1-AN', 'B');
    expect([where({ 'PSV-2201': true }), where({ 'MS-2501': 'fault' }), where({ 'GD-2207': 60 }), where({})]).toEqual([['NEUTRALISER'], ['MIXING'], ['LEAK'], []]);
    expect(step('P-4.1.1-AN', 'B').default).toBe('WHOLE');
    expect(step('P-4.1.1-AN', 'B').options.filter((one) => ['LEAK', 'WHOLE'].includes(one.id)).map((one) => step('P-4.1.1-AN', one.goto).modes)).toEqual([['evacuation'], ['evacuation']]);
  });

  test('4.1.1(3) without data the steps are hard-wired buttons that people sign; blind is the default; a safe state is from tags all the same', () => {
    const def = procedure('P-4.1.1(3)-AN');
    expect(step(def.id, 'A').default).toBe('BLIND');
    for (const id of ['B1', 'B2', 'B3']) expect(step(def.id, id).proof.every((one) => 'signed' in one), id).toBe(true);
    expect([step(def.id, 'B1'), step(def.id, 'B3')].every((one) => one.text.zh.includes('硬按钮'))).toBe(true);
    expect(chosen(story().bad('TI-2301A').run(40_000), def.id, 'A')).toEqual(['BLIND']);
    expect(chosen(story().set({ 'PI-2904': 0.5 }).run(5_000), def.id, 'A')).toEqual(['SEEN']);
    expect(chosen(story().see('DCS-PANEL-LOST'), def.id, 'A')).toContain('BLIND');
    expect(chosen(story().set({ 'JS-2901': false }).run(5_000), def.id, 'C5')).toEqual(['POWER']);
  });

  test('4.1.1(5) H.3 earthquake, wind and rain each have their way, and a person may raise it at the warning', () => {
    const def = procedure('P-4.1.1(5)-AN');
    expect(def.byHand).toBeDefined();
    for (const [seen, way] of [['EARTHQUAKE', 'EARTHQUAKE'], ['TYPHOON', 'WIND'], ['HEAVY-RAIN', 'RAIN'], ['NATURAL-DISASTER', 'OTHER'], ['WITHDRAWAL-ORDER', 'OTHER']] as const) {
      const told = story().see(seen);
      expect([told.state.runs.map((run) => run.procedure), chosen(told, def.id, 'F')], seen).toEqual([[def.id], [way]]);
    }
  });

  test('4.3.2 the method by the nature of the plug, the line and the medium: all three written down, water by default, by hand', () => {
    expect(procedure('P-4.3.2-AN').byHand).toBeDefined();
    expect(procedure('P-4.4-AN').byHand).toBeDefined();
    expect(step('P-4.3.2-AN', 'H1').proof).toHaveLength(3);
    expect(step('P-4.3.2-AN', 'H3').options.map((one) => one.id)).toEqual(['WATER', 'STEAM', 'CONDENSATE', 'OPEN']);
    expect(step('P-4.3.2-AN', 'H3').default).toBe('WATER');
  });
});

describe('4.1.1-modes the way to safety', () => {
  const everySet = [...pack.procedures.flatMap((one) => [...allSteps(one).map((each) => [`${one.id} ${each.id}`, each.sets] as const), ...one.continuous.map((each) => [`${one.id} ${each.id}`, each.sets] as const)]), ...pack.interlocks.map((one) => [one.id, one.sets] as const)];

  test('4.1.1-modes the steps to the safe state are retreat or hold, and none waits for another person to have looked', () => {
    expect(pack.procedures.flatMap((one) => one.steps.filter((each) => !['retreat', 'hold'].includes(each.direction) || each.kind === 'hold').map((each) => `${one.id} ${each.id}`))).toEqual([]);
  });

  test('4.1.1-modes no two procedures and no interlock of the plant command a tag to different states', () => {
    const wanted = new Map<string, Map<unknown, string>>();
    for (const [who, sets] of everySet) for (const [tag, state] of Object.entries(sets)) wanted.set(tag, (wanted.get(tag) ?? new Map<unknown, string>()).set(state, who));
    expect([...wanted].filter(([, states]) => states.size > 1).map(([tag, states]) => [tag, [...states]])).toEqual([]);
    expect(pack.interlocks.filter((one) => Object.keys(one.sets).length === 0).map((one) => one.id)).toEqual([]);
  });

  test('4.1.1-modes what is commanded is a state its tag has', () => {
    const tags = new Map(pack.tags.map((one) => [one.id, one]));
    expect(everySet.flatMap(([who, sets]) => Object.entries(sets).filter(([tag, state]) => { const def = tags.get(tag); return def?.kind !== 'discrete' || !def.states.includes(String(state)); }).map(([tag]) => `${who} ${tag}`))).toEqual([]);
  });

  test('4.1.1-modes every step can be reached and every path ends', () => {
    for (const def of pack.procedures) for (const list of [def.steps, def.handling]) expect(unreached(list, def), def.id).toEqual([]);
  });

  test('4.1.1-modes what is not safe leads to the next mode, and every chain ends with everybody out and the plant stopped', () => {
    for (const def of pack.procedures) {
      const seen: string[] = [];
      for (let at: ProcedureDef | undefined = def; at !== undefined && !seen.includes(at.id); at = at.ifNotSafe.raise === undefined ? undefined : procedures.get(at.ifNotSafe.raise)) seen.push(at.id);
      expect([def.id, seen.at(-1)]).toEqual([def.id, 'P-A2.1']);
    }
    expect(procedure('P-A2.1')).toMatchObject({ priority: 1, modes: expect.arrayContaining(['whole-plant-stop', 'evacuation']) as unknown });
  });

  test('4.1.1-modes the safe state is seen from tags alone, and a running plant is not safe', () => {
    const running = story();
    for (const def of pack.procedures) {
      expect(def.safeState.filter((one) => !('when' in one)).map((one) => one.id), def.id).toEqual([]);
      // Prilling and mixing may run: nothing stands in their tanks then.
      if (def.id !== 'P-A2.7') expect(def.safeState.every((one) => running.isRaised(proofNodeId(def.id, one.id))), def.id).toBe(false);
    }
  });

  test('4.1.1-modes a plant that its steps have stopped is safe, by every procedure', () => {
    const settled: Values = { 'FI-2201': 0, 'FI-2202': 0, 'PI-2206': 0.01, 'TI-2205A': 120, 'TI-2205B': 120, 'TI-2205C': 120, 'TI-2211': 100, 'FI-2302': 30, 'TI-2301A': 110, 'TI-2301B': 110, 'TI-2301C': 110, 'AI-2304': 1, 'TI-2401': 90, 'TI-2402': 120, 'LI-2411': 0, 'LI-2412': 0, 'TI-2411': 90, 'TI-2412': 90, 'KQ-2411': 0, 'KQ-2412': 0, 'FI-2416': 0, 'FI-2406': 0, 'FI-2312': 0, 'II-2413': 0, 'PI-2415': 0, 'TI-2414': 100, 'TI-2311A': 100, 'TI-2311B': 100, 'TI-2501': 60, 'TI-2502': 60, 'XS-2501': 'empty', 'XS-2502': 'empty', 'XS-2500': 'stopped', 'TI-2520A': 100, 'TI-2520B': 100, 'PC-2200': 0, 'PC-2520': 0, 'PIC-2101': 0.4, 'LI-2103': 2 };
    for (const def of pack.procedures) {
      const told = story({ ...settled, ...(setBy(procedure('P-4.1.2-AN')) as Values), ...(setBy(def) as Values) }).run(25 * MIN, 5_000);
      expect(def.safeState.filter((one) => !told.isRaised(proofNodeId(def.id, one.id))).map((one) => `${def.id} ${one.id} ${one.text.en}`)).toEqual([]);
    }
  });

  test('4.1.1-modes a value that is lost proves nothing safe', () => {
    for (const def of pack.procedures) {
      const [proof] = def.safeState;
      const tag = proof !== undefined && 'when' in proof && proof.when.kind === 'state' ? proof.when.input : undefined;
      if (tag !== undefined) expect(story(setBy(def) as Values).bad(tag).run(15_000).isRaised(proofNodeId(def.id, proof?.id ?? '')), def.id).toBe(false);
    }
  });
});

/** Steps of a list that no course leads to, or from which none leads to the end. */
function unreached(list: readonly StepDef[], def: ProcedureDef): string[] {
  const after = (index: number): string[] => {
    const one = list[index];
    if (one === undefined) return [];
    const onwards = one.options.length > 0 ? one.options.map((option) => option.goto) : [one.next ?? list[index + 1]?.id ?? 'end'];
    // In the handling the course does not go on when the time runs out.
    return [...onwards, ...(one.otherwise.goto === undefined || list === def.handling ? [] : [one.otherwise.goto])];
  };
  const indexOf = new Map(list.map((one, index) => [one.id, index]));
  const unknown = list.flatMap((_, index) => after(index)).filter((id) => id !== 'end' && !indexOf.has(id));
  const reached = new Set<string>();
  const walk = (id: string): void => {
    if (id === 'end' || reached.has(id)) return;
    reached.add(id);
    after(indexOf.get(id) ?? -1).forEach(walk);
  };
  if (list[0] !== undefined) walk(list[0].id);
  const ends = new Set(['end']);
  for (let grown = true; grown;) {
    grown = false;
    for (const [index, one] of list.entries()) if (!ends.has(one.id) && after(index).some((id) => ends.has(id))) { ends.add(one.id); grown = true; }
  }
  return [...unknown, ...list.filter((one) => !reached.has(one.id) || !ends.has(one.id)).map((one) => `${def.id} ${one.id}`)];
}
