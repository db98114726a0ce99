/** Annex 3 and section 4: what the procedures of the ammonia plant say, and which of their ways the plant itself chooses. */
import { describe, expect, test } from 'vitest';
import type { ProcedureDef, ProofDef, StepDef } from '../../../src/domain/packs/schema.ts';
import { mayBeSkipped } from '../../../src/domain/procedures/course-table.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { ammoniaNormal } from '../../support/rules/ammonia-normal.ts';
import { PlantStory, shippedPlant } from '../../support/rules/plant-story.ts';
import type { Values } from '../../support/rules/plant-story.ts';

const pack = shippedPlant('ammonia-synthesis');
const normal = ammoniaNormal(pack);
const running = (): PlantStory => new PlantStory(pack, normal);
const MINUTE = 60_000;

function procedure(id: string): ProcedureDef {
  const found = pack.procedures.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the plant has no procedure ${id}`);
  return found;
}
function step(of: ProcedureDef, id: string): StepDef {
  const found = [...of.steps, ...of.handling].find((one) => one.id === id);
  if (found === undefined) throw new Error(`${of.id} has no step ${id}`);
  return found;
}
const startedBy = (condition: string): readonly string[] => pack.conditions.find((one) => one.id === condition)?.starts ?? [`no condition ${condition}`];
const triggers = pack.conditions.filter((one) => one.role === 'trigger');
const allSteps = (of: ProcedureDef): StepDef[] => [...of.steps, ...of.handling];
const allSets = (of: ProcedureDef): [string, unknown][] => [...allSteps(of), ...of.continuous].flatMap((one) => Object.entries(one.sets));
const sets = (of: ProcedureDef, tag: string): unknown[] => allSets(of).filter(([id]) => id === tag).map(([, state]) => state);
const shownBefore = (of: ProcedureDef, prohibition: string): string[] => of.steps.filter((one) => one.prohibitions.includes(prohibition)).map((one) => one.id);
const options = (of: ProcedureDef, id: string): string[] => step(of, id).options.map((one) => one.id);
const shown = (proofs: readonly ProofDef[], what: string): string[] => proofs.filter((one) => one.shows === what).map((one) => one.evidence ?? '');
const watches = (of: ProcedureDef, id: string): string | undefined => of.prohibitions.find((one) => one.id === id)?.watchedBy;

/** Where the course may go from a step: to the next, by `next`, by an option, or when its time runs out. */
function onward(list: readonly StepDef[], at: StepDef): string[] {
  const following = at.next ?? list[list.indexOf(at) + 1]?.id ?? 'end';
  const ways = at.kind === 'decide' ? at.options.map((one) => one.goto) : [following];
  return [...ways, at.otherwise.goto ?? (at.kind === 'decide' ? '' : following)].filter((id) => id !== '' && id !== 'end');
}
function reached(list: readonly StepDef[], without = ''): Set<string> {
  const found = new Set<string>();
  const open = list[0] === undefined ? [] : [list[0].id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const at = list.find((one) => one.id === id);
    if (at === undefined || found.has(id) || id === without) continue;
    found.add(id);
    open.push(...onward(list, at));
  }
  return found;
}

test('4.1.1-modes A3.1 every trigger of the plant starts a procedure of the plant that fits', () => {
  expect(triggers.length).toBeGreaterThan(110);
  for (const trigger of triggers) {
    const annex = /^C-A3\.(1\(\d\)|[2-7])/.exec(trigger.id);
    expect(trigger.starts, trigger.id).toHaveLength(1);
    if (annex !== null) expect(trigger.starts, trigger.id).toEqual([`P-A3.${annex[1] ?? ''}`]);
    else expect(pack.procedures.map((one) => one.id), trigger.id).toContain(trigger.starts[0]);
  }
});

test.each([
  ['C-4.1.1(1)-TI-3104', 'P-A3.1(8)'], ['C-4.1.1(1)-AI-3109', 'P-A3.1(8)'], ['C-4.1.1(1)-PDI-3106', 'P-A3.1(3)'], ['C-4.1.1(1)-TI-3605', 'P-A3.1(9)'], ['C-4.1.1(1)-TI-3606', 'P-A3.1(9)'], ['C-4.1.1(1)-PI-3901', 'P-A3.1(5)'],
  ['C-4.1.1(1)-PI-3501-HH', 'P-4.1.1-AS'], ['C-4.1.1(1)-RUNAWAY-TI-3513', 'P-4.1.1-AS'], ['C-4.1.1(1)-PRESSURE-PI-3105A', 'P-4.1.1-AS'], ['C-4.1.1(1)-BLOCKED-PDI-3118', 'P-4.1.1-AS'], ['C-4.1.1(1)-VIOLENT-VIBRATION', 'P-4.1.1-AS'], ['C-4.1.1(1)-LINE-BLOCKED', 'P-A3.3'],
  ['C-4.1.1(2)-RELIEF-PSV-3105', 'P-4.1.1-AS'], ['C-4.1.1(2)-RELIEF-OPENED', 'P-4.1.1-AS'], ['C-4.1.1(4)-TOXIC-GD-3101A', 'P-4.1.1-AS'], ['C-4.1.1(4)-FIRE-SEEN', 'P-4.1.1-AS'],
  ['C-4.1.1(3)-POWER-XS-3911', 'P-4.1.1(3)-AS'], ['C-4.1.1(3)-BEAT-HB-3000', 'P-4.1.1(3)-AS'], ['C-4.1.1(3)-SIS', 'P-4.1.1(3)-AS'], ['C-4.1.1(3)-EQUIPMENT-K-3402', 'P-4.1.1(3)-AS'],
  ['C-4.1.1(5)-EARTHQUAKE', 'P-4.1.1(5)-AS'], ['C-4.1.1(5)-TYPHOON', 'P-4.1.1(5)-AS'], ['C-4.1.1(5)-HEAVY-RAIN', 'P-4.1.1(5)-AS'], ['C-H.3-WITHDRAWAL-ORDER', 'P-4.1.1(5)-AS'], ['C-4.1.2-UNFORESEEN', 'P-4.1.2-AS'],
])('4.1.1(1) 4.1.1(2) 4.1.1(3) 4.1.1(4) 4.1.1(5) 4.1.2 %s starts %s', (condition, id) => expect(startedBy(condition)).toEqual([id]));

describe.each(pack.procedures.map((one) => [one.id, one] as const))('%s', (_id, of) => {
  test('4.1.1-modes the way to the safe state is retreat or hold, and waits for nobody', () => {
    for (const one of of.steps) {
      expect(['retreat', 'hold'], one.id).toContain(one.direction);
      expect(one.kind, one.id).not.toBe('hold');
    }
    expect(of.modes.length).toBeGreaterThan(0);
  });
  test('every step is reached', () => {
    expect([...reached(of.steps)].sort()).toEqual(of.steps.map((one) => one.id).sort());
    expect([...reached(of.handling)].sort()).toEqual(of.handling.map((one) => one.id).sort());
  });
  test('a way round leads through a time that runs out: steps that are done never chase each other', () => {
    for (const list of [of.steps, of.handling]) {
      const ahead = (at: StepDef): string[] => (at.kind === 'decide' ? at.options.map((one) => one.goto) : [at.next ?? list[list.indexOf(at) + 1]?.id ?? 'end']);
      const after_ = (id: string, seen_: readonly string[]): void => {
        expect(seen_, id).not.toContain(id);
        const at = list.find((one) => one.id === id);
        if (at !== undefined) for (const next of ahead(at)) after_(next, [...seen_, id]);
      };
      if (list[0] !== undefined) for (const one of list) after_(one.id, []);
    }
  });
  test('in the handling nothing is passed because a time ran out', () => expect(of.handling.map((one) => one.otherwise.goto).filter((id) => id !== undefined)).toEqual([]));
  test('3.3 3.5 each prohibition is shown before a step, and watched where a tag can show it', () => {
    for (const one of of.prohibitions) {
      expect(shownBefore(of, one.id), one.id).not.toEqual([]);
      if (['A3.2', 'A3.5', 'A3.6', 'A3.7'].includes(one.clause)) expect(pack.conditions.find((condition) => condition.id === one.watchedBy)?.role, one.id).toBe('prohibition');
    }
  });
  test('4.2.3 4.2.1 never more than two people', () => expect(of.people.limit).toBeLessThanOrEqual(2));
  test('no step commands the opposite of an interlock of the plant', () => {
    const tripped = pack.interlocks.flatMap((one) => Object.entries(one.sets));
    for (const [tag, state] of allSets(of)) for (const [its, word] of tripped) if (its === tag) expect(state, tag).toBe(word);
  });
  test('4.1.1-modes the chain of "not safe" ends in a stop of the whole plant or an evacuation', () => {
    let last = of;
    for (let links = 0; last.ifNotSafe.raise !== undefined && links < 10; links += 1) last = procedure(last.ifNotSafe.raise);
    expect(last.priority).toBe(1);
    expect(last.modes).toEqual(expect.arrayContaining(['whole-plant-stop', 'evacuation']));
  });
  test('a decision that nobody takes is taken', () => {
    for (const one of allSteps(of).filter((any) => any.kind === 'decide')) expect(one.options.map((option) => option.id), one.id).toContain(one.default);
  });
  test('3.5 the return asks for the cause and a risk assessment, both signed by an engineer, and two roles', () => {
    const signed = of.returnConditions.flatMap((one) => ('signed' in one && one.signed === 'engineer' ? [one.text.en] : []));
    expect(signed).toEqual(expect.arrayContaining(['Cause found and removed', 'Risk assessment of the restart done']));
    expect(of.returnApprovals).toEqual(['supervisor', 'engineer']);
  });
});

test('4.1.1-modes no two procedures of the plant command different things', () => {
  const words = new Map<string, unknown>();
  for (const of of pack.procedures) {
    for (const [tag, state] of allSets(of)) {
      if (words.has(tag)) expect(state, `${of.id} ${tag}`).toBe(words.get(tag));
      words.set(tag, state);
    }
  }
});

/** At a decision exactly one way is true of the plant as told; otherwise a person chooses, or the careful one is taken. */
function choice(story: PlantStory, of: ProcedureDef, id: string): string {
  const true_ = step(of, id).options.filter((one) => {
    if (one.when === undefined) return false;
    if (one.when.kind === 'all' && one.when.of.length === 1) return story.isRaised(one.when.of[0] ?? '');
    throw new Error(`cannot judge ${one.id}`);
  });
  return true_.length === 1 ? (true_[0]?.id ?? '') : (step(of, id).default ?? '');
}
const after = (values: Values, ms = 8_000): PlantStory => running().set(values).run(ms);
const seen = (what: string): PlantStory => running().see(what).run(2_000);

describe('A3.1(1) large leak: medium and place decide between a partial and a system stop', () => {
  const of = procedure('P-A3.1(1)');
  test.each<readonly [string, () => PlantStory, string]>([
    ['two ammonia detectors', () => after({ 'GD-3501A': 85, 'GD-3501B': 85 }), 'AMMONIA'], ['ammonia seen', () => seen('AMMONIA-LEAK'), 'AMMONIA'],
    ['two CO detectors', () => after({ 'GD-3101A': 50, 'GD-3101C': 50 }), 'COAL-GAS'], ['coal gas seen', () => seen('COAL-GAS-LEAK'), 'COAL-GAS'],
    ['two hydrogen detectors', () => after({ 'GD-3401A': 60, 'GD-3502A': 60 }), 'SYNGAS'], ['syngas seen', () => seen('SYNGAS-LEAK'), 'SYNGAS'],
    ['a leak of who knows what', () => seen('LEAK-SEEN'), 'SYSTEM'], ['ammonia and coal gas at once', () => after({ 'GD-3501A': 85, 'GD-3501B': 85, 'GD-3101A': 50, 'GD-3101C': 50 }), 'SYSTEM'],
  ])('A3.1(1) %s', (_what, story, way) => expect(choice(story(), of, 'B')).toBe(way));
  test('A3.1(1) people out first, without anybody waiting for them', () => {
    expect(of.steps[0]).toMatchObject({ proceed: 'at-once', modes: ['evacuation'] });
    expect(of.steps[0]?.proof).toHaveLength(6);
  });
  test('A3.1(1) system stop stops every unit', () => expect(['W1', 'W2', 'W3', 'W4', 'W5'].flatMap((id) => Object.keys(step(of, id).sets))).toEqual(expect.arrayContaining(['XV-3102A', 'XV-3102B', 'P-3101', 'XV-3105', 'XV-3601', 'XV-3602', 'K-3401', 'K-3402', 'XV-3543', 'XV-3202', 'XV-3302', 'XV-3508'])));
});

test('A3.1(2) the thin pipe decides what stops, and the safe state shows the pressure gone', () => {
  const of = procedure('P-A3.1(2)');
  const thick: Values = { 'lab:WT-3101': 20, 'lab:WT-3401': 30, 'lab:WT-3501': 40 };
  expect(choice(running().set({ ...thick, 'lab:WT-3101': 11.9 }).run(2_000), of, 'B')).toBe('CRUDE-GAS');
  expect(choice(running().set({ 'lab:WT-3401': 21.9 }).run(2_000), of, 'B')).toBe('MAKE-UP');
  expect(choice(running().set({ ...thick, 'lab:WT-3501': 27.9 }).run(2_000), of, 'B')).toBe('LOOP');
  expect(choice(running().set({ 'lab:WT-3101': 11.9, 'lab:WT-3501': 27.9 }).run(2_000), of, 'B')).toBe('SYSTEM');
  expect(shownBefore(of, 'NO-CLAMP')).toContain('A');
  expect(JSON.stringify(of.safeState)).toContain('E-A3.5-DEPRESSURISED');
  expect(running().isRaised('E-LOOP-LOW')).toBe(false);
});

test('A3.1(3) the letdown is shut within 10 s, before anybody decides anything', () => {
  const of = procedure('P-A3.1(3)');
  expect(of.steps.findIndex((one) => one.sets['XV-3543'] === 'closed')).toBeLessThan(of.steps.findIndex((one) => one.kind === 'decide'));
  expect(step(of, 'B').within).toBe(10_000);
  expect(choice(after({ 'LI-3541A': 11, 'LI-3541B': 11, 'LI-3541C': 11, 'LI-3542': 11 }), of, 'C')).toBe('SEPARATOR');
  expect(choice(after({ 'LI-3107A': 29, 'LI-3107B': 29 }), of, 'C')).toBe('GASIFIER');
  expect(choice(seen('INTERFACE-ABNORMAL'), of, 'C')).toBe('SEPARATOR');
  expect(choice(after({ 'LI-3107A': 29, 'LI-3107B': 29, 'LI-3542': 11 }), of, 'C')).toBe('BOTH');
});

test('A3.1(4) hydrogen off first; with nitrogen it is blown in, without it the catalyst is closed in; positive pressure is watched all the time', () => {
  const of = procedure('P-A3.1(4)');
  expect(of.steps[0]?.sets).toMatchObject({ 'XV-3201': 'closed' });
  expect(options(of, 'C')).toEqual(['NITROGEN', 'NONE']);
  expect(step(of, 'C').default).toBe('NONE');
  expect(step(of, 'D').sets).toEqual({ 'XV-3202': 'open', 'XV-3508': 'open' });
  expect(of.continuous.map((one) => one.sets)).toEqual([{ 'XV-3202': 'open' }, { 'XV-3508': 'open' }]);
});

test('A3.1(5) a broken flare line: system stop, and nothing opens a way to the flare', () => {
  const of = procedure('P-A3.1(5)');
  expect(sets(of, 'XV-3105')).toEqual([]);
  expect(of.ifNotSafe.raise).toBeUndefined();
  expect(of.steps.flatMap((one) => one.otherwise.raise ?? [])).toEqual([]);
  expect(of.modes).toContain('whole-plant-stop');
  expect(step(of, 'A').proof.some((one) => JSON.stringify(one).includes('PC-3900'))).toBe(true);
});

describe('A3.1(6) with a standby machine change over, without one stop', () => {
  const of = procedure('P-A3.1(6)');
  const hot: Values = { 'TI-3403': 170 };
  test.each<readonly [string, PlantStory, string]>([
    ['standby there', running().set({ 'XS-3408': true, ...hot }).run(5_000), 'CHANGE-OVER'], ['no standby', running().set(hot).run(5_000), 'STOP'],
    ['standby not known', running().set({ 'XS-3408': true }).bad('XS-3408').set(hot).run(5_000), 'STOP'], ['standby there, but the machine leaks', running().set({ 'XS-3408': true, 'GD-3401A': 60 }).run(5_000), 'STOP'],
    ['standby there, but a leak is seen', running().set({ 'XS-3408': true }).see('COMPRESSOR-LEAK').run(5_000), 'STOP'],
  ])('A3.1(6) %s', (_what, story, way) => expect(choice(story, of, 'B')).toBe(way));
  test('A3.1(6) a standby that does not come up leads to the stop', () => {
    expect(step(of, 'C1').otherwise.goto).toBe('S1');
    expect(step(of, 'B').default).toBe('STOP');
    expect(step(of, 'S1').sets).toEqual({ 'K-3401': 'stopped' });
  });
});

test('A3.1(7) the high-pressure side is stopped before anybody looks for the source; not found: both sides are isolated', () => {
  const of = procedure('P-A3.1(7)');
  const stop = of.steps.findIndex((one) => one.sets['K-3401'] === 'stopped' && one.sets['K-3402'] === 'stopped');
  expect(stop).toBeGreaterThan(-1);
  expect(stop).toBeLessThan(of.steps.findIndex((one) => one.kind === 'decide'));
  expect(choice(after({ 'PI-3561': 4.7 }), of, 'D')).toBe('BOILER');
  expect(choice(after({ 'AI-3572': 250 }), of, 'D')).toBe('CHILLER');
  expect(choice(seen('TUBE-LEAK'), of, 'D')).toBe('BOTH');
});

test('A3.1(8) A3.2 A3.5 A3.6 gasifier over pressure: everybody off, oxygen first; gathering, oxygen vent and relighting are forbidden before the step and watched', () => {
  const of = procedure('P-A3.1(8)');
  expect(of.steps.map((one) => one.id).slice(0, 3)).toEqual(['A', 'B', 'C']);
  expect(step(of, 'B').sets).toMatchObject({ 'XV-3102A': 'closed', 'XV-3102B': 'closed', 'P-3101': 'stopped' });
  expect(watches(of, 'NO-GATHERING')).toBe('N-A3.2-GATHERING');
  expect(shownBefore(of, 'NO-GATHERING')).toEqual(expect.arrayContaining(['A', 'B']));
  expect(watches(of, 'NO-OXYGEN-VENT')).toBe('N-A3.5-OXYGEN-VENT');
  expect(shownBefore(of, 'NO-OXYGEN-VENT')).toEqual(expect.arrayContaining(['B', 'C', 'E', 'F']));
  expect(watches(of, 'NO-RELIGHT')).toBe('N-A3.6-RELIGHT');
  expect(sets(of, 'XV-3103')).toEqual([]);
  expect(of.steps.find((one) => one.kind === 'goto')?.procedure).toBe('P-A3.5');
});

test('A3.1(9) air and fuel are cut, and never the steam before them', () => {
  const of = procedure('P-A3.1(9)');
  expect(step(of, 'B').sets).toEqual({ 'XV-3602': 'closed', 'XV-3601': 'closed' });
  expect(JSON.stringify(step(of, 'B').text.zh)).toContain('蒸汽最后断');
  expect(step(of, 'E').text.en).toMatch(/^Steam through the tubes/);
});

describe('A3.2 nobody gathers until energy isolation is done and confirmed', () => {
  const of = procedure('P-A3.2');
  test('A3.2 the area is cleared first, two people at most, watched all the time', () => {
    expect(of.people).toMatchObject({ limit: 2, zones: ['Z-3100'] });
    expect(watches(of, 'NO-GATHERING')).toBe('N-A3.2-GATHERING');
    expect(shownBefore(of, 'NO-GATHERING')).toEqual(expect.arrayContaining(['A', 'B', 'D']));
    expect(of.continuous[0]?.when).toEqual({ kind: 'all', of: ['N-A3.2-GATHERING'] });
    expect(step(of, 'B').default).toBe('KEEP-OUT');
  });
  test('A3.2 before anybody goes in: the confirmation on its tag, two kinds of evidence', () => {
    const [confirm, enter] = of.handling;
    expect(JSON.stringify(confirm?.proof)).toContain('XS-3116');
    expect(new Set(shown(confirm?.proof ?? [], 'depressurised')).size).toBeGreaterThanOrEqual(2);
    expect(enter?.direction).toBe('intervene');
  });
  test('A3.2 isolation that is not known is not confirmed', () => {
    expect(running().set({ 'XS-3116': true }).run(2_000).isRaised('E-A3.2-ISOLATED')).toBe(true);
    expect(running().set({ 'XS-3116': true }).bad('XS-3116').run(2_000).isRaised('E-A3.2-ISOLATED')).toBe(false);
  });
});

/** What stands before the opening of a line: pressure by kinds that differ, blinds, power, gas; and another person who signs. */
function opening(of: ProcedureDef): void {
  const proofs = of.handling.flatMap((one) => one.proof);
  const kinds = of.handling.map((one) => new Set(shown(one.proof, 'depressurised')).size);
  expect(Math.max(...kinds)).toBeGreaterThanOrEqual(3);
  expect(shown(proofs, 'isolated')).toEqual(expect.arrayContaining(['blind', 'vents-open']));
  expect(shown(proofs, 'deenergised')).toEqual(expect.arrayContaining(['lock-and-tag', 'try-start']));
  expect(shown(proofs, 'gas-free')).toEqual(expect.arrayContaining(['portable-test', 'laboratory']));
  expect(proofs.every((one) => !('signed' in one) || !one.senses)).toBe(true);
  const hold = of.handling.findIndex((one) => one.kind === 'hold');
  const signers = of.handling.slice(0, hold).flatMap((one) => one.proof.flatMap((proof) => ('signed' in proof ? [proof.signed] : [])));
  const [holder] = of.handling[hold]?.proof ?? [];
  expect(holder !== undefined && 'signed' in holder && !signers.includes(holder.signed)).toBe(true);
  expect(of.handling[0]).toMatchObject({ kind: 'record', text: { zh: expect.stringContaining('作业票') as string } });
  expect(of.handling.slice(0, hold).some((one) => one.text.zh.startsWith('核对防护'))).toBe(true);
}

describe('A3.3 a plugged line or a failed valve', () => {
  const of = procedure('P-A3.3');
  test('A3.3 stop or isolate; not decided in 2 min: stop', () => {
    expect(options(of, 'B')).toEqual(['GASIFIER', 'ISOLATE', 'STOP']);
    expect(step(of, 'B')).toMatchObject({ default: 'STOP', within: 2 * MINUTE });
    expect(choice(after({ 'PDI-3118': 0.9 }, 12_000), of, 'B')).toBe('GASIFIER');
    expect(choice(seen('LINE-BLOCKED'), of, 'B')).toBe('STOP');
    expect(step(of, 'I1').otherwise.goto).toBe('S1');
  });
  test('A3.3 every section at atmospheric pressure in several ways, never under pressure', () => {
    expect(new Set(shown(step(of, 'D').proof, 'depressurised')).size).toBeGreaterThanOrEqual(2);
    expect(new Set(shown(step(of, 'K2').proof, 'depressurised'))).toEqual(new Set(['pressure-curve', 'second-pressure-system', 'vent-or-drain']));
    expect(of.prohibitions.find((one) => one.id === 'NO-PRESSURE-WORK-PLUG')?.clause).toBe('A3.3');
    expect(shownBefore(of, 'NO-PRESSURE-WORK-PLUG')).toEqual(expect.arrayContaining(['A', 'B', 'D']));
    expect(of.handling.filter((one) => one.prohibitions.includes('NO-PRESSURE-WORK-PLUG')).map((one) => one.id)).toEqual(expect.arrayContaining(['K2', 'K3', 'K7']));
    expect(of.people.limit).toBe(2);
  });
  test('A3.3 a valve that failed starts it', () => expect(startedBy('C-A3.3-VALVE-FAILED')).toEqual(['P-A3.3']));
  test('4.3.2 the method is chosen by the plug, the line and the medium; what is not known is taken out, never struck', () => {
    expect(options(of, 'K8')).toEqual(['WASH', 'BLOW', 'DISMANTLE']);
    expect(step(of, 'K8')).toMatchObject({ default: 'DISMANTLE', prohibitions: ['NO-STRIKING'] });
    expect(of.prohibitions.find((one) => one.id === 'NO-STRIKING')?.clause).toBe('4.3.2');
    expect(shownBefore(of, 'NO-STRIKING')).toEqual(['A']);
  });
  test('4.3.3 4.3.3(1) 4.3.3(2) 4.3.3(3) 4.3.3(4) 4.3.4 3.7 proofs before the line is touched', () => opening(of));
});

describe('A3.4 opening a line or vessel with syngas, hydrogen, hydrogen sulfide or nitrogen', () => {
  const of = procedure('P-A3.4');
  test('A3.4 4.3.3 4.3.3(1) 4.3.3(2) 4.3.3(3) 4.3.3(4) 4.3.4 3.7 atmospheric in several ways, isolation and protection before the opening', () => {
    opening(of);
    const order = of.handling.map((one) => one.id);
    expect(order.indexOf('K9')).toBeGreaterThan(order.indexOf('K8'));
    expect(step(of, 'K9').direction).toBe('intervene');
  });
  test('A3.4 never under pressure, shown before each step that could do it', () => {
    expect(of.prohibitions.find((one) => one.id === 'NO-PRESSURE-WORK')?.clause).toBe('A3.4');
    expect(allSteps(of).filter((one) => one.prohibitions.includes('NO-PRESSURE-WORK')).map((one) => one.id)).toEqual(expect.arrayContaining(['A', 'C', 'K2', 'K4', 'K8', 'K9']));
  });
  test('4.4.1 neither a water seal nor a closed valve stands in for a blind', () => {
    expect(of.prohibitions.find((one) => one.id === 'NO-SEAL-FOR-BLIND')?.clause).toBe('4.4.1');
    expect(step(of, 'K4').prohibitions).toContain('NO-SEAL-FOR-BLIND');
  });
  test('A3.4 what is not decided is not opened; a hot catalyst is not let down', () => {
    expect(step(of, 'A').default).toBe('LEAVE');
    expect(step(of, 'A').options.find((one) => one.id === 'LEAVE')?.goto).toBe('end');
    expect(step(of, 'C').prohibitions).toEqual(expect.arrayContaining(['KEEP-SHIFT-PRESSURE', 'KEEP-METHANATION-PRESSURE', 'KEEP-LOOP-PRESSURE']));
  });
});

describe('A3.5 the gasifier is depressurised before the oxygen line', () => {
  const of = procedure('P-A3.5');
  test('A3.5 the retreat depressurises the gasifier and leaves the oxygen line alone', () => {
    expect(of.steps.flatMap((one) => Object.keys(one.sets))).toEqual(['XV-3105']);
    expect(JSON.stringify(step(of, 'B').proof)).toContain('E-A3.5-DEPRESSURISED');
    expect(step(of, 'B').otherwise.goto).toBe('V');
    expect(step(of, 'V')).toMatchObject({ next: 'B', otherwise: { goto: 'B' } });
    expect(JSON.stringify(of.safeState)).toContain('E-A3.5-DEPRESSURISED');
  });
  test('A3.5 the oxygen line comes after the proof of the gasifier, of two kinds, which nobody passes over', () => {
    expect(pack.procedures.filter((one) => sets(one, 'XV-3103').includes('open')).map((one) => one.id)).toEqual(['P-A3.5']);
    const [proved, vent] = of.handling;
    expect(new Set(shown(proved?.proof ?? [], 'depressurised'))).toEqual(new Set(['pressure-curve', 'second-pressure-system']));
    expect(proved?.next).toBeUndefined();
    expect(vent?.sets).toEqual({ 'XV-3103': 'open' });
    expect(proved !== undefined && mayBeSkipped(proved)).toBe(false);
  });
  test('A3.5 forbidden before every step, watched, and undone', () => {
    expect(allSteps(of).filter((one) => one.prohibitions.includes('NO-OXYGEN-VENT')).map((one) => one.id)).toEqual(['A', 'B', 'V', 'K1', 'K2']);
    expect(watches(of, 'NO-OXYGEN-VENT')).toBe('N-A3.5-OXYGEN-VENT');
    expect(of.prohibitions.find((one) => one.id === 'NO-OXYGEN-VENT')?.undo?.zh).toContain('XV-3103');
  });
  test.each<readonly [string, Values, boolean]>([['all at 0.1 MPa', { 'PI-3105A': 0.1, 'PI-3105B': 0.1, 'PI-3105C': 0.1 }, true], ['one at 0.11', { 'PI-3105A': 0.05, 'PI-3105B': 0.11, 'PI-3105C': 0.05 }, false]])('A3.5 depressurised: %s', (_what, values, is) => expect(after(values).isRaised('E-A3.5-DEPRESSURISED')).toBe(is));
  test('A3.5 a pressure that cannot be seen is not gone', () => expect(running().set({ 'PI-3105A': 0, 'PI-3105B': 0, 'PI-3105C': 0 }).bad('PI-3105B').run(2_000).isRaised('E-A3.5-DEPRESSURISED')).toBe(false));
});

describe('A3.6 purge again, sample, never relight before the sample is good', () => {
  const of = procedure('P-A3.6');
  test('A3.6 a lost flame and a failed ignition start it', () => {
    expect(after({ 'XS-3110': false }, 4_000).isRaised('C-A3.6-FLAME-LOST')).toBe(true);
    expect(after({ 'XS-3110': false, 'XS-3115': 'stopped' }, 4_000).isRaised('C-A3.6-FLAME-LOST')).toBe(false);
    const lighting = running().set({ 'XS-3110': false, 'XS-3115': 'starting', 'XS-3113': true });
    expect(lighting.run(29_000).isRaised('C-A3.6-IGNITION-FAILED')).toBe(false);
    expect(lighting.run(3_000).isRaised('C-A3.6-IGNITION-FAILED')).toBe(true);
    expect(startedBy('C-A3.6-FLAME-LOST')).toEqual(['P-A3.6']);
    expect(startedBy('C-A3.6-IGNITION-FAILED')).toEqual(['P-A3.6']);
  });
  test('A3.6 purge, sample, judge; not good or not judged goes round to the purge', () => {
    const ids = of.steps.map((one) => one.id);
    expect(ids.slice(ids.indexOf('PURGE'))).toEqual(['PURGE', 'SAMPLE', 'JUDGE', 'AGAIN', 'RESAMPLE', 'READY']);
    expect(step(of, 'JUDGE').options.map((one) => [one.id, one.goto])).toEqual([['GOOD', 'READY'], ['AGAIN', 'AGAIN']]);
    expect(step(of, 'JUDGE').default).toBe('AGAIN');
    expect(step(of, 'JUDGE').options.find((one) => one.id === 'GOOD')?.when).toEqual({ kind: 'not', of: 'E-A3.6-NOT-GOOD' });
    expect(step(of, 'SAMPLE').otherwise.goto).toBe('AGAIN');
    expect(step(of, 'RESAMPLE').otherwise.goto).toBe('AGAIN');
    expect(JSON.stringify(step(of, 'RESAMPLE').proof)).toContain('E-A3.6-NOT-GOOD');
    // READY is reached by a good sample: nothing else leads to it, and no time that ran out.
    expect(of.steps.filter((one) => onward(of.steps, one).includes('READY')).map((one) => one.id)).toEqual(['JUDGE', 'RESAMPLE']);
    expect(of.steps.map((one) => one.otherwise.goto)).not.toContain('READY');
    expect(JSON.stringify(step(of, 'PURGE').proof)).toContain('"KQ-3111","atOrAbove":3');
  });
  test.each<readonly [string, string, SampleValue, boolean]>([
    ['everything good', 'KQ-3111', 3, false], ['2.9 volumes', 'KQ-3111', 2.9, true], ['oxygen in the sample', 'lab:PURGE-O2', 0.5, true], ['gas in the sample', 'lab:PURGE-FUEL', 0.5, true], ['sample of last time', 'XS-3114', false, true],
  ])('A3.6 the judgement: %s', (_what, tag, value, bad) => {
    const good: Values = { 'XS-3110': false, 'KQ-3111': 3, 'XS-3114': true, 'AI-3112': 0.1, 'AI-3109': 0.1, 'lab:PURGE-O2': 0.2, 'lab:PURGE-FUEL': 0.1 };
    expect(running().set({ ...good, [tag]: value }).run(2_000).isRaised('E-A3.6-NOT-GOOD')).toBe(bad);
  });
  test('A3.6 no step opens oxygen or lights, and relighting is watched', () => {
    expect(sets(of, 'XV-3102A')).toEqual(['closed']);
    expect(sets(of, 'XV-3102B')).toEqual(['closed']);
    expect(sets(of, 'XS-3113')).toEqual([]);
    expect(watches(of, 'NO-RELIGHT')).toBe('N-A3.6-RELIGHT');
    expect(shownBefore(of, 'NO-RELIGHT')).toEqual(expect.arrayContaining(['A', 'C', 'PURGE', 'SAMPLE', 'JUDGE', 'AGAIN', 'RESAMPLE', 'READY']));
  });
  test('A3.6 the return needs the good sample of this purge', () => expect(JSON.stringify(of.returnConditions)).toMatch(/E-A3\.6-NOT-GOOD.*XS-3114/));
});

describe('A3.7 hot spot: stop at once, keep positive pressure', () => {
  const of = procedure('P-A3.7');
  const hot = (tag: string, at: number): PlantStory => new PlantStory(pack, { ...normal, [tag]: at }).play([[0, { [tag]: at }], [4, { [tag]: at + 1 }]], { stepMs: 5_000 });
  test.each<readonly [string, string, number, string]>([['shift', 'TI-3203', 480, 'SHIFT'], ['wall of shift', 'TI-3205', 425, 'SHIFT'], ['methanator', 'TI-3302', 430, 'METHANATOR'], ['converter', 'TI-3516', 545, 'CONVERTER'], ['shell of the converter', 'TI-3520', 285, 'CONVERTER']])('A3.7 %s', (_what, tag, at, way) => expect(choice(hot(tag, at), of, 'B')).toBe(way));
  test('A3.7 not decided in 15 s: all three stop', () => expect(step(of, 'B')).toMatchObject({ default: 'ALL', within: 15_000 }));
  test('A3.7 each way stops the gas and opens the nitrogen, within a minute for the stop', () => {
    for (const [stop, hold, nitrogen] of [['S1', 'S2', 'XV-3202'], ['M1', 'M2', 'XV-3302'], ['C1', 'C2', 'XV-3508']] as const) {
      expect(step(of, stop).within).toBeLessThanOrEqual(MINUTE);
      expect(step(of, stop).sets['K-3401']).toBe('stopped');
      expect(step(of, hold).sets[nitrogen]).toBe('open');
    }
    expect(Object.keys(step(of, 'T2').sets)).toEqual(expect.arrayContaining(['XV-3202', 'XV-3302', 'XV-3508']));
  });
  test('A3.7 positive pressure is watched, and held beside the steps', () => {
    for (const [id, watch] of [['KEEP-SHIFT-PRESSURE', 'N-A3.7-SHIFT-PRESSURE'], ['KEEP-METHANATION-PRESSURE', 'N-A3.7-METHANATION-PRESSURE'], ['KEEP-LOOP-PRESSURE', 'N-A3.7-LOOP-PRESSURE']] as const) {
      expect(watches(of, id)).toBe(watch);
      expect(shownBefore(of, id)).toContain('Z');
      expect(JSON.stringify(of.safeState)).toContain(watch);
    }
    expect(of.continuous.map((one) => Object.keys(one.sets)[0])).toEqual(['XV-3202', 'XV-3302', 'XV-3508']);
  });
});

describe('4.1.1(1) 4.1.1(2) 4.1.1(4) whatever is not more particular: the unit decides, not clear stops the plant', () => {
  const of = procedure('P-4.1.1-AS');
  test.each<readonly [string, () => PlantStory, string]>([
    ['4.1.1(4) one CO detector', () => after({ 'GD-3101B': 50 }), 'LEAK'], ['4.1.1(4) flames in synthesis', () => after({ 'XS-3509': true }), 'LEAK'], ['4.1.1(4) the flare rack', () => after({ 'GD-3903': 60 }), 'FLARE'],
    ['4.1.1(1) the slag tap plugged', () => after({ 'PDI-3118': 0.9 }, 12_000), 'GASIFIER'], ['4.1.1(2) the safety valve of the gasifier', () => after({ 'PSV-3105': true }), 'GASIFIER'],
    ['4.1.1(2) the safety valve of the flash drum', () => after({ 'PSV-3553': true }), 'SEPARATION'], ['4.1.1(1) loop over pressure', () => after({ 'PI-3501': 21.3 }, 2_000), 'SEPARATION'],
    ['4.1.1(1) vibration, seen', () => seen('VIOLENT-VIBRATION'), 'WHOLE'], ['4.1.1(2) two units at once', () => after({ 'PSV-3105': true, 'PSV-3553': true }), 'WHOLE'],
  ])('%s', (_what, story, way) => expect(choice(story(), of, 'B')).toBe(way));
  test('4.1.1(4) people leave first, and nobody waits for them', () => expect(of.steps[0]).toMatchObject({ proceed: 'at-once', modes: ['evacuation'] }));
});

test('4.1.1(3) what cannot be seen is stopped by hard-wired buttons, proved by signatures; that is what is done when nobody decides', () => {
  const of = procedure('P-4.1.1(3)-AS');
  expect(step(of, 'B').default).toBe('BLIND');
  expect(step(of, 'B').options.find((one) => one.id === 'BLIND')?.goto).toBe('H1');
  for (const id of ['H1', 'H2', 'Z']) expect(step(of, id).proof.every((one) => 'signed' in one), id).toBe(true);
  expect(step(of, 'H1').text.zh).toContain('硬按钮');
  expect(of.safeState.every((one) => 'signed' in one)).toBe(true);
  expect(choice(after({ 'P-3101': 'fault' }), of, 'B')).toBe('SLURRY-PUMP');
  expect(choice(after({ 'K-3402': 'fault' }), of, 'B')).toBe('CIRCULATOR');
});

test('4.1.1(5) announced: load down first; here already, or not clear: at once; two people at most', () => {
  const of = procedure('P-4.1.1(5)-AS');
  expect(options(of, 'B')).toEqual(['AHEAD', 'AT-ONCE']);
  expect(step(of, 'B').default).toBe('AT-ONCE');
  expect(of.people.limit).toBe(2);
  expect(of.byHand).toBeDefined();
  expect(step(of, 'C').otherwise.goto).toBe('W1');
});

test('4.1.2 4.1.1-modes unforeseen: the whole plant stops, with nothing to decide; safe is seen from tags alone', () => {
  const of = procedure('P-4.1.2-AS');
  expect(of.steps.some((one) => one.kind === 'decide')).toBe(false);
  expect(of.modes).toContain('whole-plant-stop');
  expect(of.people.limit).toBe(0);
  expect(of.safeState.every((one) => 'when' in one)).toBe(true);
  expect(of.safeState.map((one) => JSON.stringify(one)).join()).toMatch(/XV-3102A.*P-3101.*XV-3601.*K-3401.*XV-3543/);
});

describe('4.4.2 4.4.3 work under pressure only for other media, only if it must be, only with every condition', () => {
  const of = procedure('P-4.4-AS');
  test('4.4.3 A3.4 what is flammable, toxic, suffocating or not known goes to P-A3.4', () => {
    expect(step(of, 'A').default).toBe('A3.4');
    expect(step(of, 'B')).toMatchObject({ kind: 'goto', procedure: 'P-A3.4' });
  });
  test('4.4.2 4.3.1 feasibility, survey and plan, each signed; one lacking leads back to depressurising', () => {
    expect(step(of, 'K2').default).toBe('DEPRESSURISED');
    expect(step(of, 'P1')).toMatchObject({ kind: 'decide', default: 'LACKING' });
    expect(step(of, 'P1').options.find((one) => one.id === 'LACKING')?.goto).toBe('K3');
    expect(step(of, 'P2').proof).toHaveLength(3);
    expect(reached(of.handling, 'P2').has('P5')).toBe(false);
  });
  test('4.4.3 medium, wall, cracks, strength, safeguards, each signed, the wall in figures', () => {
    expect(step(of, 'P6').proof).toHaveLength(5);
    expect(step(of, 'P6').proof.some((one) => 'signed' in one && one.figure?.unit === 'mm')).toBe(true);
    expect(reached(of.handling, 'P6').has('P5')).toBe(false);
    expect(of.prohibitions.find((one) => one.id === 'NO-CLAMP')?.clause).toBe('4.4.3');
    expect(step(of, 'P5').prohibitions).toContain('NO-CLAMP');
  });
  test('4.4.1 4.3.3 4.3.3(1) 4.3.3(2) 4.3.3(3) 4.3.3(4) 4.3.4 3.7 else depressurised and blinded', () => {
    const proofs = of.handling.flatMap((one) => one.proof);
    expect(shown(proofs, 'isolated')).toEqual(expect.arrayContaining(['blind', 'vents-open']));
    expect(new Set(shown(step(of, 'K3').proof, 'depressurised')).size).toBeGreaterThanOrEqual(3);
  });
});
