/** A small valid plant, as three files of lines; each broken pack in the tests is one mutation of it. */
import { authorityFile } from '../../support/rules/authority.ts';
import { assemblePacks } from '../../../src/main/packs/load.ts';
import type { LoadedPacks } from '../../../src/main/packs/load.ts';
import type { PackFile } from '../../../src/main/packs/pack-files.ts';

export const RULES = `plant: small
title: {zh: "小装置", en: "Small plant"}
namespaceUri: urn:small
card: {timeToAct: 10 min, timeNeeded: 1 min}
areas:
  - {id: unit, title: {zh: "单元", en: "Unit"}}
zones:
  - {id: Z-1, title: {zh: "一区", en: "Zone one"}, countTag: PC-1, areas: [unit], protection: [helmet], cameras: [{id: CAM-1, title: {zh: "摄像头", en: "Camera"}, signalTag: CAM-1-SIG, pictureTag: CAM-1-PIC, aimTag: CAM-1-AIM, powerTag: CAM-1-PWR}], fenceTag: FEN-1, waysOut: [{zh: "楼梯", en: "Stairs"}]}
protection:
  - {id: helmet, title: {zh: "安全帽", en: "Helmet"}}
tags:
  - {id: TI-1, unit: degC, low: 0, high: 100, area: unit, zh: "温度", en: Temperature}
  - {id: XV-1, kind: discrete, states: [closed, open], area: unit, zh: "阀", en: Valve}
  - {id: PC-1, kind: count, unit: "1", low: 0, high: 50, area: unit, zh: "人数", en: People}
  - {id: CAM-1-SIG, kind: boolean, area: unit, zh: "信号", en: Signal}
  - {id: CAM-1-PIC, kind: boolean, area: unit, zh: "画面", en: Picture}
  - {id: CAM-1-AIM, kind: boolean, area: unit, zh: "朝向", en: Aim}
  - {id: CAM-1-PWR, kind: boolean, area: unit, zh: "供电", en: Power}
  - {id: FEN-1, kind: boolean, area: unit, service: intrusion, zh: "围栏", en: Fence}
  - {id: I-1-TRIP, kind: boolean, area: unit, zh: "动作", en: Trip}
  - {id: I-1-BYP, kind: boolean, area: unit, zh: "旁路", en: Bypass}
  - {id: I-1-FLT, kind: boolean, area: unit, zh: "故障", en: Fault}
labs:
  - {id: LAB-1, title: {zh: "化验", en: "Result"}, unit: g/L, low: 0, high: 3}
observations:
  - {id: SMOKE, title: {zh: "冒烟", en: "Smoke"}, clauses: ["A4.1"]}
conditions:
  - id: C-HOT
    clauses: ["A4.2"]
    title: {zh: "超温", en: "Too hot"}
    priority: 1
    role: trigger
    starts: [P-1]
    measure: {kind: limit, input: TI-1, atOrAbove: 60, deadband: 1}
    source: guideline
    reason: "At or above 60."
    card:
      cause: {zh: "分解", en: "Decomposition"}
      consequence: {zh: "爆炸", en: "Explosion"}
      action: {zh: "停车", en: "Stop"}
  - id: E-FAST
    clauses: ["A4.1"]
    title: {zh: "升温", en: "Rising"}
    priority: 2
    role: input
    measure: {kind: rate, input: TI-1, risingFasterThan: 2, window: 1 min, deadband: 0.5}
    source: engineering-default
    reason: "Two kelvin a minute."
  - id: E-TREND
    clauses: ["A4.1"]
    title: {zh: "趋势", en: "Trend"}
    priority: 2
    role: input
    measure: {kind: trend, input: TI-1, direction: rising, window: 2 min, minChange: 10, tolerance: 2}
    source: engineering-default
    reason: "Ten kelvin in two minutes."
  - id: E-LAB
    clauses: ["A4.1"]
    title: {zh: "化验超标", en: "Result too high"}
    priority: 2
    role: input
    measure: {kind: lab, input: "lab:LAB-1", above: 0.3, phase: confirmed}
    source: guideline
    reason: "Above 0.3."
  - id: E-SMOKE
    clauses: ["A4.1"]
    title: {zh: "冒烟", en: "Smoke"}
    priority: 2
    role: input
    measure: {kind: seen, input: "seen:SMOKE"}
    source: guideline
    reason: "Seen."
  - id: E-ANY
    clauses: ["A4.1"]
    title: {zh: "任一", en: "Any"}
    priority: 2
    role: input
    measure: {kind: any, of: [E-FAST, E-TREND, E-LAB, E-SMOKE]}
    source: engineering-default
    reason: "Any of them."
  - id: C-ANY
    clauses: ["A4.1"]
    title: {zh: "异常", en: "Abnormal"}
    priority: 1
    role: trigger
    starts: [P-1]
    measure: {kind: all, of: [E-ANY]}
    source: engineering-default
    reason: "Any of them."
    card:
      cause: {zh: "分解", en: "Decomposition"}
      consequence: {zh: "爆炸", en: "Explosion"}
      action: {zh: "停车", en: "Stop"}
  - id: N-OPEN
    clauses: ["A4.2"]
    title: {zh: "阀被打开", en: "Valve opened"}
    priority: 1
    role: prohibition
    measure: {kind: state, input: XV-1, is: [open]}
    source: guideline
    reason: "Never open it."
    card:
      cause: {zh: "有人开阀", en: "Somebody opened it"}
      consequence: {zh: "突沸", en: "Boil-over"}
      action: {zh: "关阀", en: "Close it"}
interlocks:
  - id: I-1
    title: {zh: "联锁", en: "Interlock"}
    clauses: ["3.3"]
    criticality: SIL1
    causes: [{zh: "超温", en: "Too hot"}]
    effects: [{zh: "停车", en: "Stop"}]
    tripTag: I-1-TRIP
    bypassTag: I-1-BYP
    faultTag: I-1-FLT
    guards: [HZ-ONE]
    tripConditions: [C-HOT]
    maxBypass: 8 h
hazards:
  - {id: HZ-ONE, title: {zh: "飞温", en: "Runaway"}}
`;

export const PROCEDURE = `id: P-1
version: 1
plant: small
clauses: ["A4.2"]
title: {zh: "停车", en: "Stop"}
goal: {zh: "停下来", en: "Stopped"}
priority: 1
people: {limit: 2, zones: [Z-1]}
interlocks: [I-1]
modes: [whole-plant-stop]
prohibitions:
  - {id: NO-OPEN, clause: "A4.2", text: {zh: "严禁开阀", en: "Never open the valve"}, watchedBy: N-OPEN, undo: {zh: "关阀", en: "Close it"}}
steps:
  - id: A
    who: operator
    direction: retreat
    text: {zh: "关阀", en: "Close the valve"}
    prohibitions: [NO-OPEN]
    modes: [whole-plant-stop]
    within: 1 min
    proof:
      - {id: A.1, text: {zh: "阀", en: "Valve"}, expected: {zh: "已关", en: "closed"}, when: {kind: state, input: XV-1, is: closed}}
    otherwise: {zh: "按硬按钮", en: "Press the button"}
safetyMeasures:
  - {zh: "撤离", en: "Leave"}
shutdownConditions:
  - {zh: "超温", en: "Too hot"}
safeState:
  - {id: S1, text: {zh: "温度", en: "Temperature"}, expected: {zh: "低于 55", en: "below 55"}, when: {kind: limit, input: TI-1, below: 55}}
safeWithin: 30 min
ifNotSafe: {zh: "撤得更远", en: "Further away"}
returnConditions:
  - {id: R1, text: {zh: "原因", en: "Cause"}, expected: {zh: "已签字", en: "signed"}, signed: engineer}
returnApprovals: [supervisor, engineer]
`;

export const CLAUSES = `clauses:
  - {id: "3.3", kind: never, text: {zh: "不得旁路", en: "No bypass"}}
  - {id: "A4.1", kind: trigger, text: {zh: "异常升高", en: "Abnormally rising"}}
  - {id: "A4.2", kind: action, text: {zh: "停车", en: "Stop"}}
`;

export type FixtureFile = 'rules' | 'procedure' | 'clauses';
const TEXTS: Readonly<Record<FixtureFile, string>> = { rules: RULES, procedure: PROCEDURE, clauses: CLAUSES };

export function packFile(kind: FixtureFile, text: string): PackFile {
  return { name: `${kind}.yaml`, kind, bytes: new TextEncoder().encode(text) };
}

/** Loads the small plant with one file changed. */
export function loadWith(kind: FixtureFile, change: (text: string) => string): LoadedPacks {
  return assemblePacks([...(['rules', 'procedure', 'clauses'] as const).map((one) => packFile(one, one === kind ? change(TEXTS[one]) : TEXTS[one])), authorityFile('small')]);
}

/** Replaces the one place where `from` stands; a mutation that does not hit is a broken test. */
export function swap(from: string, to: string): (text: string) => string {
  return (text) => {
    if (text.split(from).length !== 2) throw new Error(`'${from}' stands ${text.split(from).length - 1} times in the fixture; expected once`);
    return text.replace(from, () => to);
  };
}

/** Line and column, from 1, of the one place where `mark` stands in `text`. */
export function placeOf(text: string, mark: string): { line: number; column: number } {
  const at = text.indexOf(mark);
  if (at < 0 || text.indexOf(mark, at + 1) >= 0) throw new Error(`'${mark}' does not stand exactly once in the mutated file`);
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export function textOf(kind: FixtureFile): string {
  return TEXTS[kind];
}
