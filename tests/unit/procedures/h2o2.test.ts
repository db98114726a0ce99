/** What Annex 4 and section 4 demand of the peroxide plant's procedures, in both of its designs, held against the packs as they are shipped. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlantPack, ProcedureDef, Sets, StepDef } from '../../../src/domain/packs/schema.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const loaded = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') });
const DESIGNS = [...loaded.plants, ...loaded.otherDesigns()].filter(({ id }) => id === 'h2o2').map((pack) => [pack.design ?? '', pack] as const);
const pack = (design = 'co-current'): PlantPack => {
  const found = DESIGNS.find(([one]) => one === design)?.[1];
  if (found === undefined) throw new Error(`no design ${design}: ${JSON.stringify(loaded.findings.slice(0, 5))}`);
  return found;
};
const procedure = (id: string, design?: string): ProcedureDef => {
  const found = pack(design).procedures.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no procedure ${id}`);
  return found;
};
const allSteps = (one: ProcedureDef): StepDef[] => [...one.steps, ...one.handling];
const step = (id: string, stepId: string): StepDef => {
  const found = allSteps(procedure(id)).find((one) => one.id === stepId);
  if (found === undefined) throw new Error(`${id} has no step ${stepId}`);
  return found;
};
/** Procedures that the triggers of a clause start, where it is their first. */
const startedBy = (clause: string, design?: string): string[] => [...new Set(pack(design).conditions.filter((one) => one.role === 'trigger' && one.clauses[0] === clause).flatMap((one) => one.starts))].sort();
const starts = (condition: string): readonly string[] | undefined => pack().conditions.find(({ id }) => id === condition)?.starts;
/** The states that the steps to the safe state command together. */
const commanded = (one: ProcedureDef): Sets => Object.assign({}, ...one.steps.map(({ sets }) => sets)) as Sets;
const evidenceOf = (one: ProcedureDef, shows: string): string[] => [...new Set(one.handling.flatMap(({ proof }) => proof).flatMap((proof) => (proof.shows === shows && proof.evidence !== undefined ? [proof.evidence] : [])))].sort();
const measures = (one: ProcedureDef): unknown[] => [...one.steps.flatMap(({ proof }) => proof), ...one.safeState, ...one.returnConditions, ...one.handling.flatMap(({ proof }) => proof)].flatMap((proof) => ('when' in proof ? [proof.when] : []));

const PROCEDURES = ['P-4.1.1', 'P-4.1.1(3)', 'P-4.1.1(5)', 'P-4.1.2', 'P-4.3.2', 'P-4.4', 'P-A4.1', 'P-A4.10', 'P-A4.11', 'P-A4.2', 'P-A4.3', 'P-A4.4', 'P-A4.5', 'P-A4.6', 'P-A4.7', 'P-A4.8', 'P-A4.9'];

describe.each(DESIGNS)('4.1.1-modes every procedure of the design %s', (_design, plant) => {
  test('4.1.1(1) 4.1.1(2) 4.1.1(4) all are there and every trigger of the plant starts one', () => {
    expect(plant.procedures.map(({ id }) => id).sort()).toEqual([...PROCEDURES].sort());
    expect(plant.conditions.filter((one) => one.role === 'trigger' && one.starts.length === 0).map(({ id }) => id)).toEqual([]);
  });

  test('3.2 4.3.2 4.4.1 4.4.3 A4.3 A4.5 A4.8 A4.9 A4.10 A4.11 each prohibition stands before a step on the way to the safe state, and says how to undo it', () => {
    const wrong = plant.procedures.flatMap((one) => one.prohibitions.filter(({ id, undo }) => undo === undefined || !one.steps.some(({ prohibitions }) => prohibitions.includes(id))).map(({ id }) => `${one.id}/${id}`));
    expect(wrong).toEqual([]);
  });

  test('3.4 the way to the safe state only retreats or holds, asks for no permit, and holds for nobody', () => {
    expect(plant.procedures.flatMap((one) => one.steps.filter(({ direction, kind }) => !['retreat', 'hold'].includes(direction) || kind === 'hold').map(({ id }) => `${one.id}/${id}`))).toEqual([]);
  });

  test('4.1.1-modes a retreat that does not come leads on, at last to everybody out', () => {
    const byId = new Map(plant.procedures.map((one) => [one.id, one]));
    for (const one of plant.procedures) {
      let last: ProcedureDef = one;
      for (let depth = 0; last.ifNotSafe.raise !== undefined && depth < 10; depth += 1) last = byId.get(last.ifNotSafe.raise) ?? last;
      expect([last.ifNotSafe.raise, last.priority, last.modes.some((mode) => ['whole-plant-stop', 'evacuation'].includes(mode))], one.id).toEqual([undefined, 1, true]);
    }
  });

  test('4.5.1 procedures that may run at once do not command one tag against each other', () => {
    const commands = plant.procedures.flatMap((one) => [...allSteps(one), ...one.continuous].map(({ id, sets }) => ({ one, id, sets })));
    const against = commands.flatMap((a) => commands.filter((b) => a.one.id < b.one.id && a.one.priority === b.one.priority).flatMap((b) => Object.entries(a.sets)
      .filter(([tag, state]) => Object.hasOwn(b.sets, tag) && b.sets[tag] !== state).map(([tag]) => `${a.one.id}/${a.id} ${b.one.id}/${b.id} ${tag}`)));
    expect(against).toEqual([]);
  });

  test('3.3 3.5 no step commands the opposite of what an interlock of the plant does when it trips', () => {
    const against = plant.interlocks.flatMap((interlock) => plant.procedures.flatMap((one) => [...allSteps(one), ...one.continuous].flatMap(({ id, sets }) => Object.entries(sets)
      .filter(([tag, state]) => Object.hasOwn(interlock.sets, tag) && interlock.sets[tag] !== state).map(([tag]) => `${one.id}/${id} ${interlock.id} ${tag}`))));
    expect(against).toEqual([]);
    expect(plant.interlocks.filter(({ sets }) => Object.keys(sets).length === 0)).toEqual([]);
  });

  test('A4.5 A4.9 A4.7 A4.8 no step does what a prohibition forbids', () => {
    const never: readonly (readonly [tag: string, state: string])[] = [['ZS-4502', 'closed'], ['XV-4505', 'open'], ['XV-4403', 'open'], ['XV-4902', 'open'], ['ZS-4211', 'closed'], ['ZS-4212', 'closed'], ['XV-4101', 'open']];
    const does = plant.procedures.flatMap((one) => [...allSteps(one), ...one.continuous].flatMap(({ id, sets }) => never.filter(([tag, state]) => sets[tag] === state).map(([tag]) => `${one.id}/${id} ${tag}`)));
    expect(does).toEqual([]);
  });

  test('each state that is commanded is one of its tag', () => {
    const states = new Map(plant.tags.flatMap((tag) => (tag.kind === 'discrete' ? [[tag.id, tag.states] as const] : [])));
    for (const one of plant.procedures) for (const { id, sets } of [...allSteps(one), ...one.continuous]) for (const [tag, state] of Object.entries(sets)) expect(states.get(tag), `${one.id}/${id} ${tag}`).toContain(state);
  });

  test('4.3.1 4.3.4 3.7 people go in only after the risks of the handling and their protection are on record; openings after a permit and a second look', () => {
    for (const one of plant.procedures) {
      const first = one.handling.findIndex(({ direction }) => direction === 'intervene');
      if (first < 0) continue;
      const before = one.handling.slice(0, first).filter(({ kind }) => kind === 'record').map(({ text }) => text.zh).join();
      expect(before, one.id).toMatch(/风险分析/u);
      expect(before, one.id).toMatch(/防护装备/u);
    }
  });
});

describe('A4.1 4.2.1 decomposing peroxide', () => {
  test('A4.1 whoever runs hot or sharp starts it; everybody goes at once, and valves do not wait for walking people', () => {
    expect(startedBy('A4.1')).toEqual(['P-A4.1']);
    const [first] = procedure('P-A4.1').steps;
    expect([first?.proceed, first?.modes, procedure('P-A4.1').people]).toEqual(['at-once', ['evacuation'], { limit: 0, zones: ['Z-4100', 'Z-4200', 'Z-4300', 'Z-4500', 'Z-4800'] }]);
    expect(commanded(procedure('P-A4.1'))).toMatchObject({ 'XV-4101': 'closed', 'XV-4102': 'open', 'K-4201': 'stopped', 'XV-4301': 'closed', 'XV-4302': 'closed' });
  });

  test('A4.1 it is kept from spreading: neighbours warned, tanks sprayed when they heat', () => {
    expect(procedure('P-A4.1').continuous.find(({ sets }) => sets['XV-4803'] === 'open')?.when).toEqual({ kind: 'all', of: ['E-TANK-RISING'] });
    expect(step('P-A4.1', 'E').cautions.map(({ zh }) => zh)).toContain('通知周边生产、储存装置');
  });
});

describe('A4.2 the whole plant', () => {
  test.each(['A4.2(1)', 'A4.2(2)', 'A4.2(3)', 'A4.2(4)', 'A4.2(5)', 'A4.2(6)', 'A4.2(7)'])('%s is answered by the whole-plant stop in both designs', (clause) => {
    for (const [design] of DESIGNS) expect([startedBy(clause, design), procedure('P-A4.2', design).answers.includes(clause)], design).toEqual([['P-A4.2'], true]);
  });

  test('A4.2 the stop comes before the handling: it has none, and people are out', () => {
    expect(procedure('P-A4.2').handling).toEqual([]);
    expect(procedure('P-A4.2').prohibitions.map(({ clause }) => clause)).toContain('A4.2');
    expect(commanded(procedure('P-A4.2'))).toEqual({ 'XV-4101': 'closed', 'XV-4102': 'open', 'K-4201': 'stopped', 'XV-4203': 'closed', 'P-4109': 'stopped', 'XV-4205': 'open', 'XV-4104': 'closed', 'XV-4401': 'closed', 'XV-4502': 'closed', 'XV-4301': 'closed', 'XV-4302': 'closed' });
  });

  test('A4.2(1) A4.2(3) counter-current: the same stop, and the seal at the bottom and the receiver besides', () => {
    expect(commanded(procedure('P-A4.2', 'counter-current'))).toEqual({ ...commanded(procedure('P-A4.2')), 'XV-4207': 'closed', 'XV-4208': 'open' });
    expect(measures(procedure('P-A4.2', 'counter-current'))).toContainEqual({ kind: 'not', of: 'W-A4.2(3)-LI-4206-HIGH' });
  });

  test('A4.2(2) temperatures that go on rising: everybody out', () => expect(step('P-A4.2', 'D').otherwise.raise).toBe('P-A4.1'));
});

describe('A4.3 draining after a normal stop', () => {
  const one = (): ProcedureDef => procedure('P-A4.3');
  test('A4.3 never before both efficiencies are below 1 g/L, watched by tags', () => {
    expect(one().prohibitions.map(({ id, clause, watchedBy }) => [id, clause, watchedBy])).toEqual([['NO-DRAIN', 'A4.3', 'N-A4.3-DRAIN'], ['SEPARATE-TANKS', 'A4.3', 'N-A4.3-MIXED']]);
    for (const input of ['AI-4107', 'AI-4209']) expect(step('P-A4.3', 'B').proof, input).toContainEqual(expect.objectContaining({ when: expect.objectContaining({ kind: 'limit', input, below: 1 }) as unknown }));
    expect(one().safeState).toContainEqual(expect.objectContaining({ when: { kind: 'not', of: 'E-A4.3-NOT-BELOW' } }));
  });
  test('A4.3 on the way to the safe state the drains are only closed; they open in the handling, after a second person has looked', () => {
    expect(commanded(one())).toMatchObject({ 'XV-4105': 'closed', 'XV-4206': 'closed' });
    const at = (wanted: (each: StepDef) => boolean): number => one().handling.findIndex(wanted);
    expect(at(({ kind }) => kind === 'hold')).toBeGreaterThanOrEqual(0);
    for (const tag of ['XV-4105', 'XV-4206']) expect(at(({ sets }) => sets[tag] === 'open'), tag).toBeGreaterThan(at(({ kind }) => kind === 'hold'));
    for (const each of one().handling.filter(({ sets }) => Object.values(sets).includes('open'))) expect(each.prohibitions, each.id).toEqual(['NO-DRAIN', 'SEPARATE-TANKS']);
  });
  test('A4.3 two tanks, named and signed; an efficiency that comes back closes the drains', () => {
    expect(step('P-A4.3', 'H1')).toMatchObject({ kind: 'record', prohibitions: ['SEPARATE-TANKS'] });
    expect(one().continuous).toMatchObject([{ when: { kind: 'all', of: ['N-A4.3-DRAIN'] }, sets: { 'XV-4105': 'closed', 'XV-4206': 'closed' } }]);
    expect(one().byHand).toBeDefined();
  });
});

describe('A4.4 4.2.3 repair of the whole system, clay bed, filter', () => {
  const one = (): ProcedureDef => procedure('P-A4.4');
  test('A4.4 4.2.3 at most six people, counted by zone', () => {
    expect(one().people.limit).toBe(6);
    expect(one().prohibitions.filter(({ clause }) => clause === 'A4.4').map(({ watchedBy }) => watchedBy)).toEqual(['N-A4.4-PC-4500', 'N-A4.4-PC-4100']);
    for (const id of ['N-A4.4-PC-4500', 'E-A4.4-PC-4100']) expect(pack().conditions.find((each) => each.id === id)?.measure, id).toMatchObject({ above: 6 });
  });
  test('A4.4 whole system, clay bed or filter; the careful one is the whole system', () => expect([step('P-A4.4', 'H2').options.map(({ id }) => id), step('P-A4.4', 'H2').default]).toEqual([['WHOLE', 'CLAY', 'FILTER'], 'WHOLE']));
  test('A4.3 A4.4 the towers are emptied by P-A4.3 and by nothing else', () => {
    expect(step('P-A4.4', 'H3')).toMatchObject({ kind: 'goto', procedure: 'P-A4.3', prohibitions: ['NO-DRAIN', 'SEPARATE-TANKS'] });
    expect(pack().procedures.filter((each) => allSteps(each).some(({ sets }) => sets['XV-4105'] === 'open' || sets['XV-4206'] === 'open')).map(({ id }) => id)).toEqual(['P-A4.3']);
  });
  test('A4.4 emptied, washed and replaced, isolated - in this order, before anybody opens anything', () => {
    const order = one().handling.map(({ text }) => text.zh);
    const at = (words: RegExp): number => order.findIndex((text) => words.test(text));
    const way = [at(/清空/u), at(/清洗、置换/u), at(/能量隔离/u), at(/^打开/u)];
    expect(way).toEqual([...way].sort((a, b) => a - b));
    expect(way[0]).toBeGreaterThanOrEqual(0);
  });
  test('4.3.3(1) 4.3.3(2) 4.3.3(3) 4.3.3(4) A4.4 two kinds of evidence of no pressure; blinds and vents; lock and try-start; portable and laboratory', () => {
    expect([evidenceOf(one(), 'depressurised'), evidenceOf(one(), 'isolated'), evidenceOf(one(), 'deenergised'), evidenceOf(one(), 'gas-free')]).toEqual([['pressure-curve', 'vent-or-drain'], ['blind', 'vents-open'], ['lock-and-tag', 'try-start'], ['laboratory', 'portable-test']]);
  });
});

describe('A4.5 the preparation vessel', () => {
  test('A4.5 cut steam, cool from outside, discharge to the pit; people out at once', () => {
    const one = procedure('P-A4.5');
    expect(startedBy('A4.5')).toEqual(['P-A4.5']);
    expect(commanded(one)).toEqual({ 'XV-4502': 'closed', 'XV-4503': 'open', 'XV-4504': 'open' });
    expect([one.people.limit, one.steps.find(({ modes }) => modes.includes('evacuation'))?.proceed]).toEqual([0, 'at-once']);
  });
  test('A4.5 never close the vent, never add water: both shown before every step that heats, cools or drains', () => {
    for (const id of ['A', 'B', 'C']) expect([...step('P-A4.5', id).prohibitions].sort(), id).toEqual(['KEEP-VENT-OPEN', 'NO-WATER-IN']);
    expect(procedure('P-A4.5').continuous).toMatchObject([{ sets: { 'ZS-4502': 'open' } }]);
  });
});

describe('A4.6 the purge of hydrogenation', () => {
  const one = (): ProcedureDef => procedure('P-A4.6');
  test('A4.6 hydrogen below 0.5 % and then nitrogen pressure; oxygen below 2 % before a start', () => {
    expect(one().safeState).toContainEqual(expect.objectContaining({ when: expect.objectContaining({ kind: 'limit', input: 'lab:PURGE-H2', below: 0.5 }) as unknown }));
    expect(one().safeState).toContainEqual(expect.objectContaining({ when: { kind: 'not', of: 'E-A4.6-NO-PRESSURE' }, for: 5 * 60_000 }));
    expect(one().returnConditions).toContainEqual(expect.objectContaining({ when: expect.objectContaining({ kind: 'limit', input: 'lab:PURGE-O2', below: 2 }) as unknown }));
    expect(commanded(one())).toMatchObject({ 'XV-4101': 'closed', 'XV-4102': 'open' });
  });
  test('A4.6 no work and no hydrogen before the purge is good', () => {
    expect(one().prohibitions.map(({ watchedBy }) => watchedBy)).toEqual(['N-A4.6-WORK', 'N-A4.6-START']);
    expect(step('P-A4.6', 'B').prohibitions).toEqual(['NO-WORK-BEFORE-PURGE', 'NO-START-BEFORE-PURGE']);
  });
  test('A4.6 an old result is no proof: the purge lasts, and the time of each sample is signed with its figure', () => {
    for (const id of ['B', 'H4']) expect(step('P-A4.6', id), id).toMatchObject({ kind: 'wait', atLeast: 30 * 60_000 });
    expect([step('P-A4.6', 'H1').proof[0], step('P-A4.6', 'H5').proof[0]]).toMatchObject([{ signed: 'engineer', figure: { unit: 'vol%', high: 0.499 } }, { signed: 'engineer', figure: { unit: 'vol%', high: 1.99 } }]);
  });
  test('A4.6 repair goes on by P-A4.4; if nobody can say, it is a repair', () => expect([step('P-A4.6', 'H2').default, step('P-A4.6', 'H3').procedure]).toEqual(['REPAIR', 'P-A4.4']));
});

test('A4.7 acidity below 1 mg/L: feeds stopped on both sides, dosed through fixed lines, never by hand', () => {
  expect(startedBy('A4.7')).toEqual(['P-A4.7']);
  expect(commanded(procedure('P-A4.7'))).toEqual({ 'P-4109': 'stopped', 'XV-4101': 'closed', 'K-4201': 'stopped', 'XV-4203': 'closed', 'P-4901': 'running', 'XV-4902': 'closed' });
  expect(procedure('P-A4.7').prohibitions).toMatchObject([{ clause: 'A4.7', watchedBy: 'N-A4.7-HAND' }]);
  for (const id of ['A', 'C']) expect(step('P-A4.7', id).prohibitions, id).toContain('NO-HAND-DOSING');
});

describe('A4.8 oxidation residue', () => {
  test('A4.8 hot separator, hot tank, sharp rise, unstable residue: its own procedure, not the plain stop', () => {
    for (const id of ['C-4.1.2-TI-4211', 'C-4.1.2-TI-4212', 'C-A4.8-TI-4211-RATE', 'C-A4.8-TI-4212-RATE', 'C-A4.8-RESIDUE-UNSTABLE']) expect(starts(id), id).toEqual(['P-A4.8']);
    expect(procedure('P-A4.8').people).toEqual({ limit: 0, zones: ['Z-4200'] });
  });
  test('A4.8 the vents are never closed: before every step, watched, and part of the safe state', () => {
    const one = procedure('P-A4.8');
    expect(one.prohibitions).toMatchObject([{ clause: 'A4.8', watchedBy: 'N-A4.8-VENT' }]);
    expect(one.steps.filter(({ prohibitions }) => !prohibitions.includes('KEEP-VENTS-OPEN'))).toEqual([]);
    for (const input of ['ZS-4211', 'ZS-4212']) expect(one.safeState, input).toContainEqual(expect.objectContaining({ when: { kind: 'state', input, is: 'open' } }));
  });
  test('A4.8 pure water and withdrawal first; then drain more often or stop, and in doubt stop', () => {
    const choice = step('P-A4.8', 'C');
    expect(choice.options.map(({ id, goto }) => [id, goto])).toEqual([['STOP', 'D'], ['DRAIN', 'E']]);
    expect([choice.default, choice.options[0]?.when, step('P-A4.8', 'D').procedure, step('P-A4.8', 'E').otherwise.raise]).toEqual(['STOP', { kind: 'all', of: ['E-A4.8-HOT'] }, 'P-A4.2', 'P-A4.2']);
    expect(step('P-A4.8', 'B').text.zh).toMatch(/纯水.*撤料/u);
    expect(procedure('P-A4.8').returnConditions.map(({ text }) => text.en)).toContain('Cause of the residue found, back to normal');
  });
});

test('A4.9 catalyst or clay bed: steam off, the bed that is hot is blown with nitrogen, both if it is not clear; air stays shut', () => {
  expect(startedBy('A4.9')).toEqual(['P-A4.1', 'P-A4.9']);
  expect(step('P-A4.9', 'A').sets).toEqual({ 'XV-4401': 'closed', 'XV-4104': 'closed' });
  expect(step('P-A4.9', 'D')).toMatchObject({ default: 'BOTH', options: [{ when: { of: ['E-A4.9-HOT'] }, goto: 'B' }, { when: { of: ['E-A4.9-CATALYST-HOT'] }, goto: 'E' }, { goto: 'F' }] });
  expect(step('P-A4.9', 'F').sets).toEqual({ 'XV-4101': 'closed', 'XV-4102': 'open', 'XV-4402': 'open', 'XV-4403': 'closed' });
  expect(procedure('P-A4.9').steps.filter(({ prohibitions }) => !prohibitions.includes('NO-AIR'))).toEqual([]);
});

describe('A4.10 the resin column', () => {
  test('A4.10 drained, washed from the bottom until good, regenerated with methanol solution or water, kept under pure water', () => {
    const one = procedure('P-A4.10');
    expect(one.safeState).toContainEqual(expect.objectContaining({ when: expect.objectContaining({ kind: 'limit', input: 'lab:RESIN-WASH-H2O2', atOrBelow: 0.5 }) as unknown }));
    expect([step('P-A4.10', 'H2').options.map(({ id }) => id), step('P-A4.10', 'H2').default]).toEqual([['METHANOL', 'WATER'], 'WATER']);
    expect(one.handling.at(-1)?.text.zh).toMatch(/纯水浸没/u);
    expect(one.returnConditions.map(({ text }) => text.zh).join()).toMatch(/纯水一直浸没/u);
  });
  test('A4.10 no free peroxide, and not by nitrogen alone', () => {
    expect(procedure('P-A4.10').prohibitions.map(({ watchedBy }) => watchedBy)).toEqual(['N-A4.10-FREE-H2O2', 'N-A4.10-NITROGEN-ONLY']);
    expect(step('P-A4.10', 'H3').proof).toContainEqual(expect.objectContaining({ id: 'H3.1', when: expect.objectContaining({ input: 'lab:RESIN-WASH-H2O2' }) as unknown }));
  });
});

test('A4.11 the storage tank: water, stabiliser and spray from afar, nobody there', () => {
  expect(startedBy('A4.11')).toEqual(['P-A4.11']);
  expect(commanded(procedure('P-A4.11'))).toEqual({ 'XV-4801': 'open', 'XV-4802': 'open', 'XV-4803': 'open' });
  expect(procedure('P-A4.11').people).toEqual({ limit: 0, zones: ['Z-4800'] });
  expect(procedure('P-A4.11').prohibitions).toMatchObject([{ clause: 'A4.11', watchedBy: 'N-A4.11-PEOPLE' }]);
  expect(allSteps(procedure('P-A4.11')).filter(({ direction }) => direction === 'intervene')).toEqual([]);
});

describe('section 4 in this plant', () => {
  const WHOLE: Sets = { 'XV-4101': 'closed', 'XV-4102': 'open', 'K-4201': 'stopped', 'XV-4203': 'closed', 'P-4109': 'stopped', 'XV-4104': 'closed', 'XV-4401': 'closed', 'XV-4502': 'closed' };

  test.each([
    ['4.1.1(1)', 'C-4.1.1(1)-LINE-BLOCKED', 'P-4.1.2'], ['4.1.1(1)', 'C-4.1.1(1)-RUNAWAY-SEEN', 'P-4.1.2'], ['4.1.1(2)', 'C-4.1.1(2)-RELIEF-OPENED', 'P-4.1.1'], ['4.1.1(4)', 'C-4.1.1(4)-LEAK-SEEN', 'P-4.1.1'],
    ['4.1.1(4)', 'C-4.1.1(4)-FIRE-SEEN', 'P-4.1.1'], ['4.1.1(3)', 'C-4.1.1(3)-UTILITY-LOST', 'P-4.1.1(3)'], ['4.1.1(5)', 'C-4.1.1(5)-EARTHQUAKE', 'P-4.1.1(5)'], ['4.1.1(5)', 'C-4.1.1(5)-TYPHOON', 'P-4.1.1(5)'],
    ['4.1.1(5)', 'C-4.1.1(5)-HEAVY-RAIN', 'P-4.1.1(5)'], ['4.1.1(5) H.3', 'C-H.3-WITHDRAWAL-ORDER', 'P-4.1.1(5)'], ['4.1.2', 'C-4.1.2-UNFORESEEN', 'P-4.1.2'],
  ])('%s %s starts %s', (_clause, condition, id) => expect(starts(condition)).toEqual([id]));

  test('4.1.1(2) 4.1.1(4) what this plant says otherwise than the general rules differs in the procedure alone', () => {
    for (const id of ['C-4.1.1(4)-LEAK-SEEN', 'C-4.1.1(4)-FIRE-SEEN']) expect(pack().conditions.find((one) => one.id === id)?.alarm, id).toMatchObject({ class: 'fire-gas', latching: true });
  });

  test.each(['P-4.1.1', 'P-4.1.1(5)', 'P-4.1.2', 'P-4.3.2', 'P-4.4'])('4.1.1(5) 4.1.2 %s stops the whole plant', (id) => expect(commanded(procedure(id))).toMatchObject(WHOLE));

  test('4.1.1(4) 4.1.1(5) people first, and the valves do not wait for them', () => {
    for (const id of ['P-4.1.1', 'P-4.1.1(5)']) expect(procedure(id).steps[0], id).toMatchObject({ proceed: 'at-once', modes: ['evacuation'] });
  });

  test('4.1.1(3) with the data lost the words name the hard-wired button, and what is lost decides whether there is time to look', () => {
    const one = procedure('P-4.1.1(3)');
    expect(step('P-4.1.1(3)', 'B').text.zh).toMatch(/硬按钮/u);
    expect([step('P-4.1.1(3)', 'D').default, step('P-4.1.1(3)', 'D').options.map(({ goto }) => goto), step('P-4.1.1(3)', 'A').otherwise.goto]).toEqual(['SUPPLY', ['A', 'B'], 'B']);
    expect(one.steps.flatMap(({ sets }) => Object.keys(sets))).toEqual([]);
  });

  test('4.1.1(5) H.3 by hand with a warning; quake and storm go their own ways', () => {
    expect(procedure('P-4.1.1(5)').byHand).toBeDefined();
    expect(step('P-4.1.1(5)', 'G').options.map(({ id }) => id)).toEqual(['QUAKE', 'STORM']);
  });

  test('4.3.1 4.3.2 a plug: the way follows its nature; unknown is the most sensitive; never struck', () => {
    expect([step('P-4.3.2', 'H2').options.map(({ id }) => id), step('P-4.3.2', 'H2').default]).toEqual([['PEROXIDE', 'CRYSTAL', 'SOLID'], 'PEROXIDE']);
    expect(procedure('P-4.3.2').prohibitions.map(({ id, clause }) => `${id} ${clause}`)).toEqual(['NEVER-STRIKE 4.3.2', 'NO-BLIND-HANDLING 4.3.2']);
    expect(step('P-4.3.2', 'H3').prohibitions).toContain('NEVER-STRIKE');
    expect(step('P-4.3.2', 'H3').text.zh).toMatch(/远程注纯水/u);
  });

  test('4.3.3 4.3.3(1) 4.3.3(2) 4.3.3(3) 4.3.3(4) 4.4.1 an opening: whichever section, two kinds of evidence, blinds, power, gas', () => {
    const one = procedure('P-4.4');
    expect([evidenceOf(one, 'isolated'), evidenceOf(one, 'deenergised'), evidenceOf(one, 'gas-free')]).toEqual([['blind', 'vents-open'], ['lock-and-tag', 'try-start'], ['laboratory', 'portable-test']]);
    const shown = one.handling.filter(({ proof }) => proof.some(({ shows }) => shows === 'depressurised'));
    expect(shown).toHaveLength(6);
    for (const { id, proof } of shown) expect(new Set(proof.map(({ evidence }) => evidence)).size, id).toBe(2);
    const way = step('P-4.4', 'H5').options.map(({ goto }) => goto);
    for (const goto of way) expect(one.handling.some(({ id }) => id === goto), goto).toBe(true);
    expect(one.handling.flatMap(({ proof }) => proof).filter((proof) => 'signed' in proof && proof.senses)).toEqual([]);
  });

  test('4.4.1 a water seal or a closed valve never stands for a blind: shown where it is blinded, looked at again, opened', () => {
    for (const id of ['H13', 'H16', 'H17']) expect(step('P-4.4', id).prohibitions, id).toContain('NO-VALVE-FOR-BLIND');
    expect([step('P-4.4', 'H16').kind, step('P-4.4', 'H17').direction]).toEqual(['hold', 'intervene']);
  });

  test('4.4.2 4.4.3 under pressure only if it must be: assessed, surveyed, planned, and never on what the clause names; in doubt depressurised', () => {
    expect([step('P-4.4', 'H2').default, step('P-4.4', 'H2').options.map(({ id, goto }) => [id, goto])]).toEqual(['OPEN', [['OPEN', 'H3'], ['PRESSURE', 'H20']]]);
    for (const id of ['H2', 'H20', 'H23', 'H24']) expect(step('P-4.4', id).prohibitions, id).toContain('NO-WORK-UNDER-PRESSURE');
    const words = step('P-4.4', 'H20').proof.map(({ text }) => text.zh).join();
    for (const word of ['可行性', '勘测', '专项方案', '极度危害', '测厚', '裂纹', '强度', '保障措施']) expect(words).toContain(word);
    // The way that opens ends before the one under pressure begins.
    expect(step('P-4.4', 'H18').next).toBe('end');
  });

  test('3.7 the permit is on record before anybody opens a vent, a line or a vessel', () => {
    for (const id of ['P-4.4', 'P-A4.4']) {
      const { handling } = procedure(id);
      expect(handling.findIndex(({ text }) => text.zh.includes('许可证：编号')), id).toBeLessThan(handling.findIndex(({ direction }) => direction === 'intervene'));
      expect(handling.findIndex(({ text }) => text.zh.includes('许可证：编号')), id).toBeGreaterThanOrEqual(0);
    }
  });
});
