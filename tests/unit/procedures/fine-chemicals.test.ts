/** Annex 1 and section 4 in the procedures of the fine-chemicals plant: what each clause demands stands in them, and in the right place. */
import { describe, expect, test } from 'vitest';
import type { Direction } from '../../../src/contract/refusal.ts';
import { STEPS_END } from '../../../src/domain/packs/schema.ts';
import type { Measure, ProcedureDef, ProofDef, Sets, StepDef } from '../../../src/domain/packs/schema.ts';
import { shippedPlant } from '../../support/rules/plant-story.ts';

const pack = shippedPlant('fine-chemicals');
const own = new Map(pack.procedures.map((one) => [one.id, one]));
const conditions = new Map(pack.conditions.map((one) => [one.id, one]));
const all = [...own.values()];
const MIN = 60_000;

function procedure(id: string): ProcedureDef {
  const found = own.get(id);
  if (found === undefined) throw new Error(`no procedure ${id}; there are ${[...own.keys()].join(', ')}`);
  return found;
}
function step(id: string, name: string): StepDef {
  const found = [...procedure(id).steps, ...procedure(id).handling].find((one) => one.id === name);
  if (found === undefined) throw new Error(`${id} has no step ${name}`);
  return found;
}
/** The option, when the product sees it by itself, and the step it leads to. */
const options = (id: string, name: string): [string, Measure | undefined, string][] => step(id, name).options.map((one) => [one.id, one.when, one.goto]);
const startedBy = (id: string): string[] => pack.conditions.filter((one) => one.role === 'trigger' && one.starts.includes(id)).map((one) => one.id).sort();
const seenBy = (...of: string[]): Measure => ({ kind: 'all', of });
/** Prohibitions of a procedure with what watches them and the steps they stand before. */
const nevers = (id: string): [string, string | undefined, boolean][] => procedure(id).prohibitions.map((one) => [one.id, one.watchedBy, procedure(id).steps.some((each) => each.prohibitions.includes(one.id))]);
const proves = (proofs: readonly ProofDef[], tag: string, is: string): boolean => proofs.some((one) => 'when' in one && one.when.kind === 'state' && one.when.input === tag && one.when.is === is);
const evidence = (proofs: readonly ProofDef[], shows: ProofDef['shows']): string[] => proofs.filter((one) => one.shows === shows).map((one) => String(one.evidence));
/** Which of its own next modes a procedure goes on to, to the end of the chain. */
function chain(id: string): string[] {
  const ids = [id];
  for (let next = procedure(id).ifNotSafe.raise; next !== undefined && !ids.includes(next); next = procedure(next).ifNotSafe.raise) ids.push(next);
  return ids;
}
const commands = (one: ProcedureDef): { who: string; sets: Sets }[] => [...[...one.steps, ...one.handling].map((each) => ({ who: each.id, sets: each.sets })), ...one.continuous.map((each) => ({ who: each.id, sets: each.sets }))];

// Where a list of steps may lead: each way on, whether by proof, by choice or by a time that ran out.
/** What the way to the safe state may consist of. */
const PERMITTED_DIRECTIONS: readonly Direction[] = ['retreat', 'hold'];

function waysOn(steps: readonly StepDef[], index: number): string[] {
  const step = steps[index];
  if (step === undefined) return [];
  const onwards = step.next ?? steps[index + 1]?.id ?? STEPS_END;
  return [...(step.kind === 'decide' ? step.options.map((option) => option.goto) : [onwards]), ...(step.otherwise.goto === undefined ? [] : [step.otherwise.goto])];
}

function stepsReached(steps: readonly StepDef[]): Set<string> {
  const seen = new Set<string>();
  const open = steps[0] === undefined ? [] : [steps[0].id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === STEPS_END || seen.has(id)) continue;
    seen.add(id);
    open.push(...waysOn(steps, steps.findIndex((step) => step.id === id)));
  }
  return seen;
}

/** From every step that is reached the end can be reached: no ring holds people for ever. */
function endsReached(steps: readonly StepDef[]): boolean {
  const ending = new Set<string>([STEPS_END]);
  for (let before = -1; before !== ending.size;) {
    before = ending.size;
    steps.forEach((step, index) => { if (waysOn(steps, index).some((id) => ending.has(id))) ending.add(step.id); });
  }
  return [...stepsReached(steps)].every((id) => ending.has(id));
}

const STARTS: readonly (readonly [clause: string, procedure: string, triggers: readonly string[]])[] = [
  ['A1.1', 'P-A1.1', ['C-A1.1-AGITATION', 'C-A1.1-BUTTON', 'C-A1.1-COOLING', 'C-A1.1-PLANT-BUTTON', 'C-A1.1-STOPPED']],
  ['A1.1', 'P-A1.1-R1103', ['C-A1.1-R1103']],
  ['A1.1', 'P-A1.1-R1201', ['C-A1.1-R1201']],
  ['A1.1', 'P-A1.1-R1301', ['C-A1.1-R1301']],
  ['A1.2', 'P-A1.2', ['C-A1.2-LEVEL-SWELL', 'C-A1.2-PI-1101A', 'C-A1.2-PI-1101A-RATE', 'C-A1.2-PI-1101B', 'C-A1.2-PI-1101B-RATE', 'C-A1.2-RATE', 'C-A1.2-SEEN', 'C-A1.2-TI-1101', 'C-A1.2-TI-1101-ALONE', 'C-A1.2-TI-1101-DUMP']],
  ['A1.2', 'P-A1.2-R1201', ['C-A1.2-PIC-1201', 'C-A1.2-PIC-1201-RATE', 'C-A1.2-TI-1201', 'C-A1.2-TI-1201-RATE']],
  ['A1.2', 'P-A1.2-R1301', ['C-A1.2-PI-1301', 'C-A1.2-R1301-SEEN', 'C-A1.2-TI-1301', 'C-A1.2-TI-1301-RATE']],
  ['A1.3', 'P-A1.3', ['C-A1.3-AI-1203A', 'C-A1.3-AI-1203B', 'C-A1.3-BLIND']],
  ['A1.4', 'P-A1.4', ['C-A1.4-HALIDE', 'C-A1.4-NOT-INITIATED']],
  ['A1.6', 'P-A1.6', ['C-A1.6-LEVEL', 'C-A1.6-NOTHING-OVER', 'C-A1.6-PI-1404', 'C-A1.6-SEEN', 'C-A1.6-TI-1401', 'C-A1.6-TI-1401-RATE']],
  ['A1.7', 'P-A1.7', ['C-4.1.1(4)-TOXIC-GD-1507', 'C-A1.7-CAUSTIC-FLOW', 'C-A1.7-FAN-A', 'C-A1.7-FAN-B', 'C-A1.7-NO-FAN', 'C-A1.7-PH', 'C-A1.7-SEEN', 'C-A1.7-STACK', 'C-A1.7-SUCTION', 'C-A1.7-SUCTION-HH']],
  ['4.1.2', 'P-4.1.2-FC', ['C-4.1.2-UNFORESEEN', 'C-A1.1-PLANT-BUTTON']],
];

describe('A1.1 A1.2 A1.3 A1.4 A1.6 A1.7 4.1.2 every trigger starts what fits', () => {
  test.each(STARTS)('%s: %s', (_clause, id, triggers) => { expect(startedBy(id)).toEqual(triggers); });

  test('4.1.2: no trigger of the plant, its own or of the general rules, leads to nothing', () => {
    const triggers = pack.conditions.filter((one) => one.role === 'trigger');
    expect(triggers.length).toBeGreaterThan(90);
    expect(triggers.filter((one) => !one.starts.some((id) => own.has(id))).map((one) => one.id)).toEqual([]);
  });

  test('a trigger of one reactor starts no procedure of another', () => {
    const unit = (id: string): string => /R?-?(1201|1203|1301)/u.exec(id)?.[1]?.slice(0, 2) ?? '11';
    const odd = pack.conditions.filter((one) => one.role === 'trigger' && /^C-A1\.[12]-/u.test(one.id)).filter((one) => one.starts.some((id) => /^P-A1\.[12]/u.test(id) && unit(id) !== unit(one.id))).map((one) => one.id);
    expect(odd).toEqual([]);
  });

  test.each([
    ['4.1.1(1)', 'P-4.1.1-FC', /^C-4\.1\.1\(1\)-/u], ['4.1.1(2)', 'P-4.1.1-FC', /^C-4\.1\.1\(2\)-/u], ['4.1.1(3)', 'P-4.1.1(3)-FC', /^C-4\.1\.1\(3\)-/u],
    ['4.1.1(4)', 'P-4.1.1-FC', /^C-4\.1\.1\(4\)-(?!TOXIC)/u], ['4.1.1(5)', 'P-4.1.1(5)-FC', /^C-(?:4\.1\.1\(5\)|H\.3)-/u],
  ])('%s: the general triggers start %s', (_clause, id, pattern) => {
    const found = pack.conditions.filter((one) => one.role === 'trigger' && pattern.test(one.id));
    expect(found.length).toBeGreaterThan(2);
    expect(found.filter((one) => !one.starts.includes(id)).map((one) => one.id)).toEqual([]);
  });

  test.each(['P-A1.5', 'P-A1.5-R1201', 'P-A1.5-R1301', 'P-4.3.2-FC', 'P-4.4-FC', 'P-4.1.1(5)-FC'])('%s may be raised by hand and says when', (id) => {
    expect(procedure(id).byHand?.zh.length).toBeGreaterThan(8);
  });
});

describe('3.4 4.1.1-modes the way to the safe state', () => {
  test.each(all)('3.4 4.1.1-modes $id: retreat and hold only, no person is waited for, every step leads on', (one) => {
    expect(one.steps.filter((each) => !PERMITTED_DIRECTIONS.includes(each.direction) || each.kind === 'hold').map((each) => each.id)).toEqual([]);
    for (const list of [one.steps, one.handling]) {
      expect([...stepsReached(list)].sort()).toEqual(list.map((each) => each.id).sort());
      expect(endsReached(list)).toBe(true);
    }
    // A signature is never what stands between people and the next step: it is watched beside it, or it is at the desk.
    const waits = one.steps.filter((each) => each.kind === 'command' && each.proceed === 'proved' && each.proof.length > 0 && each.proof.every((proof) => 'signed' in proof));
    expect(one.byHand === undefined ? waits.map((each) => each.id) : []).toEqual([]);
  });

  test.each(all)('4.1.1-modes $id: every commanded tag is proved in that step by a tag', (one) => {
    const unproved = [...one.steps, ...one.continuous].flatMap((each) => Object.entries(each.sets).filter(([tag, state]) => !proves(each.proof, tag, String(state)) && tag !== 'K-1501B').map(([tag]) => `${each.id} ${tag}`));
    expect(unproved).toEqual([]);
  });

  test.each(all)('4.1.1-modes $id: not safe in time leads on to the whole-plant stop', (one) => {
    const last = chain(one.id).at(-1);
    expect(last).toBe('P-4.1.2-FC');
    expect([procedure('P-4.1.2-FC').priority, procedure('P-4.1.2-FC').ifNotSafe.raise, procedure('P-4.1.2-FC').modes.includes('evacuation'), procedure('P-4.1.2-FC').modes.includes('whole-plant-stop')]).toEqual([1, undefined, true, true]);
    expect(chain(one.id).every((id, i, ids) => i === 0 || procedure(id).priority <= procedure(ids[i - 1] ?? id).priority)).toBe(true);
  });

  test('4.5.1: two procedures command one tag differently only where one of them goes first', () => {
    const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));
    const against = pairs.filter(([a, b]) => a.priority === b.priority).flatMap(([a, b]) => commands(a).flatMap((one) => commands(b).flatMap((other) => Object.entries(one.sets).filter(([tag, state]) => tag in other.sets && other.sets[tag] !== state).map(([tag]) => `${a.id} ${b.id} ${tag}`))));
    expect(against).toEqual([]);
    expect([procedure('P-A1.1-R1103').priority < procedure('P-A1.1').priority, commands(procedure('P-A1.2')).some((one) => 'XV-1113' in one.sets)]).toEqual([true, false]);
  });

  test('3.3: no step commands the opposite of what an interlock trips to, and every interlock says what it sets', () => {
    expect(pack.interlocks.filter((one) => Object.keys(one.sets).length === 0).map((one) => one.id)).toEqual([]);
    const against = all.flatMap((one) => pack.interlocks.flatMap((interlock) => commands(one).flatMap(({ who, sets }) => Object.entries(sets).filter(([tag, state]) => tag in interlock.sets && interlock.sets[tag] !== state).map(([tag]) => `${one.id} ${who} ${interlock.id} ${tag}`))));
    expect(against).toEqual([]);
  });

  test('no step opens what a prohibition of the plant forbids', () => {
    const forbidden: Sets = { 'XV-1115': 'open', 'XV-1304': 'open', 'XV-1305': 'open', 'XV-1401': 'open', 'XV-1201': 'open', 'XV-1107': 'open', 'XV-1108': 'open', 'XV-1303': 'open' };
    expect(all.flatMap((one) => commands(one).filter(({ sets }) => Object.entries(sets).some(([tag, state]) => forbidden[tag] === state)).map(({ who }) => `${one.id} ${who}`))).toEqual([]);
  });

  test.each(all.filter((one) => one.id !== 'P-4.1.1(3)-FC'))('4.1.1-modes $id: the safe state is seen from tags alone', (one) => {
    expect(one.safeState.filter((proof) => 'signed' in proof).map((proof) => proof.id)).toEqual([]);
  });

  test.each(all)('4.2.1 4.2.3 $id: at most 2 people, none in a runaway, the unforeseen or a disaster; people walk while valves close', (one) => {
    expect(one.people.limit).toBe(/^P-(?:A1\.2|4\.1\.2-FC|4\.1\.1\(5\))/u.test(one.id) ? 0 : 2);
    const leaving = one.steps.filter((each) => each.modes.includes('evacuation') && each.proof.some((proof) => 'when' in proof && proof.when.kind === 'limit' && proof.when.input.startsWith('PC-')));
    expect(leaving.every((each) => each.proceed === 'at-once')).toBe(true);
    expect(/^P-A1\.5/u.test(one.id) || leaving.length > 0).toBe(true);
  });

  test.each(all)('3.2 $id: two signatures and the engineer\'s word for a return', (one) => {
    expect(one.returnApprovals).toEqual(['supervisor', 'engineer']);
    expect(one.returnConditions.some((proof) => 'signed' in proof && proof.signed === 'engineer')).toBe(true);
    expect(one.returnConditions.some((proof) => 'when' in proof)).toBe(true);
  });
});

describe('A1.1 a reactor stopped by a fault', () => {
  test('A1.1: feed and heat are off first, within 2 min, then cooling at once where the reaction gives heat', () => {
    expect([step('P-A1.1', 'B').sets, step('P-A1.1', 'D').sets]).toEqual([{ 'XV-1107': 'closed', 'XV-1108': 'closed' }, { 'XV-1110': 'open' }]);
    expect(procedure('P-A1.1').deadlines.map((one) => [one.within, one.from, one.until])).toEqual([[2 * MIN, 'start', 'B']]);
    expect(options('P-A1.1', 'C')).toEqual([['EXOTHERMIC', seenBy('E-A1.1-EXOTHERMIC'), 'D'], ['NOT-EXOTHERMIC', undefined, 'E']]);
    expect(step('P-A1.1', 'C').default).toBe('EXOTHERMIC');
    expect(conditions.get('E-A1.1-EXOTHERMIC')?.measure).toMatchObject({ kind: 'any', of: ['E-A1.1-DOSED', 'E-A1.1-GAP'] });
  });

  test('A1.1: cooling or agitation lost and reactors run normally: transfer, divided; none can take it: runaway', () => {
    expect(options('P-A1.1', 'E')).toEqual([['COOLED-STIRRED', seenBy('E-A1.1-COOLED-STIRRED'), 'H'], ['TRANSFER', seenBy('E-A1.1-TRANSFER'), 'F'], ['NO-RECEIVER', seenBy('E-A1.1-NO-TRANSFER'), 'G']]);
    expect(step('P-A1.1', 'E').default).toBe('NO-RECEIVER');
    expect(step('P-A1.1', 'F')).toMatchObject({ sets: { 'XV-1113': 'open' }, modes: ['discharge'], prohibitions: ['NO-LOCAL-DISCHARGE'], otherwise: { raise: 'P-A1.2' } });
    expect(step('P-A1.1', 'F').text.zh).toMatch(/分散/u);
    expect(step('P-A1.1', 'F2').proof.map((one) => 'signed' in one && one.signed)).toEqual(['operator']);
    expect(step('P-A1.1', 'G')).toMatchObject({ kind: 'goto', procedure: 'P-A1.2' });
    expect(conditions.get('E-A1.1-LOST')?.measure).toMatchObject({ kind: 'any', of: ['E-A1.1-COOLING-FLOW', 'E-A1.1-NOT-STIRRED'] });
    expect(conditions.get('E-A1.1-R1103-READY')?.measure).toMatchObject({ kind: 'all', of: ['E-A1.1-R1103-RUNNING', 'E-A1.1-R1103-ROOM', 'E-A1.1-R1103-COOL'] });
  });

  test('A1.1: backup cooling opens as soon as the flow is gone', () => {
    expect(procedure('P-A1.1').continuous.map((one) => [one.when, one.sets])).toEqual([[seenBy('E-A1.1-COOLING-FLOW'), { 'XV-1111': 'open' }]]);
  });

  test('A1.1: a reactor that is not stirred takes nothing', () => {
    expect(step('P-A1.1-R1103', 'B').sets).toEqual({ 'XV-1113': 'closed' });
  });

  test.each([
    ['P-A1.1-R1201', { 'XV-1201': 'closed' }, { 'XV-1203': 'open', 'XV-1202': 'open' }, 'E', ['HELD', 'TRANSFER'], 'TRANSFER'],
    ['P-A1.1-R1301', { 'XV-1303': 'closed', 'XV-1304': 'closed' }, { 'XV-1308': 'open', 'XV-1307': 'open' }, 'D', ['STIRRED', 'TO-QUENCH', 'HOLD'], 'HOLD'],
  ])('A1.1: %s: feed off, cooling on, and the variants', (id, feed, cooling, decision, names, fallback) => {
    expect([step(id, 'B').sets, step(id, 'C').sets]).toEqual([feed, cooling]);
    expect([step(id, decision).options.map((one) => one.id), step(id, decision).default]).toEqual([names, fallback]);
  });
});

describe('A1.2 runaway', () => {
  test.each([
    ['P-A1.2', { 'XV-1107': 'closed', 'XV-1108': 'closed' }, { 'XV-1110': 'open', 'XV-1111': 'open' }],
    ['P-A1.2-R1201', { 'XV-1201': 'closed' }, { 'XV-1203': 'open', 'XV-1202': 'open' }],
    ['P-A1.2-R1301', { 'XV-1303': 'closed', 'XV-1304': 'closed' }, { 'XV-1308': 'open', 'XV-1307': 'open' }],
  ])('A1.2: %s does A1.1 first: people out, feed and heat off, full cooling', (id, feed, cooling) => {
    expect(procedure(id).steps.slice(0, 3).map((one) => one.sets)).toEqual([{}, feed, cooling]);
    expect(procedure(id).steps[0]?.modes).toEqual(['evacuation']);
    expect(procedure(id).steps.slice(0, 3).every((one) => one.proceed === 'at-once')).toBe(true);
    expect(procedure(id).clauses).toContain('A1.1');
  });

  test('A1.2: still out of control: to D-1102, and only if it already holds its quench agent', () => {
    expect(options('P-A1.2', 'D')).toEqual([['HELD', seenBy('E-A1.2-HELD'), 'E'], ['TRANSFER', seenBy('E-A1.2-TRANSFER'), 'F'], ['OUT-OF-CONTROL', seenBy('E-A1.2-OUT'), 'G']]);
    expect(options('P-A1.2', 'G')).toEqual([['LOADED', seenBy('E-A1.2-QUENCH-READY'), 'H'], ['NOT-LOADED', seenBy('E-A1.2-QUENCH-NOT-READY'), 'J']]);
    expect([step('P-A1.2', 'D').default, step('P-A1.2', 'G').default]).toEqual(['OUT-OF-CONTROL', 'NOT-LOADED']);
    expect(conditions.get('E-A1.2-QUENCH-LEVEL')?.measure).toMatchObject({ kind: 'limit', input: 'LI-1112', atOrAbove: 35 });
    expect(conditions.get('E-A1.2-QUENCH-READY')?.measure).toMatchObject({ kind: 'all', of: ['E-A1.2-QUENCH-LEVEL', 'E-A1.2-QUENCH-COOL'] });
    // The figures of the dump interlock discharge at once; a rate, a swell or an ejection gives A1.1 its time first.
    expect([conditions.get('E-A1.2-OUT')?.measure, step('P-A1.2', 'D').within]).toEqual([{ kind: 'any', of: ['C-A1.2-TI-1101-DUMP', 'C-A1.2-PI-1101A', 'C-A1.2-PI-1101B'] }, 3 * MIN]);
    expect(step('P-A1.2', 'H').sets).toEqual({ 'XV-1109': 'open', 'XV-1116': 'open' });
    expect(procedure('P-A1.2').steps.filter((one) => one.sets['XV-1109'] !== undefined).map((one) => one.id)).toEqual(['H']);
    expect(procedure('P-A1.2').steps.filter((one) => one.options.some((each) => each.goto === 'H') || one.next === 'H').map((one) => one.id)).toEqual(['G']);
  });

  test('A1.2: without quench agent nothing is discharged, and the next mode comes', () => {
    expect([step('P-A1.2', 'J').sets, step('P-A1.2', 'K').procedure, step('P-A1.2', 'K').kind]).toEqual([{ 'XV-1116': 'open' }, 'P-4.1.2-FC', 'goto']);
    expect([step('P-A1.2-R1201', 'G').procedure, step('P-A1.2-R1301', 'I').procedure]).toEqual(['P-4.1.2-FC', 'P-4.1.2-FC']);
    expect([step('P-A1.2-R1301', 'F').default, options('P-A1.2-R1301', 'F').map(([id, when, goto]) => [id, when !== undefined, goto])]).toEqual(['NOT-LOADED', [['LOADED', false, 'G'], ['NOT-LOADED', true, 'I']]]);
  });

  test('A1.2: what is held and heats again is discharged', () => {
    // Not only when the watching runs out: at once, whatever step is open.
    expect(procedure('P-A1.2').continuous.map((one) => [one.when, one.sets, one.otherwise.raise])).toEqual([[seenBy('E-A1.2-OUT-READY'), { 'XV-1109': 'open' }, 'P-4.1.2-FC'], [seenBy('E-A1.2-OUT-NOT-READY'), {}, 'P-4.1.2-FC']]);
    expect(['P-A1.2-R1201', 'P-A1.2-R1301'].map((id) => procedure(id).continuous.map((one) => [one.when, one.otherwise.raise]))).toEqual([[[seenBy('E-R1201-OUT'), 'P-4.1.2-FC']], [[seenBy('E-R1301-OUT'), 'P-4.1.2-FC']]]);
    expect([step('P-A1.2', 'E').otherwise.goto, step('P-A1.2-R1201', 'F').otherwise.goto, step('P-A1.2-R1301', 'E').otherwise.goto]).toEqual(['G', 'G', 'F']);
  });

  test.each([
    ['P-A1.2', 'N-A1.2-LOCAL-DISCHARGE'], ['P-A1.1', 'N-A1.2-LOCAL-DISCHARGE'], ['P-A1.2-R1201', 'N-A1.2-LOCAL-DISCHARGE-SEEN'], ['P-A1.2-R1301', 'N-A1.2-LOCAL-DISCHARGE-SEEN'],
  ])('A1.2: %s never discharges on the spot: shown before the steps and watched by %s', (id, watcher) => {
    expect(nevers(id)).toEqual([['NO-LOCAL-DISCHARGE', watcher, true]]);
    expect(conditions.get(watcher)?.role).toBe('prohibition');
    const discharging = procedure(id).steps.filter((one) => one.modes.includes('discharge') || one.options.some((each) => /DISCHARGE|LOADED|OUT/u.test(each.id)));
    expect(discharging.filter((one) => !one.prohibitions.includes('NO-LOCAL-DISCHARGE')).map((one) => one.id)).toEqual([]);
    expect(procedure(id).prohibitions[0]?.undo?.zh.length).toBeGreaterThan(5);
  });

  test.each(['P-A1.1', 'P-A1.2'])('A1.2: %s is not safe with the local drain not proved shut', (id) => { expect(proves(procedure(id).safeState, 'XV-1115', 'closed')).toBe(true); });
});

describe('A1.3 oxygen abnormally high in hydrogenation', () => {
  test('A1.3: hydrogen off is the first thing, at once, and nothing waits for it', () => {
    expect(procedure('P-A1.3').steps[0]).toMatchObject({ id: 'A', sets: { 'XV-1201': 'closed' }, proceed: 'at-once', within: 30_000 });
    expect(procedure('P-A1.3').deadlines.map((one) => [one.within, one.from, one.until])).toEqual([[MIN, 'start', 'A']]);
    expect(proves(procedure('P-A1.3').safeState, 'XV-1201', 'closed')).toBe(true);
    expect(nevers('P-A1.3')).toEqual([['NO-HYDROGEN', 'N-A1.3-HYDROGEN', true]]);
  });

  test('A1.3: nitrogen, stirring and cooling are kept until both analysers are low', () => {
    expect([step('P-A1.3', 'C').sets, step('P-A1.3', 'D').sets, proves(step('P-A1.3', 'D').proof, 'M-1205', 'running')]).toEqual([{ 'XV-1202': 'open' }, { 'XV-1203': 'open' }, true]);
    expect(conditions.get('E-A1.3-OXYGEN-LOW')?.measure).toMatchObject({ kind: 'voted', inputs: ['AI-1203A', 'AI-1203B'], need: 2, below: 0.5 });
  });
});

describe('A1.4 Grignard not initiated', () => {
  test('A1.4: never heat, never add initiator: shown before the first step and watched', () => {
    expect(nevers('P-A1.4')).toEqual([['NO-HEATING', 'N-A1.4-HEATING', true], ['NO-INITIATOR', 'N-A1.4-INITIATOR', true], ['NO-EARLY-WORKUP', undefined, true]]);
    expect(procedure('P-A1.4').steps[0]).toMatchObject({ sets: { 'XV-1303': 'closed', 'XV-1304': 'closed', 'XV-1305': 'closed' }, prohibitions: ['NO-HEATING', 'NO-INITIATOR'] });
  });

  test('A1.4: the cause is looked for at once, and draining does not wait for it', () => {
    expect(step('P-A1.4', 'D')).toMatchObject({ kind: 'record', proceed: 'at-once' });
  });

  test('A1.4: to the quench vessel, quench agent dropwise, stopped when it runs away there', () => {
    expect([step('P-A1.4', 'G').sets, step('P-A1.4', 'H').sets]).toEqual([{ 'XV-1306': 'open' }, { 'XV-1309': 'open' }]);
    expect(step('P-A1.4', 'H').proof).toContainEqual(expect.objectContaining({ when: expect.objectContaining({ input: 'FI-1309', atOrBelow: 200 }) as Measure }));
    expect(procedure('P-A1.4').continuous.map((one) => [one.when, one.sets])).toEqual([[seenBy('E-A1.4-V1302-UPSET'), { 'XV-1309': 'closed' }]]);
    expect(options('P-A1.4', 'E').map(([id, , goto]) => [id, goto])).toEqual([['READY', 'G'], ['NOT-READY', 'F'], ['SUDDEN', 'K']]);
    expect(step('P-A1.4', 'E').default).toBe('NOT-READY');
  });

  test('A1.4: worked up only when pressure and temperature have been stable for 30 min', () => {
    expect(step('P-A1.4', 'I').proof).toEqual([expect.objectContaining({ when: seenBy('E-A1.4-V1302-STABLE'), for: 30 * MIN })]);
    expect(procedure('P-A1.4').safeState.some((proof) => 'when' in proof && JSON.stringify(proof.when) === JSON.stringify(seenBy('E-A1.4-V1302-STABLE')) && proof.for === 30 * MIN)).toBe(true);
    expect(conditions.get('E-A1.4-V1302-STABLE')?.measure).toMatchObject({ kind: 'all', of: ['E-A1.4-V1302-NOT-HOT', 'E-A1.4-V1302-VENTED', 'E-A1.4-V1302-STILL'] });
    expect(procedure('P-A1.4').handling.map((one) => [one.id, one.prohibitions])).toEqual(['H1', 'H2', 'H3'].map((id) => [id, ['NO-EARLY-WORKUP']]));
  });
});

describe('A1.5 restart with a charge', () => {
  test.each([['P-A1.5', 'N-A1.5-RESTART'], ['P-A1.5-R1201', 'N-A1.5-RESTART-R1201'], ['P-A1.5-R1301', 'N-A1.5-RESTART-R1301']])('A1.5: %s: assessment, plan and measures first, runaway possible: emptied first', (id, watcher) => {
    expect(step(id, 'C').options.map((one) => [one.id, one.goto])).toEqual([['POSSIBLE', 'D'], ['NOT-POSSIBLE', 'E']]);
    expect([step(id, 'C').default, step(id, 'D').modes]).toEqual(['POSSIBLE', ['discharge']]);
    expect(procedure(id).handling.map((one) => one.kind)).toEqual(['record', 'record', 'record', 'hold']);
    expect(['H1', 'H2', 'H3'].map((name) => step(id, name).text.zh.match(/评估|方案|措施/u)?.[0])).toEqual(['评估', '方案', '措施']);
    expect(procedure(id).returnConditions.slice(0, 4).map((one) => one.text.zh.match(/评估|方案|措施|退料/u)?.[0])).toEqual(['评估', '方案', '措施', '退料']);
    expect(nevers(id)).toEqual([['NO-RESTART', watcher, true]]);
  });
});

describe('A1.6 nothing comes over', () => {
  test('A1.6: never go on heating, never boil dry: steam off first, and proved by valve and flow', () => {
    expect(nevers('P-A1.6')).toEqual([['NO-HEATING', 'N-A1.6-HEATING', true], ['NO-DRY', 'N-A1.6-HEATING', true]]);
    expect(procedure('P-A1.6').steps[0]).toMatchObject({ sets: { 'XV-1401': 'closed' }, prohibitions: ['NO-HEATING', 'NO-DRY'], proceed: 'at-once', within: MIN });
    expect(step('P-A1.6', 'A').proof).toHaveLength(2);
  });

  test('A1.6: the cause is found; not known counts as dry', () => {
    expect(options('P-A1.6', 'C').map(([id, when, goto]) => [id, when !== undefined, goto])).toEqual([['DRY', true, 'D'], ['PRESSED', true, 'E'], ['OTHER', false, 'F']]);
    expect(step('P-A1.6', 'C').default).toBe('DRY');
    expect(procedure('P-A1.6').returnConditions.some((one) => one.text.zh.includes('不出料的原因'))).toBe(true);
  });
});

describe('A1.7 toxic off-gas extraction fails', () => {
  test('A1.7: the standby runs at once, by interlock or from the control room', () => {
    expect(procedure('P-A1.7').steps[0]).toMatchObject({ sets: { 'K-1501B': 'running' }, within: 15_000, otherwise: { goto: 'D' } });
    expect(procedure('P-A1.7').deadlines.map((one) => [one.within, one.until])).toEqual([[15_000, 'A']]);
    expect(pack.interlocks.find((one) => one.id === 'I-1501')?.sets).toEqual({ 'K-1501B': 'running' });
  });

  test('A1.7: not extracted: the sources are shut; the standby pump and tower stand by', () => {
    expect([step('P-A1.7', 'C').default, step('P-A1.7', 'D').sets]).toEqual(['LOST', { 'XV-1502': 'closed', 'XV-1107': 'closed' }]);
    expect(options('P-A1.7', 'E').map(([id, , goto]) => [id, goto])).toEqual([['GOOD', 'H'], ['PUMP', 'F'], ['SPENT', 'G']]);
    expect([step('P-A1.7', 'F').sets, step('P-A1.7', 'G').sets]).toEqual([{ 'P-1506B': 'running' }, { 'ZS-1501': 'tower-b' }]);
    expect(procedure('P-A1.7').continuous.map((one) => [one.when, one.sets])).toEqual([[seenBy('E-A1.7-ESCAPING'), { 'XV-1502': 'closed' }]]);
  });
});

const STOP: Sets = { 'XV-1201': 'closed', 'XV-1107': 'closed', 'XV-1303': 'closed', 'XV-1108': 'closed', 'XV-1304': 'closed', 'XV-1401': 'closed', 'XV-1110': 'open', 'XV-1203': 'open', 'XV-1308': 'open', 'XV-1116': 'open', 'XV-1202': 'open', 'XV-1307': 'open', 'XV-1502': 'closed' };

describe('4.1.1 4.1.2 the general ones', () => {
  test.each(['P-4.1.1-FC', 'P-4.1.1(3)-FC', 'P-4.1.1(5)-FC', 'P-4.1.2-FC'])('4.1.2 %s stops every feed, every heat, cools, blankets with nitrogen, shuts the toxic sources', (id) => {
    expect(commands(procedure(id)).map((one) => one.sets).reduce((sum, sets) => ({ ...sum, ...sets }), {})).toMatchObject(STOP);
    expect(procedure(id).priority).toBe(1);
  });

  test('4.1.1(1) 4.1.1(2) 4.1.1(4): one unit is a partial stop by its own procedure; a leak, several or not clear stops the plant', () => {
    expect(options('P-4.1.1-FC', 'B').map(([id, , goto]) => [id, step('P-4.1.1-FC', goto).procedure])).toEqual([['R1101', 'P-A1.2'], ['R1201', 'P-A1.2-R1201'], ['R1301', 'P-A1.2-R1301'], ['STILL', 'P-A1.6'], ['FAN', 'P-A1.7'], ['WHOLE', undefined]]);
    expect(step('P-4.1.1-FC', 'B').default).toBe('WHOLE');
    const parts = options('P-4.1.1-FC', 'B').flatMap(([, when]) => (when?.kind === 'all' ? when.of : [])).flatMap((id) => { const measure = conditions.get(id)?.measure; return measure?.kind === 'any' ? measure.of : []; });
    const byTag = pack.conditions.filter((one) => one.role === 'trigger' && one.starts.includes('P-4.1.1-FC') && one.measure.kind !== 'seen').map((one) => one.id);
    expect(byTag.filter((id) => !parts.includes(id))).toEqual([]);
  });

  test('4.1.1(3): what is lost decides; blind means the hard-wired button, and people sign for what the panel shows', () => {
    expect(options('P-4.1.1(3)-FC', 'B').map(([id]) => id)).toEqual(['BLIND', 'POWER', 'WATER', 'AIR', 'PUMP', 'OTHER']);
    expect(step('P-4.1.1(3)-FC', 'B').default).toBe('BLIND');
    expect([step('P-4.1.1(3)-FC', 'C').text.zh, step('P-4.1.1(3)-FC', 'C').proof.every((one) => 'signed' in one)]).toEqual([expect.stringContaining('HS-1001'), true]);
    expect([step('P-4.1.1(3)-FC', 'P').sets, step('P-4.1.1(3)-FC', 'W').sets]).toEqual([{ 'XV-1111': 'open' }, { 'XV-1111': 'open' }]);
    expect(nevers('P-4.1.1(3)-FC')).toEqual([['NOT-NORMAL', undefined, true], ['NO-BYPASS', undefined, true]]);
    const parts = ['BLIND', 'POWER', 'WATER', 'AIR', 'PUMP', 'OTHER'].flatMap((word) => { const measure = conditions.get(`E-4.1.1(3)-${word}`)?.measure; return measure?.kind === 'any' ? measure.of : []; });
    expect(startedBy('P-4.1.1(3)-FC').filter((id) => !parts.includes(id))).toEqual([]);
  });

  test('4.1.1(5) H.3: sudden stops at once, a warning leaves time to prepare; not known is sudden', () => {
    expect(options('P-4.1.1(5)-FC', 'B').map(([id, , goto]) => [id, goto])).toEqual([['SUDDEN', 'D'], ['STORM', 'C']]);
    expect(step('P-4.1.1(5)-FC', 'B').default).toBe('SUDDEN');
  });

  test('4.5.4: where nothing gets safe the emergency plan starts', () => {
    expect([procedure('P-4.1.2-FC').clauses.includes('4.5.4'), procedure('P-4.1.2-FC').ifNotSafe.zh]).toEqual([true, expect.stringContaining('应急预案')]);
  });

  test('4.2.1: in the unforeseen nobody goes in, and everybody is out in the safe state', () => {
    expect(nevers('P-4.1.2-FC').map(([id, , shown]) => [id, shown])).toEqual([['NO-RUNNING-ON', true], ['NOBODY-IN', true]]);
    const counted = procedure('P-4.1.2-FC').safeState.flatMap((one) => ('when' in one && one.when.kind === 'limit' && one.when.atOrBelow === 0 ? [one.when.input] : []));
    expect(counted.sort()).toEqual(pack.zones.map((one) => one.countTag).sort());
  });
});

describe('4.3 4.4 plugs and openings', () => {
  test('4.3.2: a shock-sensitive plug is never struck; the method follows plug, line and medium, and not known is sensitive', () => {
    expect(nevers('P-4.3.2-FC').map(([id, , shown]) => [id, shown])).toEqual([['NO-STRIKING', true], ['NO-SEAL-FOR-BLIND', true]]);
    expect(options('P-4.3.2-FC', 'H2').map(([id]) => id)).toEqual(['SENSITIVE', 'CRYSTALS', 'SOLID']);
    expect([step('P-4.3.2-FC', 'H2').default, step('P-4.3.2-FC', 'S1').direction, step('P-4.3.2-FC', 'W1').direction]).toEqual(['SENSITIVE', 'hold', 'hold']);
    expect(step('P-4.3.2-FC', 'H1').proof.flatMap((one) => ('signed' in one && one.figure !== undefined ? [one.figure.unit] : []))).toEqual(['MPa', 'degC']);
    expect(procedure('P-4.3.2-FC').handling.filter((one) => !one.prohibitions.includes('NO-STRIKING')).map((one) => one.id)).toEqual([]);
  });

  test.each(['P-4.3.2-FC', 'P-4.4-FC'])('4.3.3(1) 4.3.3(2) 4.3.3(3) 4.3.3(4) %s: an opening stands behind proofs of every kind the clause names', (id) => {
    const before = procedure(id).handling.slice(procedure(id).handling.findIndex((one) => one.id === 'O1'), procedure(id).handling.findIndex((one) => one.id === 'O8'));
    const proofs = before.flatMap((one) => one.proof);
    expect(evidence(proofs, 'depressurised')).toEqual(['pressure-curve', 'vent-or-drain', 'second-pressure-system']);
    expect(evidence(proofs, 'isolated')).toEqual(['blind', 'vents-open']);
    expect(evidence(proofs, 'deenergised')).toEqual(['lock-and-tag', 'try-start', 'live-test']);
    expect(evidence(proofs, 'gas-free')).toEqual(['portable-test', 'portable-test', 'laboratory']);
    expect(proofs.flatMap((one) => ('signed' in one && one.shows === 'gas-free' && one.figure !== undefined ? [[one.figure.low, one.figure.high]] : []))).toEqual([[19.5, 23.5], [0, 10]]);
    expect(before.at(-1)?.kind).toBe('hold');
    expect(step(id, 'O8').direction).toBe('intervene');
  });

  test.each(['P-4.3.2-FC', 'P-4.4-FC'])('3.7 4.3.1 4.3.4 %s: permit, risks of the handling and protective equipment by name come before', (id) => {
    expect(step(id, 'O1').proof.map((one) => one.text.zh)).toEqual([expect.stringMatching(/作业票编号/u), expect.stringMatching(/风险已分析/u)]);
    expect(step(id, 'O2').proof.map((one) => one.text.zh)).toEqual([expect.stringMatching(/逐人确认姓名/u)]);
  });

  test.each(['P-4.3.2-FC', 'P-4.4-FC'])('4.3.3 4.4.1 %s: no senses, no water seal, no closed valve for a blind', (id) => {
    expect(procedure(id).handling.flatMap((one) => one.proof).filter((one) => 'signed' in one && one.senses).map((one) => one.id)).toEqual([]);
    const guarded = procedure(id).handling.filter((one) => one.id.startsWith('O'));
    expect(guarded.filter((one) => !one.prohibitions.includes('NO-SEAL-FOR-BLIND')).map((one) => one.id)).toEqual([]);
    expect(procedure(id).prohibitions.some((one) => one.clause === '4.4.1')).toBe(true);
  });

  test('4.4.2 4.4.3: under pressure only with feasibility, survey, wall thickness, plan, and another person\'s release; else depressurised first', () => {
    expect([step('P-4.4-FC', 'H1').default, step('P-4.4-FC', 'P4').default]).toEqual(['DEPRESSURISE', 'FORBIDDEN']);
    expect(options('P-4.4-FC', 'P4').map(([id, , goto]) => [id, goto])).toEqual([['FORBIDDEN', 'O1'], ['ALLOWED', 'P5']]);
    expect(['P1', 'P2', 'P3', 'P5'].map((name) => step('P-4.4-FC', name).kind)).toEqual(['record', 'record', 'record', 'hold']);
    expect(step('P-4.4-FC', 'P2').proof.flatMap((one) => ('signed' in one && one.figure !== undefined ? [one.figure.unit] : []))).toEqual(['mm']);
    expect(['P1', 'P2', 'P3', 'P4', 'P5', 'P6'].filter((name) => !step('P-4.4-FC', name).prohibitions.includes('NO-PRESSURE-WORK'))).toEqual([]);
    expect(nevers('P-4.4-FC').map(([id, , shown]) => [id, shown])).toEqual([['NO-SEAL-FOR-BLIND', true], ['NO-PRESSURE-WORK', true]]);
  });
});
