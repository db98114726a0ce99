/** REQ-PACK-21: what the compiler of procedures refuses: a table of broken procedures, one mutation of the course plant each. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPacks } from '../../../src/main/packs/load.ts';
import { COURSE_PLANT, loadCourse } from './course-plant.ts';
import type { CourseFile } from './course-plant.ts';
import { placeOf, swap } from './small-plant.ts';

/** what | file | from | to | the place of the finding: text that stands once in the mutated file | what is said */
type Row = readonly [what: string, file: CourseFile, from: string, to: string, at: string, says: string];

const PROOF_F = '      - {id: F.1, text: {zh: "现场无人", en: "Nobody there"}, expected: {zh: "0 人", en: "nobody"}, signed: operator}\n';
const PROOF_H1 = '      - {id: H1.1, text: {zh: "就地压力", en: "Pressure at the gauge"}, expected: {zh: "0 到 5 kPa", en: "0 to 5 kPa"}, signed: engineer, figure: {unit: kPa, low: 0, high: 5}}\n';
const PROOF_D = 'when: {kind: state, input: ZS-2, is: open}}\n';
const OPTIONS = `    options:
      - {id: HOT, text: {zh: "还热", en: "Still hot"}, because: {zh: "温度高", en: "It is hot"}, when: {kind: limit, input: TI-1, atOrAbove: 40}, goto: B}
      - {id: COLD, text: {zh: "不热", en: "Not hot"}, because: {zh: "温度低", en: "It is cold"}, when: {kind: limit, input: TI-1, below: 40}, goto: D}
`;

const KINDS: readonly Row[] = [
  ['a command without proof', 'course', `    proof:\n      - {id: D.1, text: {zh: "水阀位", en: "Water valve position"}, expected: {zh: "开", en: "open"}, ${PROOF_D}`, '', 'D\n    who: operator\n    direction: retreat', 'command step D has no proof'],
  ['a verify without proof', 'course', `    proof:\n${PROOF_F}`, '', 'F\n    kind', 'verify step F has no proof'],
  ['a wait for nothing', 'course', '    atLeast: 5 min\n', '', 'B\n    kind', "wait step B waits for nothing; expected 'proof' or 'atLeast'"],
  ['a wait that is at least longer than its limit', 'course', 'atLeast: 5 min', 'atLeast: 11 min', '11 min', "step B waits for at least 660 s and at most 600 s; expected 'atLeast' not above 'within'"],
  ['a decision between one way', 'course', OPTIONS, `    options:\n      - {id: HOT, text: {zh: "还热", en: "Still hot"}, because: {zh: "温度高", en: "It is hot"}, goto: D}\n`, '- {id: HOT, text', 'decide step C has one option'],
  ['a decision between nothing', 'course', OPTIONS, '', 'C\n    kind', 'decide step C has no option'],
  ['a decision without a careful way', 'course', '    default: HOT\n', '', 'C\n    kind', 'decide step C has no default'],
  ['a default that is no option', 'course', 'default: HOT', 'default: HOTT', 'HOTT', "unknown option 'HOTT'; expected an existing option, perhaps 'HOT'"],
  ['a record that tags prove', 'course', PROOF_H1, PROOF_H1.replace('signed: engineer, figure: {unit: kPa, low: 0, high: 5}', 'when: {kind: limit, input: PI-6, below: 5}'), '- {id: H1.1', 'record step H1 has no signed proof or one by tags'],
  ['a hold that nobody signs', 'course', 'signed: supervisor, shows: isolated', 'when: {kind: state, input: XV-1, is: closed}, shows: isolated', '- {id: H3.1', 'hold step H3 has no signed proof or one by tags'],
  ['a record without proof', 'course', `    proof:\n${PROOF_H1}`, '', 'H1\n    kind', 'record step H1 has no signed proof'],
  ['a goto to nowhere', 'course', '    procedure: P-3\n', '', 'H4\n    kind', 'goto step H4 raises nothing'],
  ['a goto to itself', 'course', 'procedure: P-3', 'procedure: P-2', 'P-2\n    otherwise', 'procedure P-2 raises itself'],
  ['a goto to an unknown procedure', 'course', 'procedure: P-3', 'procedure: P-33', 'P-33', "unknown procedure 'P-33'; expected an existing procedure, perhaps 'P-3'"],
  ['a verify that commands', 'course', `    proof:\n${PROOF_F}`, `    sets: {XV-1: closed}\n    proof:\n${PROOF_F}`, '{XV-1: closed}\n', "step F is of kind verify and has 'sets'; expected it only on command"],
  ['a command with atLeast', 'course', '    sets: {XV-2: open}\n', '    sets: {XV-2: open}\n    atLeast: 3 s\n', '3 s', "step D is of kind command and has 'atLeast'; expected it only on wait"],
  ['a command with a procedure', 'course', '    sets: {XV-2: open}\n', '    sets: {XV-2: open}\n    procedure: P-1\n', 'P-1\n    within', "step D is of kind command and has 'procedure'; expected it only on goto"],
  ['a command with options', 'course', '    kind: decide\n', '', '- {id: HOT, text', "step C is of kind command and has 'options'; expected it only on decide"],
  ['a command with a default', 'course', '    sets: {XV-2: open}\n', '    sets: {XV-2: open}\n    default: X\n', 'X\n    within', "step D is of kind command and has 'default'; expected it only on decide"],
  ['a decision that goes on elsewhere than its options', 'course', '    default: HOT\n', '    default: HOT\n    next: D\n', 'D\n    otherwise', "step C is of kind decide and has 'next'"],
  ['a hold that holds nothing', 'course', '    text: {zh: "另一人确认"', '    proceed: at-once\n    text: {zh: "另一人确认"', 'at-once', "step H3 is of kind hold and has 'proceed'"],
  ['a decision with a proof that nobody looks at', 'course', '    default: HOT\n', '    proof:\n      - {id: C.1, text: {zh: "看", en: "Look"}, expected: {zh: "签字", en: "signed"}, signed: operator}\n    default: HOT\n', '- {id: C.1', "step C is of kind decide and has 'proof'"],
  ['a decision that leads elsewhere than its default when its time runs out', 'course', 'en: "Taken as hot"}', 'en: "Taken as hot", goto: D}', 'D}\n  - id: D', "decide step C takes its default when its time runs out, and no 'goto'"],
  ['a step of the handling that goes on without its proof', 'course', '{zh: "再看", en: "Look again"}', '{zh: "再看", en: "Look again", goto: H3}', 'H3}', 'step H1 of the handling would go on to H3 without its proof when its time runs out'],
  ['a step of the handling that does not wait for its proof', 'course', '    text: {zh: "确认泄压"', '    proceed: at-once\n    text: {zh: "确认泄压"', 'at-once', 'step H2 of the handling would go on before it is proved (4.3.3, 4.4.1)'],
  ['a figure without a range', 'course', 'low: 0, high: 5}', 'low: 5, high: 5}', '5}}\n', 'the figure of proof H1.1 is 5 to 5 kPa; expected low below high'],
  ['a step called start', 'course', '  - id: E\n', '  - id: start\n', 'start\n    kind', "a step has the id 'start'"],
  ['a step called safeState', 'course', '  - id: H2\n', '  - id: safeState\n', 'safeState\n    kind', "a step has the id 'safeState'"],
  ['a step id twice over both lists', 'course', '  - id: H2\n', '  - id: B\n', 'B\n    kind: verify', "duplicate step 'B'"],
  ['an option id twice', 'course', '{id: COLD, text', '{id: HOT, text', 'HOT, text: {zh: "不热"', "duplicate option 'HOT'"],
  ['a caution id twice', 'course', '    prohibitions: [NO-KNOCK]\n', '      - {id: HOT, zh: "烫手", en: "Hot too", when: {kind: limit, input: TI-1, above: 45}}\n    prohibitions: [NO-KNOCK]\n', 'HOT, zh: "烫手"', "duplicate caution 'HOT'"],
  ['a deadline id twice', 'course', '{id: FIVE,', '{id: TWENTY,', 'TWENTY, clause: "A4.7", text: {zh: "五', "duplicate deadline 'TWENTY'"],
  ['a continuous action twice', 'course', 'deadlines:\n', '  - {id: KEEP-COLD, who: operator, text: {zh: "看", en: "Look"}, when: {kind: limit, input: PI-6, above: 9}, proof: [{id: K.2, text: {zh: "看", en: "Look"}, expected: {zh: "看", en: "seen"}, signed: operator}], within: 1 min, otherwise: {zh: "走", en: "Go"}}\ndeadlines:\n', 'KEEP-COLD, who', "duplicate continuous action 'KEEP-COLD'"],
];

const TARGETS: readonly Row[] = [
  ['a next to nowhere', 'course', 'next: end', 'next: ende', 'ende', "unknown step 'ende'; expected an existing step, perhaps 'end'"],
  ['a next into the other list', 'course', 'next: end', 'next: H1', 'H1\nsafetyMeasures', "step F of 'steps' leads to H1, which is a step of 'handling'; expected a step of the same list or 'end'"],
  ['an option to nowhere', 'course', 'goto: D}', 'goto: DD}', 'DD}', "unknown step 'DD'"],
  ['an otherwise to nowhere', 'course', 'goto: C}', 'goto: CX}', 'CX}', "unknown step 'CX'"],
  ['an otherwise that raises an unknown procedure', 'course', 'en: "No water", raise: P-1', 'en: "No water", raise: P-4.1', 'P-4.1', "unknown procedure 'P-4.1'"],
  ['a deadline that raises its own procedure', 'course', 'from: start, until: safe, otherwise: {zh: "停车", en: "Stop the plant", raise: P-1', 'from: start, until: safe, otherwise: {zh: "停车", en: "Stop the plant", raise: P-2', 'P-2}}', 'procedure P-2 raises itself'],
  ['a continuous action that raises an unknown procedure', 'course', 'en: "Leave", raise: P-1', 'en: "Leave", raise: P-9', 'P-9', "unknown procedure 'P-9'"],
  ['a last resort that is no procedure', 'course', 'raise: P-1}\nhandling', 'raise: P-0}\nhandling', 'P-0', "unknown procedure 'P-0'"],
  ['a goto where no step is', 'course', 'raise: P-1}\nhandling', 'goto: A}\nhandling', 'A}\nhandling', "moves none of them, so that 'goto' leads nowhere"],
  ['a deadline from nowhere', 'course', 'from: A,', 'from: AA,', 'AA,', "unknown step 'AA'"],
  ['a deadline from what it runs until', 'course', 'from: A,', 'from: safe,', 'safe, until: D', "unknown step 'safe'"],
  ['a deadline until nowhere', 'course', 'until: D,', 'until: start,', 'start, otherwise', "unknown step 'start'"],
  ['a deadline of an unknown clause', 'course', '{id: FIVE, clause: "A4.7"', '{id: FIVE, clause: "A4.77"', '"A4.77"', "unknown clause 'A4.77'"],
  ['an answer to an unknown clause', 'course', 'answers: ["A4.7"]', 'answers: ["A4.7", "A4.17"]', '"A4.17"', "unknown clause 'A4.17'"],
  ['a command to an unknown tag', 'course', 'sets: {XV-2: open}', 'sets: {XV-22: open}', 'open}\n    within', "unknown tag 'XV-22'"],
  ['a word that the tag does not have', 'course', 'sets: {XV-2: open}', 'sets: {XV-2: opened}', 'opened}', "tag XV-2 cannot be set to 'opened'; expected closed, open"],
  ['a word for a button', 'byHand', 'HS-5: true', 'HS-5: pressed', 'pressed,', "tag HS-5 cannot be set to 'pressed'; expected true or false"],
  ['a number beyond the range', 'course', 'FV-4: 0', 'FV-4: 101', '101', "tag FV-4 cannot be set to '101'; expected a number from 0 to 100 %"],
  ['a commanded count of people', 'course', 'FV-4: 0', 'FV-4: 0, PC-1: 0', '0}\n    within', 'people are counted and not commanded'],
  ['a continuous action that sets what is not there', 'course', 'sets: {XV-3: open}', 'sets: {XV-3: wide}', 'wide', "tag XV-3 cannot be set to 'wide'; expected closed, open, moving"],
  ['an interlock that trips to what is not there', 'rules', 'sets: {XV-1: closed}', 'sets: {XV-1: shut}', 'shut', "tag XV-1 cannot be set to 'shut'"],
  ['an interlock that trips an unknown tag', 'rules', 'sets: {XV-1: closed}', 'sets: {XV-11: closed}', 'closed}', "unknown tag 'XV-11'"],
];

const COURSES: readonly Row[] = [
  ['a step that is never reached', 'course', '    otherwise: {zh: "不加水", en: "No water", raise: P-1}\n', '    otherwise: {zh: "不加水", en: "No water", raise: P-1}\n    next: F\n', 'E\n    kind', "step E is reached from no step of 'steps'"],
  ['a step of the handling that is never reached', 'course', '    otherwise: {zh: "再看", en: "Look again"}\n', '    otherwise: {zh: "再看", en: "Look again"}\n    next: H3\n', 'H2\n    kind', "step H2 is reached from no step of 'handling'"],
  ['a step that leads nowhere but to itself', 'course', 'next: end', 'next: F', 'F\n    kind', "from step F the end of 'steps' is never reached: it leads to F and round again"],
  ['steps that lead round and never on', 'course', 'next: end', 'next: E', 'E\n    kind', "from step E the end of 'steps' is never reached"],
  ['a loop that nothing holds up', 'course', '    atLeast: 5 min\n', '    proof:\n      - {id: B.1, text: {zh: "阀", en: "Valve"}, expected: {zh: "已关", en: "closed"}, when: {kind: state, input: XV-1, is: closed}}\n', 'B\n    kind', 'steps B -> C -> B lead back with no person and no time between; expected in this loop a record, a hold, a signed proof'],
  ['a loop through a signature that is not waited for', 'course', '    atLeast: 5 min\n', '    proceed: at-once\n    proof:\n      - {id: B.1, text: {zh: "看", en: "Look"}, expected: {zh: "签字", en: "signed"}, signed: operator}\n', 'B\n    kind', 'steps B -> C -> B lead back'],
  ['a loop by a time that is none', 'course', '    within: 10 min\n    otherwise: {zh: "继续", en: "Go on"}\n', '    within: 0 s\n    otherwise: {zh: "继续", en: "Go on"}\n', 'B\n    kind', 'steps B -> C -> B lead back'],
  ['4.1.1 a retreat with nothing behind it', 'course', ', raise: P-1}\nhandling', '}\nhandling', '{zh: "全装置停车"', 'when procedure P-2 (priority 2, stop-feeding) does not become safe nothing comes after it'],
  ['4.1.1 a whole-plant stop that is not the most urgent', 'whole', 'priority: 1', 'priority: 2', '{zh: "撤得更远"', 'when procedure P-1 (priority 2, whole-plant-stop) does not become safe nothing comes after it'],
  ['4.1.1 retreats in a circle', 'whole', 'en: "Further away"}', 'en: "Further away", raise: P-3}', 'P-3}', 'procedures raise each other in a circle when they do not become safe: P-1 -> P-3 -> P-2 -> P-1'],
];

const DIRECTIONS: readonly Row[] = [
  ['3.4 a step to the safe state that intervenes', 'course', '    kind: verify\n    who: supervisor\n    direction: retreat', '    kind: verify\n    who: supervisor\n    direction: intervene', 'intervene\n    text: {zh: "看清现场"', 'step F on the way to the safe state has the direction intervene; expected retreat or hold'],
  ['3.4 a step to the safe state that sustains', 'course', '    kind: warn\n    who: operator\n    direction: retreat', '    kind: warn\n    who: operator\n    direction: sustain', 'sustain', 'has the direction sustain'],
  ['3.4 a hold on the way to the safe state', 'course', '    kind: verify\n    who: supervisor\n    direction: retreat', '    kind: hold\n    who: supervisor\n    direction: retreat', 'hold\n    who: supervisor\n    direction: retreat', 'step F on the way to the safe state holds it up'],
  ['3.4 a retreat that an engineer must sign', 'course', PROOF_F, PROOF_F.replace('signed: operator', 'signed: engineer'), 'engineer}\n    otherwise: {zh: "再点名"', 'proof F.1 of the retreat step F waits for the role engineer, who may not be at the post (3.4); expected operator or supervisor'],
  ['4.2.5 people go in where nobody counts them', 'course', 'zones: [Z-1]', 'zones: []', '[]}', 'step H4 of the handling intervenes, and the procedure names no zone'],
  ['4.2.3 more people than its strictest clause allows', 'course', 'limit: 2', 'limit: 3', '3, zones', 'people limit 3 is above 2, the most that clause A4.5 allows; expected at most 2'],
  ['4.2.3 more than six people', 'course', 'limit: 2', 'limit: 7', '7, zones', '4.2.3'],
];

const PROHIBITIONS: readonly Row[] = [
  ['a prohibition that is shown before no step', 'course', '    prohibitions: [NO-KNOCK]\n', '', 'NO-KNOCK', 'prohibition NO-KNOCK stands before no step'],
  ['an unknown prohibition before a step of the handling', 'course', '    text: {zh: "确认泄压"', '    prohibitions: [NO-NOCK]\n    text: {zh: "确认泄压"', 'NO-NOCK]', "unknown prohibition 'NO-NOCK'; expected an existing prohibition, perhaps 'NO-KNOCK'"],
  ['a watched prohibition without a way back', 'course', ', undo: {zh: "关 XV-2", en: "Close XV-2"}', '', 'N-WATER', "prohibition NO-WATER is watched and says nothing of what to do when it is broken; expected 'undo'"],
  ['a prohibition of an unknown clause', 'course', '{id: NO-KNOCK, clause: "A4.2"', '{id: NO-KNOCK, clause: "A4.22"', '"A4.22"', "unknown clause 'A4.22'"],
  ['a command that the watch sees and the person is not told of', 'course', '    prohibitions: [NO-WATER]\n', '    prohibitions: []\n', 'open}\n    within: 1 min\n    proof:\n      - {id: D.1', 'step D commands XV-2, which N-WATER watches, and does not show the prohibition NO-WATER'],
];

const PROOFS: readonly Row[] = [
  ['4.3.3 senses alone', 'course', PROOF_F, PROOF_F.replace('signed: operator', 'signed: operator, senses: true'), '- {id: F.1', 'the proof of step F rests on the senses alone'],
  ['4.3.3(2) isolated by nothing', 'course', ', shows: isolated, evidence: blind', ', shows: isolated', 'isolated', 'proof H3.1 shows isolated without evidence, and a closed valve is none (4.3.3); expected \'evidence\' with one of blind, vents-open, parted'],
  ['4.3.3 evidence of nothing', 'course', ', shows: isolated, evidence: blind', ', evidence: blind', 'blind}', "proof H3.1 has evidence and does not say of what; expected 'shows'"],
  ['4.3.3 evidence of something else', 'course', 'evidence: blind', 'evidence: live-test', 'live-test', 'live-test is no evidence that anything is isolated (4.3.3); expected one of blind, vents-open, parted'],
  ['4.3.3(1) one gauge', 'course', '      - {id: H2.2, text: {zh: "微开导淋", en: "Drain slightly opened"}, expected: {zh: "无压", en: "no pressure"}, signed: engineer, shows: depressurised, evidence: vent-or-drain}\n', '', '{id: H2.1', 'the proof of step H2 shows depressurised by pressure-curve alone (4.3.3(1)); expected 2 different kinds of evidence'],
  ['4.3.3(1) the same evidence twice', 'course', 'evidence: vent-or-drain', 'evidence: pressure-curve', '{id: H2.1', 'by pressure-curve alone'],
  ['4.3.3(1) no pressure, in Chinese words alone', 'course', '{id: S1, text: {zh: "阀", en: "Valve"}, expected: {zh: "已关"', '{id: S1, text: {zh: "阀", en: "Valve"}, expected: {zh: "泄压完成"', '"泄压完成"', "proof S1 says '泄压完成' and does not show it (4.3.3(1)); expected 'shows: depressurised'"],
  ['4.3.3(1) no pressure, in English words alone', 'course', 'en: "Nobody there"', 'en: "At Atmospheric Pressure"', '"At Atmospheric Pressure"', "proof F.1 says 'Atmospheric Pressure'"],
  ['4.3.3(1) no pressure, as a condition of the return', 'course', '{id: R1, text: {zh: "原因"', '{id: R1, text: {zh: "容器常压"', '"容器常压"', "proof R1 says '常压'"],
  ['a command that nobody looks at', 'course', 'FV-4: 0', 'FV-4: 0, XV-3: open', 'open}\n    within: 1 min\n    proof:\n      - {id: A.1', 'XV-3 is commanded by step A but not proved'],
  ['a command that only a signature proves', 'course', PROOF_D, 'signed: operator}\n', 'open}\n    within: 1 min\n    proof:\n      - {id: D.1', 'XV-2 is commanded by step D but not proved'],
  ['a command that another valve proves', 'course', 'input: ZS-2', 'input: XV-3', 'open}\n    within: 1 min\n    proof:\n      - {id: D.1', 'XV-2 is commanded by step D but not proved'],
  ['a command whose proof waits for the opposite', 'course', 'input: ZS-2, is: open', 'input: XV-2, is: closed', 'open}\n    within: 1 min\n    proof:\n      - {id: D.1', "step D commands XV-2 to 'open' and its proof waits for 'closed'"],
  ['a continuous command whose proof waits for the opposite', 'course', '{id: K.1, text: {zh: "放空阀", en: "Vent valve"}, expected: {zh: "开", en: "open"}, when: {kind: state, input: XV-3, is: open}}', '{id: K.1, text: {zh: "放空阀", en: "Vent valve"}, expected: {zh: "关", en: "closed"}, when: {kind: state, input: XV-3, is: closed}}', 'open}\n    proof:\n      - {id: K.1', "the continuous action KEEP-COLD commands XV-3 to 'open' and its proof waits for 'closed'"],
];

/** Work after the isolation, put before H4 of the course plant. */
const WORK = (more = ''): string => `  - id: H3W\n    who: operator\n    direction: intervene\n${more}    text: {zh: "拆开", en: "Take it apart"}\n    within: 1 h\n    proof:\n      - {id: H3W.1, text: {zh: "做完", en: "Done"}, expected: {zh: "签字", en: "signed"}, signed: operator}\n    otherwise: {zh: "撤出", en: "Come out"}\n  - id: H4\n`;
const PERMITS: readonly Row[] = [
  ['REQ-WRK-13 3.4 a retreat that waits for paper', 'course', '    sets: {XV-2: open}\n', '    workPermit: line-opening\n    sets: {XV-2: open}\n', 'line-opening', "step D would wait for a work permit and is of direction retreat in 'steps'"],
  ['REQ-WRK-13 3.7 a hold of the handling that waits for paper', 'course', '    text: {zh: "另一人确认"', '    workPermit: blinding\n    text: {zh: "另一人确认"', 'blinding', "step H3 would wait for a work permit and is of direction hold in 'handling'"],
  ['REQ-WRK-13 3.7 a kind of permit that is none', 'course', '  - id: H4\n', WORK('    workPermit: digging\n'), 'digging', 'hot-work'],
  ['REQ-WRK-13 4.3.3(2) a step that puts back where nothing was put', 'course', '    sets: {XV-2: open}\n', '    putsBack: true\n    sets: {XV-2: open}\n', 'true\n    sets', "step D puts nothing back where it stands"],
  ['REQ-WRK-13 4.3.3(4) a figure of pressure that names a gas', 'course', 'low: 0, high: 5}', 'low: 0, high: 5, gas: O2}', 'O2}', 'proof H1.1 is no gas test and its figure names a gas'],
];
const PERMIT_WARNINGS: readonly Row[] = [
  ['REQ-WRK-13 3.7 work after the isolation without a permit', 'course', '  - id: H4\n', WORK(), 'H3W\n', 'step H3W sends people to what was isolated or gas-tested before and waits for no work permit (3.7)'],
  ['REQ-WRK-13 4.3.3(4) a gas test that names no gas', 'course', 'signed: engineer, figure: {unit: kPa, low: 0, high: 5}', 'signed: engineer, shows: gas-free, evidence: portable-test, figure: {unit: ppm, low: 0, high: 5}', '{unit: ppm', 'the figure of gas test H1.1 names no gas'],
];

const CONTRADICTIONS: readonly Row[] = [
  ['3.3 a command against its own interlock', 'course', 'sets: {XV-1: closed, FV-4: 0}', 'sets: {XV-1: open, FV-4: 0}', 'open, FV-4', "step A commands XV-1 to 'open' and interlock I-1 trips it to 'closed'"],
  ['3.3 a continuous command against its own interlock', 'course', 'sets: {XV-3: open}', 'sets: {XV-3: open, XV-1: open}', 'open}\n    proof:\n      - {id: K.1', 'the continuous action KEEP-COLD commands XV-1'],
  ['a command that is forbidden in another procedure', 'byHand', 'HS-5: true', 'XV-1: open', 'open, XV-2', "step A does what is forbidden: setting XV-1 to 'open' makes N-OPEN true (A4.2)"],
  ['a command that is forbidden at all times, by a part that must not be false', 'byHand', 'sets: {XV-3: open, HS', 'sets: {XV-3: closed, HS', 'closed, HS', "step A does what is forbidden: setting XV-3 to 'closed' makes N-VENT true (A4.5)"],
  ['a command that is half of what is forbidden, and nobody is told', 'byHand', 'XV-2: closed', 'XV-2: open', 'open}\n    within', "step A sets XV-2 to 'open', which is a part of what N-WATER forbids (A4.5); expected a prohibition with watchedBy: N-WATER"],
  ['two procedures of the same priority that command one tag differently', 'byHand', 'priority: 3', 'priority: 2', 'closed}\n    within', "step A commands XV-2 to 'closed' and step D of procedure P-2, which may run at the same time with the same priority 2, to 'open'"],
];

/** Warnings: the pack is used as it stands. */
const WARNINGS: readonly Row[] = [
  ['an answer that no trigger asks for', 'course', 'answers: ["A4.7"]', 'answers: ["A4.7", "3.3"]', '"3.3"', 'no trigger of plant small starts procedure P-2 by clause 3.3'],
  ['an answer to a trigger that starts another', 'course', 'answers: ["A4.7"]', 'answers: ["A4.7", "A4.1"]', '"A4.1"', 'no trigger of plant small starts procedure P-2 by clause A4.1'],
  ['a procedure that nothing raises', 'byHand', 'id: P-3\n', 'id: P-33\n', 'P-33', 'procedure P-33 is started by no trigger, raised by no other procedure and not by hand'],
];

function tell(severity: 'error' | 'warning', [, file, from, to, at, says]: Row, alsoChange: (text: string) => string = (text) => text): void {
  const change = (text: string): string => alsoChange(swap(from, to)(text));
  const { name, text } = COURSE_PLANT[file];
  const { findings } = loadCourse(file, change);
  const shown = findings.map((finding) => `${finding.file}:${finding.line}:${finding.column}: ${finding.message}`).join('\n');
  expect(findings.filter((finding) => finding.message.includes(says)).map(({ file: where, line, column, severity: level }) => ({ where, line, column, level })), shown).toContainEqual({ where: name, ...placeOf(change(text), at), level: severity });
  expect(findings.filter(({ message }) => !/.; ./u.test(message)), shown).toEqual([]);
}

describe('REQ-PACK-21 the course plant itself', () => {
  it('loads without a finding, with all kinds of steps, a loop, deadlines and a handling', () => {
    const { findings, plants } = loadCourse('rules', (text) => text);
    expect(findings).toEqual([]);
    expect(plants[0]?.procedures.map((procedure) => procedure.id)).toEqual(['P-1', 'P-2', 'P-3']);
  });

  it.each([
    ['4.1.1 a chain may end in an evacuation', 'whole', swap('modes: [whole-plant-stop]\nprohibitions', 'modes: [whole-plant-stop, evacuation]\nprohibitions')],
    ['a loop that a person decides', 'course', (text: string) => swap('when: {kind: limit, input: TI-1, atOrAbove: 40}, goto: B', 'goto: B')(swap('    atLeast: 5 min\n', '    proof:\n      - {id: B.1, text: {zh: "阀", en: "Valve"}, expected: {zh: "已关", en: "closed"}, when: {kind: state, input: XV-1, is: closed}}\n')(text))],
    ['a way back when a time runs out', 'course', swap('    otherwise: {zh: "再点名", en: "Call the roll again"}\n', '    otherwise: {zh: "再点名", en: "Call the roll again", goto: E}\n')],
    ['常压储罐 is a kind of tank', 'course', swap('en: "Valve"}, expected: {zh: "已关", en: "closed"}, when: {kind: state, input: XV-1, is: closed}}\nsafeWithin', 'en: "Atmospheric pressure tank"}, expected: {zh: "常压储罐阀已关", en: "closed"}, when: {kind: state, input: XV-1, is: closed}}\nsafeWithin')],
    ['in the handling a time that runs out leads back', 'course', swap('    otherwise: {zh: "不开", en: "Do not open it"}\n  - id: H3\n', '    otherwise: {zh: "再看", en: "Look again", goto: H1}\n  - id: H3\n')],
    ['a continuous action proved by what it brings about', 'course', swap('expected: {zh: "开", en: "open"}, when: {kind: state, input: XV-3, is: open}}\n    within', 'expected: {zh: "低", en: "low"}, when: {kind: limit, input: PI-6, below: 90}}\n    within')],
    ['not depressurised says the opposite', 'course', swap('{id: F.1, text: {zh: "现场无人", en: "Nobody there"}', '{id: F.1, text: {zh: "未泄压", en: "Not depressurised"}')],
    ['a command proved through the parts of a condition', 'course', swap('when: {kind: state, input: ZS-2, is: open}', 'when: {kind: all, of: [E-WATER]}')],
  ] as const)('%s', (_what, file, change) => {
    expect(loadCourse(file, change).findings.filter(({ message }) => !message.includes('used by no') && !message.includes('is carried out by no step'))).toEqual([]);
  });
});

describe('REQ-PACK-21 3.2 a step has what its kind needs and nothing that its kind does not look at', () => {
  it.each(KINDS)('%s', (...row) => tell('error', row));
});

describe('REQ-PACK-21 3.2 every name leads somewhere', () => {
  it.each(TARGETS)('%s', (...row) => tell('error', row));
});

describe('REQ-PACK-21 4.1.1 the course leads to the end, and a retreat to the next one', () => {
  it.each(COURSES)('%s', (...row) => tell('error', row));
});

describe('REQ-PACK-21 3.4 4.2 who is led where', () => {
  it.each(DIRECTIONS)('%s', (...row) => tell('error', row));
});

describe('REQ-PACK-21 4.3.2 prohibitions are shown before the step', () => {
  it.each(PROHIBITIONS)('%s', (...row) => tell('error', row));
});

describe('REQ-PACK-21 4.3.3 what is called proof', () => {
  it.each(PROOFS)('%s', (...row) => tell('error', row));
});

describe('REQ-PACK-21 3.3 A4.5 commands that contradict', () => {
  it.each(CONTRADICTIONS)('%s', (...row) => tell('error', row));
});

describe('REQ-WRK-13 3.7 work in the handling names its permit, and nothing else does', () => {
  it.each(PERMITS)('%s', (...row) => tell('error', row));
  it.each(PERMIT_WARNINGS)('%s', (...row) => tell('warning', row));
});

describe('REQ-PACK-21 4.1.2 what starts nothing is told', () => {
  it.each(WARNINGS)('%s', (...row) => tell('warning', row, row[1] === 'byHand' ? swap('byHand: {zh: "有人要求", en: "When somebody asks for it"}\n', '') : undefined));
});

describe('REQ-PACK-06 the shipped packs', () => {
  it('have no error', () => {
    const root = path.resolve(import.meta.dirname, '../../..');
    const { findings } = loadPacks({ rulesDir: path.join(root, 'rules'), proceduresDir: path.join(root, 'procedures') });
    expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  });
});
