/** REQ-PACK-10, REQ-PACK-11: cards come down the plant tree; general rules are taken over and expanded by service. */
import { describe, expect, it } from 'vitest';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { authorityFile } from '../../support/rules/authority.ts';
import { assemblePacks } from '../../../src/main/packs/load.ts';
import type { LoadedPacks } from '../../../src/main/packs/load.ts';
import type { PackFile } from '../../../src/main/packs/pack-files.ts';
import { CLAUSES, PROCEDURE, RULES, loadWith, packFile, placeOf, swap } from './small-plant.ts';

const card = (plant: PlantPack | undefined, id: string): unknown => plant?.conditions.find((condition) => condition.id === id)?.card;

describe('REQ-PACK-10 4.1.1 a response card comes down the plant tree, field by field, the nearer one wins', () => {
  const plantCard = 'card: {timeToAct: 10 min, timeNeeded: 1 min}';

  it('takes from the plant what the condition does not say', () => {
    expect(card(loadWith('rules', (text) => text).plants[0], 'C-HOT')).toEqual({
      cause: { zh: '分解', en: 'Decomposition' }, consequence: { zh: '爆炸', en: 'Explosion' }, action: { zh: '停车', en: 'Stop' }, timeToAct: 600_000, timeNeeded: 60_000,
    });
  });

  it('the area stands before the plant, the tag before the area, the condition before the tag', () => {
    const area = swap('title: {zh: "单元", en: "Unit"}}', 'title: {zh: "单元", en: "Unit"}, card: {timeToAct: 20 min, timeNeeded: 2 min}}');
    const tag = swap('zh: "温度", en: Temperature}', 'zh: "温度", en: Temperature, card: {timeNeeded: 3 min}}');
    const own = swap('      action: {zh: "停车", en: "Stop"}\n  - id: E-FAST', '      action: {zh: "停车", en: "Stop"}\n      timeToAct: null\n  - id: E-FAST');
    const times = (change: (text: string) => string, id = 'C-HOT'): unknown => card(loadWith('rules', change).plants[0], id);
    expect(times(area)).toMatchObject({ timeToAct: 1_200_000, timeNeeded: 120_000 });
    expect(times((text) => tag(area(text)))).toMatchObject({ timeToAct: 1_200_000, timeNeeded: 180_000 });
    expect(times((text) => own(tag(area(text))))).toMatchObject({ timeToAct: null, timeNeeded: 180_000 });
    // Through its parts, C-ANY looks at TI-1 first; N-OPEN looks at another tag of the area.
    expect(times((text) => tag(area(text)), 'C-ANY')).toMatchObject({ timeNeeded: 180_000 });
    expect(times((text) => tag(area(text)), 'N-OPEN')).toMatchObject({ timeNeeded: 120_000 });
  });

  it.each([
    ['timeNeeded', swap(plantCard, 'card: {timeToAct: 10 min}')], ['timeToAct', swap(plantCard, 'card: {timeNeeded: 1 min}')],
    ['timeToAct, timeNeeded', swap(`${plantCard}\n`, '')],
  ])('an alarm that lacks %s in the end is refused at the condition', (lacks, change) => {
    const { findings, plants } = loadWith('rules', change);
    expect(findings).toContainEqual({ file: 'rules.yaml', ...placeOf(change(RULES), 'C-HOT\n    clauses'), severity: 'error', message: `condition C-HOT raises an alarm without a whole response card: it lacks ${lacks}; expected them in 'card' of the condition, its tag, its area or the plant` });
    expect(plants).toEqual([]);
  });
});

const GENERAL_RULES = `plant: general
card: {timeNeeded: 2 min}
observations:
  - {id: QUAKE, title: {zh: "地震", en: "Earthquake"}, clauses: ["A4.1"]}
conditions:
  - id: C-QUAKE
    clauses: ["A4.1"]
    title: {zh: "地震", en: "Earthquake"}
    priority: 1
    role: trigger
    measure: {kind: seen, input: "seen:QUAKE"}
    source: guideline
    reason: "By the clause."
    card: {cause: {zh: "地震", en: "Earthquake"}, consequence: {zh: "泄漏", en: "Leak"}, action: {zh: "停车", en: "Stop"}}
templates:
  - id: T-HIGH
    each: reaction-temperature
    clauses: ["A4.1"]
    title: {zh: "{tag}高", en: "{tag} high"}
    priority: 1
    role: trigger
    measure: {kind: limit, input: $tag, above: 90}
    source: engineering-default
    reason: "{tag} near its end of range."
    card: {cause: {zh: "{tag}失控", en: "{tag} out of control"}, consequence: {zh: "爆炸", en: "Explosion"}, action: {zh: "停车", en: "Stop"}}
  - id: T-LONG
    each: reaction-temperature
    clauses: ["A4.1"]
    title: {zh: "{tag}久高", en: "{tag} high for long"}
    priority: 1
    role: trigger
    measure: {kind: duration, of: T-HIGH, longerThan: 10 min}
    source: engineering-default
    reason: "Ten minutes."
    card: {cause: {zh: "失控", en: "Runaway"}, consequence: {zh: "爆炸", en: "Explosion"}, action: {zh: "停车", en: "Stop"}}
`;
const serviced = (text: string): string => swap('{id: TI-1, unit: degC', '{id: TI-1, service: reaction-temperature, unit: degC')(swap('namespaceUri: urn:small\n', 'namespaceUri: urn:small\nincludes: [general]\n')(text));

function loadGeneral(changeGeneral: (text: string) => string = (text) => text, changeRules: (text: string) => string = (text) => text): LoadedPacks {
  const files: PackFile[] = [
    packFile('rules', changeRules(serviced(RULES))), packFile('procedure', PROCEDURE), packFile('clauses', CLAUSES),
    { ...packFile('rules', changeGeneral(GENERAL_RULES)), name: 'general.yaml' },
  ];
  return assemblePacks([...files, authorityFile('small')]);
}

describe('REQ-PACK-11 4.1.1 4.1.2 a plant takes over the general rules', () => {
  it('general is no plant of its own; its conditions and observations are in the plant, each template once for every tag of its service', () => {
    const { plants, findings } = loadGeneral();
    expect(findings).toEqual([]);
    expect(plants.map((plant) => plant.id)).toEqual(['small']);
    expect(plants[0]?.observations.map((one) => one.id)).toEqual(['SMOKE', 'QUAKE']);
    const made = plants[0]?.conditions.find((condition) => condition.id === 'T-HIGH-TI-1');
    expect(made).toMatchObject({ title: { zh: '温度高', en: 'Temperature high' }, measure: { kind: 'limit', input: 'TI-1', above: 90 }, reason: 'TI-1 near its end of range.', card: { cause: { zh: '温度失控', en: 'Temperature out of control' }, timeNeeded: 60_000 } });
    expect(made).not.toHaveProperty('each');
  });

  it('a template that names another of its service means the one made for the same tag', () => {
    expect(loadGeneral().plants[0]?.conditions.find((condition) => condition.id === 'T-LONG-TI-1')?.measure).toMatchObject({ kind: 'duration', of: 'T-HIGH-TI-1' });
  });

  it('a condition of the plant with the same id replaces the general one: the plant\'s own figure is nearer', () => {
    const { plants, findings } = loadGeneral(undefined, (text) => text.replaceAll('C-HOT', 'T-HIGH-TI-1'));
    expect(findings).toEqual([]);
    const same = plants[0]?.conditions.filter((condition) => condition.id === 'T-HIGH-TI-1');
    expect(same?.map((condition) => condition.measure)).toEqual([{ kind: 'limit', input: 'TI-1', atOrAbove: 60, deadband: 1 }]);
  });

  it('a finding in an expanded condition stands at the template and names the tag', () => {
    const change = swap('above: 90', 'above: 900');
    const { findings } = loadGeneral(change);
    expect(findings).toContainEqual({ file: 'general.yaml', ...placeOf(change(GENERAL_RULES), '900'), severity: 'error', message: 'for tag TI-1: limit 900 is outside the range of TI-1; expected 0 to 100' });
  });

  it.each([
    ['a template that does not look at its tag', swap('input: $tag', 'input: TI-1'), "template T-HIGH does not look at '$tag'"],
    ['a tag', swap('templates:', 'tags: [{id: X, kind: boolean, area: unit, zh: "x", en: x}]\ntemplates:'), 'the general rules hold no tag'],
    ['a template twice', swap('id: T-LONG', 'id: T-HIGH'), "duplicate template 'T-HIGH'"],
    ['an unknown clause', swap('{id: QUAKE, title: {zh: "地震", en: "Earthquake"}, clauses: ["A4.1"]}', '{id: QUAKE, title: {zh: "地震", en: "Earthquake"}, clauses: ["9.9"]}'), "unknown clause '9.9'"],
    ['$tag in a condition', swap('input: "seen:QUAKE"', 'input: $tag'), "'$tag' stands for the tag of a template"],
    ['an unknown service', swap('  - id: T-HIGH\n    each: reaction-temperature', '  - id: T-HIGH\n    each: reactor-temperature'), "expected 'reaction-temperature' or"],
  ])('refuses %s', (_what, change, says) => {
    const told = loadGeneral(change).findings.filter((finding) => finding.message.includes(says));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ file: 'general.yaml', severity: 'error' });
  });

  it('general rules that are not there are told at the plant that wants them', () => {
    const { findings } = loadWith('rules', serviced);
    expect(findings).toContainEqual(expect.objectContaining({ file: 'rules.yaml', line: 4, message: "unknown general rules 'general'; expected an existing general rules" }));
  });

  it('a start that this plant does not have leads to a plain stop; one that no plant has is told', () => {
    const start = (id: string) => swap('    role: trigger\n    measure: {kind: seen', `    role: trigger\n    starts: [${id}]\n    measure: {kind: seen`);
    expect(loadGeneral(start('P-1')).plants[0]?.conditions.find((condition) => condition.id === 'C-QUAKE')?.starts).toEqual(['P-1']);
    expect(loadGeneral(start('P-9')).findings.map((finding) => finding.message)).toContain("unknown procedure 'P-9'; expected an existing procedure, perhaps 'P-1'");
  });
});
