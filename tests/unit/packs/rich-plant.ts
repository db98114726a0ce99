/** A small valid plant with every kind of measure, alarm settings, general rules, a site and a tag list; each broken pack is one mutation of it. */
import { authorityFile } from '../../support/rules/authority.ts';
import { assemblePacks } from '../../../src/main/packs/load.ts';
import type { LoadedPacks, LoadOptions } from '../../../src/main/packs/load.ts';
import type { PackFile, PackFileKind } from '../../../src/main/packs/pack-files.ts';

const condition = (id: string, role: string, priority: number, measure: string, more = ''): string => `  - id: ${id}
    clauses: ["A4.1"]
    title: {zh: "${id}号", en: "${id}"}
    priority: ${priority}
    role: ${role}
    measure: ${measure}
${more}    source: engineering-default
    reason: "Of the test."
`;

const RULES = `plant: rich
includes: [general]
title: {zh: "全装置", en: "Rich plant"}
namespaceUri: urn:rich
card:
  cause: {zh: "原因", en: "Cause"}
  consequence: {zh: "后果", en: "Consequence"}
  action: {zh: "措施", en: "Action"}
  timeToAct: 30 min
  timeNeeded: 1 min
areas:
  - {id: unit, title: {zh: "单元", en: "Unit"}}
tags:
  - {id: TI-1, unit: degC, low: 0, high: 100, area: unit, zh: "温度一", en: Temperature 1}
  - {id: TI-2, unit: degC, low: 0, high: 100, area: unit, zh: "温度二", en: Temperature 2}
  - {id: TI-3, unit: degC, low: 0, high: 100, area: unit, zh: "温度三", en: Temperature 3}
  - {id: PI-1, unit: kPa, low: 0, high: 500, area: unit, zh: "压力", en: Pressure}
  - {id: FI-1, unit: m3/h, low: 0, high: 200, area: unit, zh: "流量一", en: Flow 1}
  - {id: FI-2, unit: m3/h, low: 0, high: 400, area: unit, zh: "流量二", en: Flow 2}
  - {id: P-1, kind: discrete, states: [stopped, running, fault], area: unit, zh: "泵", en: Pump}
labs:
  - {id: L-1, title: {zh: "化验", en: "Result"}, unit: g/L, low: 0, high: 3}
conditions:
${[
    condition('W-HIGH', 'warning', 3, '{kind: limit, input: TI-1, atOrAbove: 50, deadband: 2}'),
    condition('C-HIGH', 'trigger', 1, '{kind: limit, input: TI-1, atOrAbove: 60, deadband: 3}', '    guidelineFigure: 65\n'),
    condition('W-RATE', 'warning', 2, '{kind: rate, input: TI-1, risingFasterThan: 2, window: 2 min, deadband: 0.5}'),
    condition('W-SWING', 'warning', 2, '{kind: swing, input: FI-1, over: FI-2, minOver: 20, amplitude: 0.1, reversals: 4, window: 5 min}'),
    condition('W-WAVES', 'warning', 2, '{kind: swing, input: FI-1, amplitude: 15, reversals: 3, window: 4 min}'),
    condition('W-STUCK', 'warning', 2, '{kind: notFalling, input: TI-2, above: 70, minFall: 4, window: 6 min, deadband: 6}'),
    condition('W-RATIO', 'warning', 2, '{kind: ratio, input: FI-1, over: FI-2, minOver: 25, above: 1.5, deadband: 0.2}'),
    condition('W-APART', 'warning', 2, '{kind: deviation, input: TI-1, from: TI-2, absolute: true, above: 12, deadband: 1.5}'),
    condition('W-DISAGREE', 'warning', 2, '{kind: discrepancy, inputs: [TI-1, TI-2, TI-3], tolerance: 7, deadband: 1.1}'),
    condition('C-VOTED', 'trigger', 1, '{kind: voted, inputs: [TI-1, TI-2, TI-3], need: 2, atOrAbove: 80}'),
    condition('C-LONG', 'trigger', 1, '{kind: duration, of: W-HIGH, longerThan: 20 min}'),
    condition('W-BAD', 'warning', 3, '{kind: badQuality, inputs: [TI-3, PI-1]}'),
    condition('W-LAB', 'warning', 2, '{kind: lab, input: "lab:L-1", above: 0.4, phase: suspected}'),
    condition('C-LOW', 'trigger', 1, '{kind: limit, input: PI-1, atOrBelow: 40, deadband: 11}', '    onDelay: 10 s\n').replace('engineering-default', 'guideline'),
    condition('E-STOPPED', 'input', 4, '{kind: state, input: P-1, is: [stopped, fault]}'),
    condition('E-RUNNING', 'input', 4, '{kind: state, input: P-1, is: running}'),
    condition('E-COOL', 'input', 4, '{kind: limit, input: TI-3, below: 45}'),
    condition('C-BOTH', 'trigger', 1, '{kind: all, of: [E-RUNNING, E-COOL]}'),
    condition('W-FLOW', 'warning', 2, '{kind: limit, input: FI-1, below: 30, deadband: 5}', '    alarm: {class: process, suppressedWhile: [E-STOPPED], reAlarm: 15 min}\n'),
    condition('N-ALWAYS', 'prohibition', 1, '{kind: limit, input: FI-2, above: 350}', '    standing: true\n'),
  ].join('')}`;

const GENERAL = `plant: general
templates:
  - id: T-BLIND
    each: cooling-water
    clauses: ["A4.1"]
    title: {zh: "{tag}看不见", en: "{tag} not seen"}
    priority: 2
    role: warning
    measure: {kind: stale, inputs: [$tag]}
    source: engineering-default
    reason: "Silent {tag}."
`;

const SITE = `plant: rich
site: works
title: {zh: "厂", en: "Works"}
overrides:
  - condition: C-HIGH
    limit: 55
    deadband: 2.5
    reason: "Hot spot."
    approvedBy: engineer-01
`;

const TAGS = '\uFEFFid,area,kind,unit,low,high,states,scan,service,nodeId,zh,en\r\nFI-9,unit,,m3/h,0,600,,10 s,cooling-water,,冷却水,"Cooling water, total"\r\nXV-9,unit,discrete,,,,closed|open,,,"ns=2;s=""XV-9""",阀,Valve\r\n';

const CLAUSES = `clauses:
  - {id: "A4.1", kind: trigger, text: {zh: "异常升高", en: "Abnormally rising"}}
`;

const PROCEDURE = `id: P-RICH
version: 1
plant: rich
clauses: ["A4.1"]
title: {zh: "停车", en: "Stop"}
goal: {zh: "停下来", en: "Stopped"}
priority: 1
people: {limit: 2, zones: []}
interlocks: []
modes: [whole-plant-stop]
prohibitions: []
steps:
  - id: A
    who: operator
    direction: retreat
    text: {zh: "关阀", en: "Close the valve"}
    modes: [whole-plant-stop]
    within: 1 min
    proof:
      - {id: A.1, text: {zh: "阀", en: "Valve"}, expected: {zh: "已关", en: "closed"}, when: {kind: state, input: XV-9, is: closed}}
    otherwise: {zh: "按硬按钮", en: "Press the button"}
safetyMeasures: [{zh: "撤离", en: "Leave"}]
shutdownConditions: [{zh: "超温", en: "Too hot"}]
safeState:
  - {id: S1, text: {zh: "温度", en: "Temperature"}, expected: {zh: "低于 45", en: "below 45"}, when: {kind: all, of: [E-COOL]}}
safeWithin: 30 min
ifNotSafe: {zh: "撤得更远", en: "Further away"}
returnConditions:
  - {id: R1, text: {zh: "原因", en: "Cause"}, expected: {zh: "已签字", en: "signed"}, signed: engineer}
returnApprovals: [supervisor, engineer]
`;

export type RichFile = 'rules' | 'general' | 'site' | 'tags' | 'clauses' | 'procedure';
const WITH_STARTS = RULES.replaceAll(/ {4}role: trigger\n/gu, '    role: trigger\n    starts: [P-RICH]\n');
export const RICH: Readonly<Record<RichFile, { readonly name: string; readonly kind: PackFileKind; readonly text: string }>> = {
  rules: { name: 'rules/rich/rules.yaml', kind: 'rules', text: WITH_STARTS },
  general: { name: 'rules/general/general.yaml', kind: 'rules', text: GENERAL },
  site: { name: 'rules/rich/sites/works.yaml', kind: 'site', text: SITE },
  tags: { name: 'rules/rich/tags.csv', kind: 'tags', text: TAGS },
  clauses: { name: 'procedures/clauses.yaml', kind: 'clauses', text: CLAUSES },
  procedure: { name: 'procedures/rich.yaml', kind: 'procedure', text: PROCEDURE },
};

/** The rich plant with one file changed: as text, or as bytes. */
export function loadRich(file: RichFile, change: (text: string) => string | Uint8Array, options: LoadOptions = { every: true }): LoadedPacks {
  return assemblePacks(richFiles(file, change), options);
}

export function richFiles(file: RichFile, change: (text: string) => string | Uint8Array): PackFile[] {
  const own = (Object.keys(RICH) as RichFile[]).map((one): PackFile => {
    const { name, kind, text } = RICH[one];
    const changed = one === file ? change(text) : text;
    return { name, kind, bytes: typeof changed === 'string' ? new TextEncoder().encode(changed) : changed };
  });
  return [...own, authorityFile('general', 'rules/general/authority.yaml')];
}
