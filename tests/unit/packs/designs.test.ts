/** REQ-PACK-20: designs of a plant. Files of one design stand where that design is chosen, and nowhere else; every design is judged. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { coverageOf } from '../../../src/main/packs/coverage.ts';
import type { Finding } from '../../../src/main/packs/finding.ts';
import { plantListing } from '../../../src/main/packs/listing.ts';
import { authorityFile } from '../../support/rules/authority.ts';
import { assemblePacks, loadPacks } from '../../../src/main/packs/load.ts';
import type { LoadedPacks, LoadOptions } from '../../../src/main/packs/load.ts';
import type { PackFile } from '../../../src/main/packs/pack-files.ts';
import { lintSelection } from '../../../src/main/packs/selection.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

const condition = (id: string, tag: string, above: number): string => `  - id: ${id}
    clauses: ["A4.2"]
    title: {zh: "高", en: "High"}
    priority: 1
    role: trigger
    starts: [P-D]
    measure: {kind: limit, input: ${tag}, atOrAbove: ${above}, deadband: 1}
    source: engineering-default
    reason: "Of the test."
`;
const tag = (id: string, zh: string, en: string): string => `  - {id: ${id}, unit: degC, low: 0, high: 100, area: unit, zh: ${zh}, en: ${en}}\n`;

const TEXTS = {
  'rules/d/plant.yaml': `plant: d
title: {zh: "塔", en: "Tower"}
namespaceUri: urn:d
designs: [up, down]
card: {timeToAct: 10 min, timeNeeded: 1 min, cause: {zh: "因", en: "Cause"}, consequence: {zh: "果", en: "Consequence"}, action: {zh: "停", en: "Stop"}}
areas:
  - {id: unit, title: {zh: "单元", en: "Unit"}}
tags:
${tag('T-1', '塔温', 'Tower')}conditions:
${condition('C-SHARED', 'T-1', 60)}`,
  'rules/d/up.yaml': `plant: d\ndesign: up\ntags:\n${tag('T-UP', '上塔', 'Upper tower')}conditions:\n${condition('C-UP', 'T-UP', 50)}`,
  'rules/d/down.yaml': `plant: d\ndesign: down\ntags:\n${tag('T-1', '逆流塔温', 'Counter tower')}${tag('T-DOWN', '塔底', 'Tower bottom')}conditions:\n${condition('C-SHARED', 'T-DOWN', 70)}`,
  'rules/d/sites/works.yaml': `site: works\nplant: d\ntitle: {zh: "厂", en: "Works"}\ndesign: down\noverrides:\n  - condition: C-SHARED\n    limit: 65\n    reason: "Of the test."\n    approvedBy: engineer-01\n`,
  'procedures/P-D.yaml': `id: P-D
version: 1
plant: d
clauses: ["A4.2"]
title: {zh: "停车", en: "Stop"}
goal: {zh: "停", en: "Stopped"}
priority: 1
people: {limit: 0, zones: []}
interlocks: []
modes: [whole-plant-stop]
prohibitions: []
steps:
  - id: A
    who: operator
    direction: retreat
    text: {zh: "停", en: "Stop"}
    modes: [whole-plant-stop]
    within: 1 min
    proof:
      - {id: A.1, text: {zh: "塔温", en: "Tower"}, expected: {zh: "低", en: "low"}, when: {kind: limit, input: T-1, below: 50}}
    otherwise: {zh: "按钮", en: "Button"}
safetyMeasures: [{zh: "撤", en: "Leave"}]
shutdownConditions: [{zh: "高", en: "High"}]
safeState:
  - {id: S1, text: {zh: "塔温", en: "Tower"}, expected: {zh: "低", en: "low"}, when: {kind: limit, input: T-1, below: 50}}
safeWithin: 1 min
ifNotSafe: {zh: "撤", en: "Leave"}
returnConditions:
  - {id: R1, text: {zh: "因", en: "Cause"}, expected: {zh: "签", en: "signed"}, signed: engineer}
returnApprovals: [supervisor, engineer]
`,
  'procedures/P-D-down.yaml': '',
  'procedures/clauses.yaml': 'clauses:\n  - {id: "A4.2", kind: action, text: {zh: "停车", en: "Stop"}}\n',
};
TEXTS['procedures/P-D-down.yaml'] = TEXTS['procedures/P-D.yaml'].replace('version: 1', 'version: 7').replace('plant: d\n', 'plant: d\ndesign: down\n').replace('input: T-1,', 'input: T-DOWN,');
type Name = keyof typeof TEXTS;

const KINDS = (name: string): PackFile['kind'] => (name.includes('/sites/') ? 'site' : name.endsWith('clauses.yaml') ? 'clauses' : name.startsWith('procedures') ? 'procedure' : 'rules');
/** The plant with some of its files changed; an empty text is a file that is not there. */
function load(changed: Partial<Record<Name, string>> = {}, options: LoadOptions = {}): LoadedPacks {
  const files = Object.entries({ ...TEXTS, ...changed }).filter(([, text]) => text !== '').map(([name, text]): PackFile => ({ name, kind: KINDS(name), bytes: new TextEncoder().encode(text) }));
  return assemblePacks([...files, authorityFile('d', 'rules/d/authority.yaml')], options);
}
const plant = (loaded: LoadedPacks): PlantPack => {
  const [only] = loaded.plants;
  if (only === undefined) throw new Error(`not loaded: ${JSON.stringify(loaded.findings)}`);
  return only;
};
const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id).sort();
/** Where a text stands in a file. */
function placeIn(text: string, what: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(what)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
const told = (findings: readonly Finding[]): unknown[] => findings.map(({ file, line, column, severity, message }) => ({ file, line, column, severity, message }));

describe('REQ-PACK-20 A4.2 the plant in its designs', () => {
  it('has the first design where nobody says another', () => {
    const pack = plant(load());
    expect(load().findings).toEqual([]);
    expect([pack.design, ids(pack.tags), ids(pack.conditions), pack.procedures.map(({ version }) => version)]).toEqual(['up', ['T-1', 'T-UP'], ['C-SHARED', 'C-UP'], [1]]);
    expect(pack.tags.find(({ id }) => id === 'T-1')?.en).toBe('Tower');
  });

  it('has the design of its site, with what that design says under an id before what the plant says under it, and with the site\'s figures', () => {
    const loaded = load({}, { site: 'works' });
    const pack = plant(loaded);
    expect([loaded.findings, loaded.sites.map(({ applied }) => applied), pack.design]).toEqual([[], [true], 'down']);
    expect([ids(pack.tags), ids(pack.conditions), pack.procedures.map(({ version }) => version)]).toEqual([['T-1', 'T-DOWN'], ['C-SHARED'], [7]]);
    expect(pack.tags.find(({ id }) => id === 'T-1')?.en).toBe('Counter tower');
    expect(pack.conditions[0]?.measure).toMatchObject({ input: 'T-DOWN', atOrAbove: 65 });
  });

  it('keeps the design of a site whose figures are refused: a plant is not built otherwise because a figure is wrong', () => {
    const loaded = load({ 'rules/d/sites/works.yaml': TEXTS['rules/d/sites/works.yaml'].replace('limit: 65', 'limit: 500') }, { site: 'works' });
    expect([loaded.sites.map(({ applied }) => applied), plant(loaded).design, plant(loaded).conditions[0]?.measure]).toEqual([[false], 'down', expect.objectContaining({ input: 'T-DOWN', atOrAbove: 70 })]);
    const unreadable = load({ 'rules/d/sites/works.yaml': TEXTS['rules/d/sites/works.yaml'].replace('limit: 65', 'limit: hot') }, { site: 'works' });
    expect([unreadable.sites.map(({ applied }) => applied), plant(unreadable).design]).toEqual([[false], 'down']);
  });

  it('a plant without designs is as it was', () => {
    const loaded = load({ 'rules/d/plant.yaml': TEXTS['rules/d/plant.yaml'].replace('designs: [up, down]\n', ''), 'rules/d/up.yaml': '', 'rules/d/down.yaml': '', 'rules/d/sites/works.yaml': '', 'procedures/P-D-down.yaml': '' });
    expect([loaded.findings, plant(loaded).design, loaded.otherDesigns()]).toEqual([[], undefined, []]);
    expect(plantListing(plant(loaded))).not.toHaveProperty('design');
    expect(plantListing(plant(load()))).toHaveProperty('design', 'up');
  });

  it('3.1 every design carries clauses, and each carrier counts once', () => {
    const loaded = load();
    expect(loaded.otherDesigns().map(({ design, conditions }) => [design, ids(conditions)])).toEqual([['down', ['C-SHARED']]]);
    expect(coverageOf(loaded, []).find(({ id }) => id === 'A4.2')?.carriers.map(({ type, id }) => `${type} ${id}`).sort()).toEqual(['condition C-SHARED', 'condition C-UP', 'procedure P-D']);
  });
});

describe('REQ-PACK-20 every design is judged, and what is wrong is told at its place', () => {
  it('a fault in a file of another design is told when all are judged, and does not stop the plant of this one', () => {
    const down = TEXTS['rules/d/down.yaml'].replace('input: T-DOWN', 'input: T-DAWN');
    const every = load({ 'rules/d/down.yaml': down }, { every: true });
    expect(told(every.findings)).toContainEqual({ file: 'rules/d/down.yaml', ...placeIn(down, 'T-DAWN'), severity: 'error', message: "unknown tag 'T-DAWN'; expected an existing tag, perhaps 'T-DOWN'" });
    expect(load({ 'rules/d/down.yaml': down }).findings).toEqual([]);
    expect(load({ 'rules/d/down.yaml': down }, { site: 'works' }).findings.filter(({ severity }) => severity === 'error').map(({ file }) => file)).toContain('rules/d/down.yaml');
  });

  it('a file of every design that leans on one design is told with the design it fails in', () => {
    const shared = TEXTS['rules/d/plant.yaml'] + condition('C-LEANS', 'T-UP', 40);
    const { findings } = load({ 'rules/d/plant.yaml': shared }, { every: true });
    const at = shared.lastIndexOf('T-UP');
    const before = shared.slice(0, at).split('\n');
    expect(told(findings)).toContainEqual({ file: 'rules/d/plant.yaml', line: before.length, column: (before.at(-1)?.length ?? 0) + 1, severity: 'error', message: "in the design down: unknown tag 'T-UP'; expected an existing tag, perhaps 'T-1'" });
  });

  it('the same thing said twice within a design is a duplicate', () => {
    const up = TEXTS['rules/d/up.yaml'] + condition('C-UP', 'T-UP', 55);
    expect(load({ 'rules/d/up.yaml': up }).findings.map(({ message }) => message)).toContainEqual(expect.stringContaining("duplicate condition 'C-UP'"));
  });

  it.each<readonly [string, Name, (text: string) => string, string, string]>([
    ['a design the plant does not have, in rules', 'rules/d/up.yaml', (text) => text.replace('design: up', 'design: upp'), 'upp', "unknown design 'upp' of plant d; expected one of up, down"],
    ['a design the plant does not have, in a procedure', 'procedures/P-D-down.yaml', (text) => text.replace('design: down', 'design: dawn'), 'dawn', "unknown design 'dawn' of plant d; expected one of up, down"],
    ['a design twice', 'rules/d/plant.yaml', (text) => text.replace('[up, down]', '[up, down, up]'), 'up]', "duplicate design 'up'; expected every design once"],
    ['one design is none', 'rules/d/plant.yaml', (text) => text.replace('[up, down]', '[up]'), '[up]', 'expected'],
    ['designs in a file of one design', 'rules/d/up.yaml', (text) => `${text}designs: [a, b]\n`, '[a, b]', "the designs of plant d are declared in a file of the design 'up' alone; expected them in a file that stands in every design"],
    ['designs again in another file', 'rules/d/up.yaml', (text) => `${text.replace('design: up\n', '')}designs: [a, b]\n`, '[a, b]', 'the designs of plant d are declared again, first in rules/d/plant.yaml:4; expected them once in a plant'],
    ['designs of the general rules', 'rules/d/up.yaml', () => 'plant: general\ndesigns: [a, b]\n', '[a, b]', 'the general rules are no plant and have no designs; expected designs in a file of a plant'],
    ['a number for a design', 'rules/d/up.yaml', (text) => text.replace('design: up', 'design: 7'), '7', 'expected'],
  ])('%s', (_what, name, change, at, says) => {
    const text = change(TEXTS[name]);
    const { findings } = load({ [name]: text }, { every: true });
    expect(told(findings), findings.map(({ message }) => message).join('\n')).toContainEqual({ file: name, ...placeIn(text, at), severity: 'error', message: expect.stringContaining(says) as string });
  });

  it('a design where the plant declares none', () => {
    const { findings } = load({ 'rules/d/plant.yaml': TEXTS['rules/d/plant.yaml'].replace('designs: [up, down]\n', '') });
    expect(told(findings)).toContainEqual({ file: 'rules/d/up.yaml', line: 2, column: 9, severity: 'error', message: "plant d declares no designs, so 'up' is none of them; expected 'designs: [...]' in a rules file of d, or no 'design' here" });
  });

  it('a design that cannot be judged because the plant\'s file is broken is an echo of that file', () => {
    const { findings } = load({ 'rules/d/plant.yaml': `${TEXTS['rules/d/plant.yaml']}nonsense: 1\n` });
    expect(findings.find(({ file }) => file === 'rules/d/up.yaml')).toMatchObject({ because: 'rules/d/plant.yaml', line: 2, column: 9 });
  });

  it('a site of a design that is not there is refused at its place, and its plant keeps its first design', () => {
    const site = TEXTS['rules/d/sites/works.yaml'].replace('design: down', 'design: sideways');
    const loaded = load({ 'rules/d/sites/works.yaml': site }, { site: 'works' });
    expect(loaded.sites).toMatchObject([{ applied: false, findings: [{ file: 'rules/d/sites/works.yaml', ...placeIn(site, 'sideways'), message: "unknown design 'sideways' of plant d; expected one of up, down" }] }]);
    expect(plant(loaded).design).toBe('up');
  });
});

describe('REQ-PACK-20 A4.2(1) A4.2(3) the peroxide plant as it is shipped', () => {
  const co = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') });
  const counter = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures'), site: 'counter-current' });
  const h2o2 = (loaded: LoadedPacks): PlantPack => {
    const found = loaded.plants.find(({ id }) => id === 'h2o2');
    if (found === undefined) throw new Error('h2o2 does not load');
    return found;
  };
  const triggers = (loaded: LoadedPacks, clause: string): string[] => ids(h2o2(loaded).conditions.filter((one) => one.role === 'trigger' && one.clauses[0] === clause));

  it('both designs load without an error, and the site is applied', () => {
    expect([...co.findings, ...counter.findings].filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(counter.sites).toMatchObject([{ id: 'counter-current', applied: true, findings: [] }]);
    expect([h2o2(co).design, h2o2(counter).design]).toEqual(['co-current', 'counter-current']);
  });

  it('A4.2(1) co-current: two separators; counter-current: the bottom of the oxidation tower as well', () => {
    expect(triggers(co, 'A4.2(1)')).toEqual(['C-A4.2(1)-LI-4108-LL', 'C-A4.2(1)-LI-4204-LL']);
    expect(triggers(counter, 'A4.2(1)')).toEqual(['C-A4.2(1)-LI-4108-LL', 'C-A4.2(1)-LI-4204-LL', 'C-A4.2(1)-LI-4205-LL']);
  });

  it('A4.2(3) co-current: upper separator; counter-current: tail-gas condensate receiver, and no upper separator', () => {
    expect(triggers(co, 'A4.2(3)')).toEqual(['C-A4.2(3)-LI-4204-HH']);
    expect(triggers(counter, 'A4.2(3)')).toEqual(['C-A4.2(3)-LI-4206-HH']);
    expect(h2o2(counter).conditions.find(({ id }) => id === 'W-A4.2(3)-LI-4206-SWING')?.measure).toMatchObject({ kind: 'swing', input: 'LI-4206B' });
    expect(h2o2(counter).interlocks.find(({ id }) => id === 'I-4200')?.tripConditions).toEqual(expect.arrayContaining(['C-A4.2(1)-LI-4205-LL', 'C-A4.2(3)-LI-4206-HH']));
  });

  it('A4.2(1) A4.2(3) the new triggers start the stop that holds the seal and empties the receiver', () => {
    for (const id of ['C-A4.2(1)-LI-4205-LL', 'C-A4.2(3)-LI-4206-HH']) expect(h2o2(counter).conditions.find((one) => one.id === id)?.starts, id).toEqual(['P-A4.2']);
    const sets = h2o2(counter).procedures.find(({ id }) => id === 'P-A4.2')?.steps.map((step) => step.sets) ?? [];
    expect(sets).toContainEqual({ 'XV-4207': 'closed' });
    expect(sets).toContainEqual({ 'XV-4208': 'open' });
    expect(h2o2(co).procedures.find(({ id }) => id === 'P-A4.2')?.steps.map(({ id }) => id)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
  });

  it('4.1.1(3) data of the counter-current levels lost is seen', () => {
    const measure = h2o2(counter).conditions.find(({ id }) => id === 'C-4.1.1(3)-OXIDATION')?.measure;
    expect(measure?.kind === 'stale' ? measure.inputs : []).toEqual(expect.arrayContaining(['LI-4205A', 'LI-4206C', 'LI-4204B']));
  });

  it('the tags of the default are not touched: none of the counter-current instruments is asked of the simulator', () => {
    expect(h2o2(co).tags.filter(({ id }) => /^LI-420[56]|^XV-420[78]/u.test(id))).toEqual([]);
  });

  it('a single file of a design is linted beside its plant', () => {
    expect(lintSelection(['procedures/annex-4/P-A4.2-counter-current.yaml'], ROOT).findings).toEqual([]);
    expect(lintSelection(['procedures/annex-4/P-A4.2.yaml'], ROOT).findings).toEqual([]);
  });
});
