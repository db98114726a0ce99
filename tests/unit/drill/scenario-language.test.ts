import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PLANTS } from '../../../simulators/plants/index.ts';
import { SCHEMA_FILE, schemaText } from '../../../simulators/scenarios/json-schema.ts';
import { loadScenarios as loadForSimulator, readScenario } from '../../../simulators/scenarios/load.ts';
import { exercisesOf, SCENARIOS } from '../../../src/main/drill/exercise-files.ts';
import { loadScenarios as loadForPicker } from '../../../src/main/training/scenario.ts';

const HEAD = ['id: S-XX', 'plant: h2o2', 'title: {zh: 一, en: one}', 'sees: {zh: 一, en: one}', 'clauses: [A4.9]'];
const read = (...more: string[]) => readScenario('x.yaml', [...HEAD, ...more].join('\n'));

describe('REQ-DRL-01 a broken exercise is refused with its place', () => {
  test('the whole language is read, with what is left out filled in', () => {
    const whole = read(
      'setup: [{kind: order, device: XV-4101, position: 0.5}, {kind: sensor, tag: TI-4402, malfunction: freeze}]', 'faults: [{id: F4-12, when: "TI-4402 > 40 and XV-4401 = open", group: steam}]',
      'then: [{atS: 60, do: {kind: clear, id: F4-12}}, {when: "t > 30 and not I-4400-TRIP", afterS: 5, do: {kind: people, zone: PC-4400, count: 2}}]', 'people: [{id: good, does: [{follow: {}}], end: safe}, {id: nobody, does: [], caught: [A4.9]}]', 'vary: {faults.0.severity: [0.8, 1.2]}',
    );
    expect(whole).toMatchObject({ ok: true, value: { start: 'normal', endS: 3_600, faults: [{ severity: 1, delayS: 0 }], people: [{ does: [{ follow: { delayS: 10, paceS: 3 } }] }, { end: 'any' }] } });
  });

  test.each([
    ['not YAML', ['setup: ['], 6, /not YAML/u],
    ['an unknown field', ['surprise: 1'], 1, /surprise/u],
    ['a wrong value deep inside', ['setup:', '  - {kind: command, name: HS-4001, value: true}', '  - {kind: people, zone: PC-4400, count: -1}'], 8, /setup\.1\.count/u],
    ['a deed of the wrong kind', ['people:', '  - id: bad', '    does:', '      - {atS: 3, do: {order: {device: 5, position: 1}}}'], 9, /do\.order\.device/u],
    ['neither a time nor a trigger', ['then: [{do: {kind: clear, id: F4-12}}]'], 6, /atS or when/u],
    ['an expression that the plant cannot answer', ['faults:', '  - {id: F4-12, when: "TI-9999 > 4"}'], 7, /TI-9999/u],
    ['two people of one name', ['people: [{id: good, does: []}, {id: good, does: []}]'], 6, /two people/u],
    ['a variant of what is not there', ['vary: {faults.0.severity: [0.8, 1.2]}'], 6, /no number at this path/u],
    ['a way of no procedure', ['expect: {traversal: [A, safe]}'], 6, /name it/u],
    ['a clause that is none', ['people: [{id: bad, does: [], caught: ["A4-2"]}]'], 6, /a clause/u],
  ])('%s', (_what, lines, line, message) => {
    const refused = read(...lines);
    expect(refused).toMatchObject({ ok: false, file: 'x.yaml', line });
    expect(refused.ok ? '' : refused.message).toMatch(message);
  });

  test('a file that is too long or unfolds itself is refused', () => {
    expect(read(`# ${'x'.repeat(70_000)}`)).toMatchObject({ ok: false });
    expect(read('people: &p []', 'then: *p')).toMatchObject({ ok: false });
  });

  test("the editors' schema is made of the loader's own", () => {
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(schemaText());
  });
});

const plants = readdirSync(SCENARIOS, { withFileTypes: true }).filter((each) => each.isDirectory()).map(({ name }) => name);

describe('REQ-DRL-02 both sides read every file alike', () => {
  test.each(plants)('%s', (plant) => {
    const own = loadForSimulator(join(SCENARIOS, plant));
    expect(own.filter(({ ok }) => !ok)).toEqual([]);
    const [station, picker] = [exercisesOf(plant), loadForPicker(join(SCENARIOS, plant))];
    expect([...station.problems, ...picker.problems]).toEqual([]);
    const ids = own.flatMap((each) => (each.ok ? [each.value.id] : []));
    expect(ids.length).toBeGreaterThan(0);
    expect(station.exercises.map(({ script }) => script.id)).toEqual(ids);
    expect(picker.scenarios.map(({ id }) => id)).toEqual(ids);
    for (const [i, each] of own.entries()) {
      const exercise = station.exercises[i];
      if (each.ok) expect(exercise?.script.people).toEqual(each.value.people.map(({ id, title, does, end, caught }) => ({ id, ...(title === undefined ? {} : { title }), does, end, caught })));
    }
  });

  test('ids are those of one exercise each, and of the plant whose folder it is in', () => {
    const all = plants.flatMap((plant) => exercisesOf(plant).exercises.map(({ script }) => [plant, script] as const));
    expect(all.filter(([plant, script]) => script.plant !== plant)).toEqual([]);
    const ids = all.map(([, { id }]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});

/** docs and issue: 11 + 11 + 7 + 7 clauses with their sub-clauses, by the plant that they are about. */
const numbered = (head: string, count: number): string[] => Array.from({ length: count }, (_each, i) => `${head}${String(i + 1)}`);
const bracketed = (head: string, count: number): string[] => Array.from({ length: count }, (_each, i) => `${head}(${String(i + 1)})`);
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'fine-chemicals': numbered('A1.', 7), 'ammonium-nitrate': numbered('A2.', 11), 'ammonia-synthesis': [...bracketed('A3.1', 9), ...numbered('A3.', 7).slice(1)],
  'h2o2': [...numbered('A4.', 11).filter((clause) => clause !== 'A4.2'), ...bracketed('A4.2', 7)],
};
/** Of section 4, so many exercises. */
const SECTION_4 = 10;

describe('REQ-DRL-12 every clause has its exercise', () => {
  test.each(Object.keys(PLANTS))('%s: each clause of its annex', (plant) => {
    const about = new Set(exercisesOf(plant).exercises.flatMap(({ script }) => script.clauses));
    // A2.1(1) is an exercise of A2.1.
    const isServed = (clause: string): boolean => [...about].some((each) => each === clause || each.startsWith(`${clause}(`));
    expect((ASKED[plant] ?? []).filter((clause) => !isServed(clause)), 'clauses without an exercise').toEqual([]);
  });

  test('section 4 has ten', () => {
    expect(existsSync(SCENARIOS)).toBe(true);
    const about = plants.flatMap((plant) => exercisesOf(plant).exercises).filter(({ script }) => /^4\./u.test(script.clauses[0] ?? ''));
    expect(about.length).toBeGreaterThanOrEqual(SECTION_4);
  });
});
