/** The small plant with procedures that use all of the language, as files of lines; each broken procedure in the tests is one mutation of one of them. */
import { authorityFile } from '../../support/rules/authority.ts';
import { assemblePacks } from '../../../src/main/packs/load.ts';
import type { LoadedPacks } from '../../../src/main/packs/load.ts';
import type { PackFile, PackFileKind } from '../../../src/main/packs/pack-files.ts';
import { CLAUSES, PROCEDURE, RULES, swap } from './small-plant.ts';

const MORE_TAGS = `  - {id: XV-2, kind: discrete, states: [closed, open], area: unit, zh: "水阀", en: Water valve}
  - {id: ZS-2, kind: discrete, states: [closed, open], area: unit, zh: "水阀位", en: Water valve position}
  - {id: XV-3, kind: discrete, states: [closed, open, moving], area: unit, zh: "放空阀", en: Vent valve}
  - {id: FV-4, unit: "%", low: 0, high: 100, area: unit, zh: "调节阀", en: Control valve}
  - {id: HS-5, kind: boolean, area: unit, zh: "停车按钮", en: Stop button}
  - {id: PI-6, unit: kPa, low: 0, high: 600, area: unit, zh: "压力", en: Pressure}
  - {id: I-1-TRIP`;

const MORE_CONDITIONS = `  - id: E-HOT
    clauses: ["A4.2"]
    title: {zh: "热", en: "Hot"}
    priority: 2
    role: input
    measure: {kind: limit, input: TI-1, atOrAbove: 50, deadband: 1}
    source: guideline
    reason: "Hot."
  - id: E-WATER
    clauses: ["A4.2"]
    title: {zh: "加水", en: "Water goes in"}
    priority: 2
    role: input
    measure: {kind: state, input: XV-2, is: open}
    source: guideline
    reason: "Water."
  - id: N-WATER
    clauses: ["A4.5"]
    title: {zh: "超温加水", en: "Water while hot"}
    priority: 1
    role: prohibition
    measure: {kind: all, of: [E-HOT, E-WATER]}
    source: guideline
    reason: "Never add water while hot."
    card: {cause: {zh: "有人开阀", en: "Somebody opened it"}, consequence: {zh: "突沸", en: "Boil-over"}, action: {zh: "关阀", en: "Close it"}}
  - id: E-VENT
    clauses: ["A4.5"]
    title: {zh: "放空开", en: "Vent open"}
    priority: 2
    role: input
    measure: {kind: state, input: XV-3, is: open}
    source: guideline
    reason: "Vent."
  - id: N-VENT
    clauses: ["A4.5"]
    title: {zh: "放空被关", en: "Vent closed"}
    priority: 1
    role: prohibition
    standing: true
    measure: {kind: not, of: E-VENT}
    source: guideline
    reason: "Never close the vent."
    card: {cause: {zh: "有人关阀", en: "Somebody closed it"}, consequence: {zh: "超压", en: "Overpressure"}, action: {zh: "开阀", en: "Open it"}}
  - id: C-COLD
    clauses: ["A4.7"]
    title: {zh: "过冷", en: "Too cold"}
    priority: 2
    role: trigger
    measure: {kind: limit, input: TI-1, atOrBelow: 5, deadband: 1}
    source: guideline
    reason: "Too cold."
    card: {cause: {zh: "断汽", en: "No steam"}, consequence: {zh: "冻堵", en: "Frozen"}, action: {zh: "停料", en: "Stop the feed"}}
interlocks:
`;

/** A unit is stopped, by all kinds of steps; the whole plant (P-1 of the small plant) comes when that does not make it safe. */
const COURSE = `id: P-2
version: 1
plant: small
clauses: ["A4.7", "A4.5"]
title: {zh: "停料", en: "Stop the feed"}
goal: {zh: "料停下来", en: "The feed is stopped"}
priority: 2
answers: ["A4.7"]
people: {limit: 2, zones: [Z-1]}
interlocks: [I-1]
modes: [stop-feeding]
prohibitions:
  - {id: NO-WATER, clause: "A4.5", text: {zh: "超温严禁加水", en: "No water while hot"}, watchedBy: N-WATER, undo: {zh: "关 XV-2", en: "Close XV-2"}}
  - {id: NO-KNOCK, clause: "A4.2", text: {zh: "严禁敲击", en: "Never strike it"}}
steps:
  - id: A
    who: operator
    direction: retreat
    text: {zh: "停料", en: "Stop the feed"}
    cautions:
      - {id: HOT, zh: "烫", en: "Hot", when: {kind: limit, input: TI-1, above: 40}}
    prohibitions: [NO-KNOCK]
    modes: [stop-feeding]
    sets: {XV-1: closed, FV-4: 0}
    within: 1 min
    proof:
      - {id: A.1, text: {zh: "阀", en: "Valve"}, expected: {zh: "已关", en: "closed"}, when: {kind: state, input: XV-1, is: closed}}
      - {id: A.2, text: {zh: "开度", en: "Opening"}, expected: {zh: "全关", en: "shut"}, when: {kind: limit, input: FV-4, below: 2}}
    otherwise: {zh: "按硬按钮", en: "Press the button", goto: C}
  - id: B
    kind: wait
    who: operator
    direction: hold
    text: {zh: "等降温", en: "Let it cool"}
    atLeast: 5 min
    within: 10 min
    otherwise: {zh: "继续", en: "Go on"}
  - id: C
    kind: decide
    who: operator
    direction: hold
    text: {zh: "还热吗", en: "Still hot?"}
    within: 2 min
    options:
      - {id: HOT, text: {zh: "还热", en: "Still hot"}, because: {zh: "温度高", en: "It is hot"}, when: {kind: limit, input: TI-1, atOrAbove: 40}, goto: B}
      - {id: COLD, text: {zh: "不热", en: "Not hot"}, because: {zh: "温度低", en: "It is cold"}, when: {kind: limit, input: TI-1, below: 40}, goto: D}
    default: HOT
    otherwise: {zh: "按还热处理", en: "Taken as hot"}
  - id: D
    who: operator
    direction: retreat
    text: {zh: "加水冷却", en: "Cool with water"}
    prohibitions: [NO-WATER]
    sets: {XV-2: open}
    within: 1 min
    proof:
      - {id: D.1, text: {zh: "水阀位", en: "Water valve position"}, expected: {zh: "开", en: "open"}, when: {kind: state, input: ZS-2, is: open}}
    otherwise: {zh: "不加水", en: "No water", raise: P-1}
  - id: E
    kind: warn
    who: operator
    direction: retreat
    text: {zh: "广播", en: "Call out"}
    within: 1 min
    otherwise: {zh: "继续", en: "Go on"}
  - id: F
    kind: verify
    who: supervisor
    direction: retreat
    text: {zh: "看清现场", en: "Look at the place"}
    within: 5 min
    proof:
      - {id: F.1, text: {zh: "现场无人", en: "Nobody there"}, expected: {zh: "0 人", en: "nobody"}, signed: operator}
    otherwise: {zh: "再点名", en: "Call the roll again"}
    next: end
safetyMeasures:
  - {zh: "撤离", en: "Leave"}
shutdownConditions:
  - {zh: "超温", en: "Too hot"}
continuous:
  - id: KEEP-COLD
    who: operator
    text: {zh: "保持放空", en: "Keep the vent open"}
    when: {kind: limit, input: PI-6, above: 100}
    sets: {XV-3: open}
    proof:
      - {id: K.1, text: {zh: "放空阀", en: "Vent valve"}, expected: {zh: "开", en: "open"}, when: {kind: state, input: XV-3, is: open}}
    within: 1 min
    otherwise: {zh: "撤离", en: "Leave", raise: P-1}
deadlines:
  - {id: TWENTY, clause: "A4.7", text: {zh: "二十分钟内停完", en: "Stopped in twenty minutes"}, within: 20 min, from: start, until: safe, otherwise: {zh: "停车", en: "Stop the plant", raise: P-1}}
  - {id: FIVE, clause: "A4.7", text: {zh: "五分钟内停料", en: "Feed stopped in five minutes"}, within: 5 min, from: A, until: D, otherwise: {zh: "停车", en: "Stop the plant"}}
safeState:
  - {id: S1, text: {zh: "阀", en: "Valve"}, expected: {zh: "已关", en: "closed"}, when: {kind: state, input: XV-1, is: closed}}
safeWithin: 30 min
ifNotSafe: {zh: "全装置停车", en: "Stop the whole plant", raise: P-1}
handling:
  - id: H1
    kind: record
    who: engineer
    direction: hold
    text: {zh: "记录压力", en: "Write down the pressure"}
    within: 10 min
    proof:
      - {id: H1.1, text: {zh: "就地压力", en: "Pressure at the gauge"}, expected: {zh: "0 到 5 kPa", en: "0 to 5 kPa"}, signed: engineer, figure: {unit: kPa, low: 0, high: 5}}
    otherwise: {zh: "再看", en: "Look again"}
  - id: H2
    kind: verify
    who: engineer
    direction: hold
    text: {zh: "确认泄压", en: "See that it is without pressure"}
    within: 10 min
    proof:
      - {id: H2.1, text: {zh: "压力曲线", en: "Pressure curve"}, expected: {zh: "已泄压", en: "depressurised"}, when: {kind: limit, input: PI-6, below: 5}, for: 1 min, shows: depressurised, evidence: pressure-curve}
      - {id: H2.2, text: {zh: "微开导淋", en: "Drain slightly opened"}, expected: {zh: "无压", en: "no pressure"}, signed: engineer, shows: depressurised, evidence: vent-or-drain}
    otherwise: {zh: "不开", en: "Do not open it"}
  - id: H3
    kind: hold
    who: supervisor
    direction: hold
    text: {zh: "另一人确认", en: "Another person looks"}
    within: 10 min
    proof:
      - {id: H3.1, text: {zh: "盲板", en: "Blind"}, expected: {zh: "已加", en: "in"}, signed: supervisor, shows: isolated, evidence: blind}
    otherwise: {zh: "不开", en: "Do not open it"}
  - id: H4
    kind: goto
    who: supervisor
    direction: intervene
    text: {zh: "转全停", en: "On to the whole stop"}
    within: 1 min
    procedure: P-3
    otherwise: {zh: "不开", en: "Do not open it"}
returnConditions:
  - {id: R1, text: {zh: "原因", en: "Cause"}, expected: {zh: "已签字", en: "signed"}, signed: engineer}
returnApprovals: [supervisor, engineer]
`;

/** A third one, which a person raises and another procedure leads to. */
const BY_HAND = `id: P-3
version: 1
plant: small
clauses: ["A4.2"]
title: {zh: "放空", en: "Vent"}
goal: {zh: "放空", en: "Vented"}
priority: 3
byHand: {zh: "有人要求", en: "When somebody asks for it"}
people: {limit: 0, zones: []}
interlocks: []
modes: [discharge]
prohibitions: []
steps:
  - id: A
    who: operator
    direction: retreat
    text: {zh: "开放空", en: "Open the vent"}
    modes: [discharge]
    sets: {XV-3: open, HS-5: true, XV-2: closed}
    within: 1 min
    proof:
      - {id: A.1, text: {zh: "阀", en: "Valve"}, expected: {zh: "开", en: "open"}, when: {kind: state, input: XV-3, is: open}}
      - {id: A.2, text: {zh: "按钮", en: "Button"}, expected: {zh: "已按", en: "pressed"}, when: {kind: state, input: HS-5, is: true}}
      - {id: A.3, text: {zh: "水阀", en: "Water valve"}, expected: {zh: "已关", en: "closed"}, when: {kind: state, input: XV-2, is: closed}}
    otherwise: {zh: "再开", en: "Again"}
safetyMeasures: [{zh: "撤离", en: "Leave"}]
shutdownConditions: [{zh: "超温", en: "Too hot"}]
safeState:
  - {id: S1, text: {zh: "阀", en: "Valve"}, expected: {zh: "开", en: "open"}, when: {kind: state, input: XV-3, is: open}}
safeWithin: 30 min
ifNotSafe: {zh: "停料", en: "Stop the feed", raise: P-2}
returnConditions:
  - {id: R1, text: {zh: "原因", en: "Cause"}, expected: {zh: "已签字", en: "signed"}, signed: engineer}
returnApprovals: [supervisor, engineer]
`;

const withMore = [
  swap('  - {id: I-1-TRIP', MORE_TAGS), swap('interlocks:\n', MORE_CONDITIONS), swap('    tripTag: I-1-TRIP\n', '    sets: {XV-1: closed}\n    tripTag: I-1-TRIP\n'),
].reduce((text, change) => change(text), RULES);

export type CourseFile = 'rules' | 'whole' | 'course' | 'byHand' | 'clauses';
export const COURSE_PLANT: Readonly<Record<CourseFile, { readonly name: string; readonly kind: PackFileKind; readonly text: string }>> = {
  rules: { name: 'rules.yaml', kind: 'rules', text: withMore },
  whole: { name: 'P-1.yaml', kind: 'procedure', text: PROCEDURE },
  course: { name: 'P-2.yaml', kind: 'procedure', text: COURSE },
  byHand: { name: 'P-3.yaml', kind: 'procedure', text: BY_HAND },
  clauses: { name: 'clauses.yaml', kind: 'clauses', text: `${CLAUSES}  - {id: "A4.5", kind: never, text: {zh: "严禁加水", en: "No water"}, people: 2}\n  - {id: "A4.7", kind: limit, text: {zh: "至多四人", en: "At most four"}, people: 4}\n` },
};

/** The plant with one file changed. */
export function loadCourse(file: CourseFile, change: (text: string) => string): LoadedPacks {
  const files = (Object.keys(COURSE_PLANT) as CourseFile[]).map((one): PackFile => {
    const { name, kind, text } = COURSE_PLANT[one];
    return { name, kind, bytes: new TextEncoder().encode(one === file ? change(text) : text) };
  });
  return assemblePacks([...files, authorityFile('small')]);
}
