/** REQ-PACK-03, REQ-PACK-04: a table of broken packs; each is the small plant with one mutation. */
import { describe, expect, it } from 'vitest';
import { loadWith, placeOf, swap, textOf } from './small-plant.ts';
import type { FixtureFile } from './small-plant.ts';

interface Broken {
  readonly what: string;
  readonly file: FixtureFile;
  readonly from: string;
  readonly to: string;
  /** Text that stands exactly once in the mutated file, at the place of the finding. */
  readonly at: string;
  readonly says: string;
  readonly severity?: 'warning';
}

const HOT = '{kind: limit, input: TI-1, atOrAbove: 60, deadband: 1}';
const BROKEN: readonly Broken[] = [
  // --- the file itself
  { what: 'a key twice', file: 'rules', from: 'namespaceUri: urn:small\n', to: 'namespaceUri: urn:small\nnamespaceUri: urn:two\n', at: 'namespaceUri: urn:two', says: 'Map keys must be unique' },
  { what: 'an alias', file: 'rules', from: 'clauses: ["3.3"]', to: 'clauses: *all', at: '*all', says: 'expected' },
  { what: 'an anchor', file: 'rules', from: 'causes: [{zh: "超温", en: "Too hot"}]', to: 'causes: &c [{zh: "超温", en: "Too hot"}]', at: '[{zh: "超温"', says: 'an anchor or alias' },
  { what: 'an unknown YAML tag', file: 'rules', from: 'namespaceUri: urn:small', to: 'namespaceUri: !secret urn:small', at: '!secret', says: 'Unresolved tag' },
  { what: 'an unclosed bracket', file: 'rules', from: 'effects: [{zh: "停车", en: "Stop"}]', to: 'effects: [{zh: "停车", en: "Stop"}', at: 'tripTag: I-1', says: 'expected strict YAML' },
  { what: 'a second document', file: 'procedure', from: 'goal:', to: '---\ngoal:', at: '---', says: 'multiple documents' },
  // --- shape
  { what: 'a misspelt key', file: 'rules', from: 'maxBypass: 8 h', to: 'maxBypas: 8 h', at: 'maxBypas:', says: "unknown key 'maxBypas'" },
  { what: 'a missing key', file: 'rules', from: '    criticality: SIL1\n', to: '', at: 'id: I-1\n', says: "'criticality' is missing in interlocks.0; expected 'SIL1'" },
  { what: 'an unknown comparison', file: 'rules', from: HOT, to: '{kind: limit, input: TI-1, atLeast: 60}', at: 'atLeast', says: "unknown key 'atLeast'" },
  { what: 'an unknown kind of measure', file: 'rules', from: HOT, to: '{kind: limits, input: TI-1, atOrAbove: 60}', at: 'limits', says: "expected 'limit', 'rate'" },
  { what: 'a word for a number', file: 'rules', from: HOT, to: '{kind: limit, input: TI-1, atOrAbove: sixty}', at: 'sixty', says: "'atOrAbove' is 'sixty'; expected a number" },
  { what: 'a duration without a unit', file: 'rules', from: 'window: 1 min', to: 'window: "60"', at: '"60"', says: 'is not a duration' },
  { what: 'an unknown role', file: 'rules', from: 'role: prohibition', to: 'role: forbidden', at: 'forbidden', says: "expected 'trigger' or 'warning' or 'prohibition' or 'input'" },
  { what: 'a tag without a range', file: 'rules', from: 'unit: degC, low: 0, high: 100,', to: 'unit: degC, low: 0,', at: '{id: TI-1', says: "'high' is missing" },
  { what: 'an id with a space', file: 'rules', from: 'id: C-HOT', to: 'id: C HOT', at: 'C HOT', says: 'letters, digits' },
  { what: 'a blank Chinese text', file: 'procedure', from: 'title: {zh: "停车", en: "Stop"}', to: 'title: {zh: " ", en: "Stop"}', at: '" "', says: 'the Chinese text is blank' },
  { what: 'a text in one language', file: 'procedure', from: 'goal: {zh: "停下来", en: "Stopped"}', to: 'goal: {zh: "停下来"}', at: '{zh: "停下来"}', says: "'en' is missing" },
  // --- procedures: 3.2 and the limits of people
  { what: '3.2 no steps', file: 'procedure', from: 'steps:\n', to: 'stepz:\n', at: 'id: P-1', says: "procedure P-1 lacks 'steps'; 3.2 requires steps, safety measures and shutdown conditions" },
  { what: '3.2 no safety measures', file: 'procedure', from: 'safetyMeasures:\n  - {zh: "撤离", en: "Leave"}\n', to: '', at: 'id: P-1', says: "procedure P-1 lacks 'safetyMeasures'; 3.2 requires" },
  { what: '3.2 shutdown conditions empty', file: 'procedure', from: 'shutdownConditions:\n  - {zh: "超温", en: "Too hot"}\n', to: 'shutdownConditions: []\n', at: '[]', says: "procedure P-1 lacks 'shutdownConditions'; 3.2 requires" },
  { what: '4.2.3 seven people', file: 'procedure', from: 'limit: 2', to: 'limit: 7', at: '7,', says: "people limit '7' is above 6; 4.2.3" },
  { what: 'one approval for the return', file: 'procedure', from: 'returnApprovals: [supervisor, engineer]', to: 'returnApprovals: [engineer]', at: '[engineer]', says: 'expected at least 2 entries' },
  { what: '4.3.3 senses alone', file: 'procedure', from: 'signed: engineer}', to: 'signed: engineer, senses: true}', at: '- {id: R1', says: '4.3.3 requires' },
  { what: 'an unknown prohibition in a step', file: 'procedure', from: 'prohibitions: [NO-OPEN]', to: 'prohibitions: [NO-OPAN]', at: 'NO-OPAN', says: "unknown prohibition 'NO-OPAN'; expected an existing prohibition, perhaps 'NO-OPEN'" },
  { what: 'an unknown watcher', file: 'procedure', from: 'watchedBy: N-OPEN', to: 'watchedBy: N-OPENED', at: 'N-OPENED', says: "unknown condition 'N-OPENED'" },
  { what: 'a watcher of another role', file: 'procedure', from: 'watchedBy: N-OPEN', to: 'watchedBy: C-HOT', at: 'C-HOT', says: 'has the role trigger; expected the role prohibition' },
  { what: 'an unknown interlock', file: 'procedure', from: 'interlocks: [I-1]', to: 'interlocks: [I-2]', at: 'I-2', says: "unknown interlock 'I-2'; expected an existing interlock, perhaps 'I-1'" },
  { what: 'an unknown zone', file: 'procedure', from: 'zones: [Z-1]', to: 'zones: [Z-9]', at: 'Z-9', says: "unknown zone 'Z-9'" },
  // --- what watches over people
  { what: 'REQ-PPL-01 V.1 a camera with an unknown tag', file: 'rules', from: 'signalTag: CAM-1-SIG', to: 'signalTag: CAM-1-SIX', at: 'CAM-1-SIX', says: "unknown tag 'CAM-1-SIX'; expected an existing tag, perhaps 'CAM-1-SIG'" },
  { what: 'REQ-PPL-01 V.1 a camera part that is no boolean', file: 'rules', from: 'pictureTag: CAM-1-PIC', to: 'pictureTag: TI-1', at: 'TI-1, aimTag', says: 'tag TI-1 is of kind analog; expected a boolean tag' },
  { what: 'REQ-PPL-01 V.1 one tag for two parts of a camera', file: 'rules', from: 'aimTag: CAM-1-AIM', to: 'aimTag: CAM-1-PIC', at: 'CAM-1-PIC, powerTag', says: 'tells of two parts of camera CAM-1' },
  { what: 'REQ-PPL-01 V.1 a zone without a camera', file: 'rules', from: 'cameras: [{id: CAM-1, title: {zh: "摄像头", en: "Camera"}, signalTag: CAM-1-SIG, pictureTag: CAM-1-PIC, aimTag: CAM-1-AIM, powerTag: CAM-1-PWR}], ', to: '', at: 'Z-1, title', says: 'zone Z-1 has no camera', severity: 'warning' },
  { what: 'REQ-PPL-01 4.3.4 equipment that the plant does not know', file: 'rules', from: 'protection: [helmet]', to: 'protection: [helmut]', at: 'helmut', says: "unknown protection 'helmut'; expected an existing protection, perhaps 'helmet'" },
  { what: 'REQ-PPL-01 4.3.4 equipment twice', file: 'rules', from: 'protection: [helmet]', to: 'protection: [helmet, helmet]', at: 'helmet], cameras', says: "protection 'helmet' stands twice at zone Z-1" },
  { what: 'REQ-PPL-01 V.4 a fence that is no boolean', file: 'rules', from: 'fenceTag: FEN-1', to: 'fenceTag: XV-1', at: 'XV-1, waysOut', says: 'tag XV-1 is of kind discrete; expected a boolean tag' },
  { what: 'REQ-PPL-01 V.4 a fence without an alarm', file: 'rules', from: 'service: intrusion, ', to: '', at: 'FEN-1, waysOut', says: 'has no alarm of its own (V.4)', severity: 'warning' },
  { what: 'an unknown plant', file: 'procedure', from: 'plant: small', to: 'plant: large', at: 'large', says: "unknown plant 'large'" },
  { what: 'an unknown clause', file: 'procedure', from: '{id: NO-OPEN, clause: "A4.2"', to: '{id: NO-OPEN, clause: "A4.9"', at: '"A4.9"', says: "unknown clause 'A4.9'" },
  { what: 'a step with a mode that is not announced', file: 'procedure', from: '    modes: [whole-plant-stop]\n    within', to: '    modes: [discharge]\n    within', at: 'discharge', says: "step A carries out 'discharge'" },
  { what: 'a proof id twice', file: 'procedure', from: '{id: S1', to: '{id: A.1', at: 'A.1, text: {zh: "温度"', says: "duplicate proof 'A.1'" },
  { what: 'a proof of an unknown tag', file: 'procedure', from: 'input: TI-1, below: 55', to: 'input: TI-7, below: 55', at: 'TI-7', says: "unknown tag 'TI-7'" },
  // --- names
  { what: 'an unknown tag', file: 'rules', from: HOT, to: '{kind: limit, input: TI-2, atOrAbove: 60, deadband: 1}', at: 'TI-2', says: "unknown tag 'TI-2'; expected an existing tag, perhaps 'TI-1'" },
  { what: 'an unknown part', file: 'rules', from: 'of: [E-ANY]', to: 'of: [E-ANYONE]', at: 'E-ANYONE', says: "unknown condition 'E-ANYONE'" },
  { what: 'an unknown procedure', file: 'rules', from: 'starts: [P-1]\n    measure: {kind: all', to: 'starts: [P-7]\n    measure: {kind: all', at: 'P-7', says: "unknown procedure 'P-7'" },
  { what: 'an unknown area', file: 'rules', from: 'areas: [unit]', to: 'areas: [units]', at: 'units', says: "unknown area 'units'; expected an existing area, perhaps 'unit'" },
  { what: 'an unknown laboratory result', file: 'rules', from: '"lab:LAB-1"', to: '"lab:LAB-2"', at: '"lab:LAB-2"', says: "unknown lab 'LAB-2'" },
  { what: 'an unknown observation', file: 'rules', from: '"seen:SMOKE"', to: '"seen:SMOKES"', at: '"seen:SMOKES"', says: "unknown observation 'SMOKES'" },
  { what: 'an unknown trip condition', file: 'rules', from: 'tripConditions: [C-HOT]', to: 'tripConditions: [C-COLD]', at: 'C-COLD', says: "unknown condition 'C-COLD'" },
  { what: 'a trip tag that is a number', file: 'rules', from: 'tripTag: I-1-TRIP', to: 'tripTag: TI-1', at: 'TI-1\n', says: 'expected a boolean tag' },
  { what: 'a zone counted by a temperature', file: 'rules', from: 'countTag: PC-1', to: 'countTag: TI-1', at: 'TI-1, areas', says: 'expected a count of people (4.2.5)' },
  { what: 'a condition twice', file: 'rules', from: 'id: E-TREND', to: 'id: E-FAST', at: 'E-FAST\n    clauses: ["A4.1"]\n    title: {zh: "趋势"', says: "duplicate condition 'E-FAST', first at rules.yaml:41" },
  { what: 'a tag twice', file: 'rules', from: '{id: I-1-FLT', to: '{id: I-1-BYP', at: 'I-1-BYP, kind: boolean, area: unit, zh: "故障"', says: "duplicate tag 'I-1-BYP'" },
  { what: 'a clause twice', file: 'clauses', from: '{id: "3.3"', to: '{id: "A4.1"', at: '"A4.1", kind: trigger', says: "duplicate clause 'A4.1'" },
  { what: 'no title', file: 'rules', from: 'title: {zh: "小装置", en: "Small plant"}\n', to: '', at: 'small\nnamespaceUri', says: 'plant small has no title' },
  // --- figures
  { what: 'a limit outside the range', file: 'rules', from: 'atOrAbove: 60', to: 'atOrAbove: 160', at: '160', says: 'limit 160 is outside the range of TI-1; expected 0 to 100' },
  { what: 'a limit that can never come true', file: 'rules', from: 'atOrAbove: 60', to: 'above: 100', at: '100, deadband', says: 'can never come true' },
  { what: 'two comparisons', file: 'rules', from: 'atOrAbove: 60', to: 'atOrAbove: 60, below: 5', at: '5, deadband', says: 'has 2 comparisons (atOrAbove, below); expected exactly one' },
  { what: 'no comparison', file: 'rules', from: 'atOrAbove: 60, ', to: '', at: 'limit, input', says: 'has no comparison; expected exactly one' },
  { what: 'a deadband over half the range', file: 'rules', from: 'deadband: 1}', to: 'deadband: 51}', at: '51', says: 'deadband 51 is wider than half the range' },
  { what: 'a rate without a limit', file: 'rules', from: 'risingFasterThan: 2, ', to: '', at: 'rate, input', says: 'the rate of TI-1 has no limit' },
  { what: 'a rate that would never clear', file: 'rules', from: 'deadband: 0.5}', to: 'deadband: 2.5}', at: '2.5', says: 'would never clear' },
  { what: 'a window shorter than three samples', file: 'rules', from: 'window: 1 min', to: 'window: 9 s', at: '9 s', says: 'holds fewer than 3 samples' },
  { what: 'a trend that every wobble makes', file: 'rules', from: 'tolerance: 2}', to: 'tolerance: 12}', at: '12}', says: 'not below minChange' },
  { what: 'a laboratory limit outside its range', file: 'rules', from: 'above: 0.3', to: 'above: 30', at: '30, phase', says: 'outside the range of lab:LAB-1' },
  { what: 'a state the tag does not have', file: 'rules', from: 'is: [open]', to: 'is: [opened]', at: 'opened]', says: "tag XV-1 has no state 'opened'; expected closed, open" },
  { what: 'every state listed', file: 'rules', from: 'is: [open]', to: 'is: [open, closed]', at: '[open, closed]', says: 'always true' },
  { what: 'a limit on a valve', file: 'rules', from: HOT, to: '{kind: limit, input: XV-1, atOrAbove: 60}', at: 'XV-1, atOrAbove', says: 'expected a number' },
  { what: 'a state of a temperature', file: 'rules', from: 'input: XV-1, is: [open]', to: 'input: TI-1, is: [open]', at: 'TI-1, is', says: 'expected a discrete or boolean tag' },
  { what: 'conditions in a circle', file: 'rules', from: 'of: [E-FAST, E-TREND, E-LAB, E-SMOKE]', to: 'of: [E-FAST, E-TREND, E-LAB, E-SMOKE, C-ANY]', at: '[E-FAST', says: 'conditions go round in a circle: E-ANY -> C-ANY -> E-ANY' },
  { what: 'an alarm without a card', file: 'rules', from: '    reason: "Never open it."\n    card:\n      cause: {zh: "有人开阀", en: "Somebody opened it"}\n      consequence: {zh: "突沸", en: "Boil-over"}\n      action: {zh: "关阀", en: "Close it"}\n', to: '    reason: "Never open it."\n', at: 'N-OPEN', says: 'raises an alarm without a whole response card: it lacks cause, consequence, action' },
  { what: 'a warning that starts a procedure', file: 'rules', from: 'role: trigger\n    starts: [P-1]\n    measure: {kind: all', to: 'role: warning\n    starts: [P-1]\n    measure: {kind: all', at: '[P-1]\n    measure: {kind: all', says: 'expected the role trigger' },
  // --- warnings
  { what: '4.1.2 a trigger that starts nothing', file: 'rules', from: '    starts: [P-1]\n    measure: {kind: all', to: '    measure: {kind: all', at: 'C-ANY', says: 'leads to a plain stop (4.1.2)', severity: 'warning' },
  { what: 'a tag nobody uses', file: 'rules', from: '  - {id: I-1-TRIP', to: '  - {id: TI-5, unit: degC, low: 0, high: 9, area: unit, zh: "温", en: T}\n  - {id: I-1-TRIP', at: 'TI-5', says: 'tag TI-5 is used by no condition', severity: 'warning' },
  { what: '4.1.1-modes a mode that no step carries out', file: 'procedure', from: 'modes: [whole-plant-stop]\nprohibitions', to: 'modes: [whole-plant-stop, discharge]\nprohibitions', at: 'discharge', says: "the mode 'discharge' is carried out by no step", severity: 'warning' },
  { what: 'a prohibition before no step', file: 'procedure', from: '    prohibitions: [NO-OPEN]\n', to: '', at: 'NO-OPEN', says: 'stands before no step' },
];

describe('REQ-PACK-03 REQ-PACK-04 3.2 a broken pack is told with file, line, column, what is wrong and what is expected', () => {
  it.each(BROKEN)('$what', ({ file, from, to, at, says, severity }) => {
    const mutate = swap(from, to);
    const { findings } = loadWith(file, mutate);
    const place = placeOf(mutate(textOf(file)), at);
    const told = findings.filter((finding) => finding.file === `${file}.yaml` && finding.message.includes(says));
    expect(told.map(({ line, column, severity: level }) => ({ line, column, severity: level })), findings.map((f) => `${f.file}:${f.line}:${f.column}: ${f.message}`).join('\n')).toContainEqual({ ...place, severity: severity ?? 'error' });
    expect(told[0]?.message).toMatch(/.+; .+/u);
  });
});

describe('REQ-PACK-05 nothing of a broken file is loaded', () => {
  it('the small plant itself loads without a finding', () => {
    const { findings, plants } = loadWith('rules', (text) => text);
    expect(findings).toEqual([]);
    expect(plants.map((plant) => [plant.id, plant.conditions.length, plant.procedures.length])).toEqual([['small', 8, 1]]);
  });

  it('4.1.2 a condition whose procedure is broken stays, and starts nothing, so that it leads to a plain stop', () => {
    const { plants } = loadWith('procedure', swap('shutdownConditions:', 'shutdown:'));
    expect(plants[0]?.procedures).toEqual([]);
    expect(plants[0]?.conditions.find((condition) => condition.id === 'C-HOT')?.starts).toEqual([]);
  });

  it('a file that names a thing of a broken file is left out too, and says which file is at fault', () => {
    const { plants, findings } = loadWith('rules', swap('input: TI-1, atOrAbove: 60', 'input: TI-9, atOrAbove: 60'));
    expect(plants).toEqual([]);
    expect(findings.filter((finding) => finding.because !== undefined)).toEqual([expect.objectContaining({ file: 'procedure.yaml', because: 'rules.yaml', severity: 'error' })]);
  });

  it.each(BROKEN.filter((one) => one.severity === undefined && one.file === 'procedure'))('procedure with $what is not loaded', ({ from, to }) => {
    expect(loadWith('procedure', swap(from, to)).plants.flatMap((plant) => plant.procedures)).toEqual([]);
  });
});
