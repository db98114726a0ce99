/** REQ-PACK-03, REQ-PACK-13: every kind of measure, contradictions, alarms and times: a table of broken packs, one mutation of the rich plant each. */
import { describe, expect, it } from 'vitest';
import { loadRich, RICH } from './rich-plant.ts';
import type { RichFile } from './rich-plant.ts';
import { placeOf, swap } from './small-plant.ts';

/** what | from | to | the place of the finding: text that stands once in the mutated file | what is said */
type Row = readonly [what: string, from: string, to: string, at: string, says: string];

const MEASURES: readonly Row[] = [
  ['a voted limit that needs more than there are', 'need: 2', 'need: 4', '4, atOrAbove: 80', '4 votes are needed of 3 inputs'],
  ['a voted limit without comparison', 'need: 2, atOrAbove: 80', 'need: 2', 'voted, inputs', 'the vote on TI-1, TI-2, TI-3 has no comparison'],
  ['a voted limit outside one range', 'need: 2, atOrAbove: 80', 'need: 2, atOrAbove: 180', '180', 'limit 180 is outside the range of TI-1'],
  ['a vote of one input twice', '[TI-1, TI-2, TI-3], need', '[TI-1, TI-2, TI-2], need', 'TI-2], need', 'TI-2 is named twice'],
  ['a vote over two units', '[TI-1, TI-2, TI-3], need', '[TI-1, PI-1], need', 'PI-1], need', 'PI-1 is in kPa and TI-1 in degC; expected inputs in one unit'],
  ['a ratio of a tag to itself', 'over: FI-2, minOver: 25', 'over: FI-1, minOver: 25', 'FI-1, minOver: 25', 'FI-1 is named twice'],
  ['a ratio to an unknown tag', 'over: FI-2, minOver: 25', 'over: FI-7, minOver: 25', 'FI-7', "unknown tag 'FI-7'"],
  ['a ratio that is never reached', 'above: 1.5, deadband: 0.2', 'above: 8, deadband: 0.2', '8, deadband: 0.2', 'a ratio of 8 is never reached by FI-1 over FI-2; expected 0 to 8'],
  ['a ratio whose deadband swallows it', 'above: 1.5, deadband: 0.2', 'above: 1.5, deadband: 1.51', '1.51}', 'reaches down to no ratio at all'],
  ['a minOver beyond the range', 'minOver: 25', 'minOver: 400', '400, above', 'minOver 400 is outside the range of FI-2'],
  ['a swing of a ratio without minOver', 'over: FI-2, minOver: 20, amplitude', 'over: FI-2, amplitude', 'FI-2, amplitude', 'has no minOver'],
  ['a swing with minOver and no over', 'over: FI-2, minOver: 20, amplitude', 'minOver: 20, amplitude', '20, amplitude', "minOver stands without 'over'"],
  ['a swing of a ratio with a unit', 'amplitude: 0.1', 'unit: m3/h, amplitude: 0.1', 'm3/h, amplitude', "a ratio has none; expected no 'unit'"],
  ['a swing wider than the range', 'amplitude: 15', 'amplitude: 1500', '1500', 'amplitude 1500 is more than the whole range of FI-1'],
  ['a swing in too short a window', 'reversals: 3, window: 4 min', 'reversals: 50, window: 4 min', '4 min', 'holds fewer than 52 samples of FI-1'],
  ['not falling from beyond the range', 'above: 70, minFall: 4', 'above: 700, minFall: 4', '700', 'limit 700 is outside the range of TI-2'],
  ['not falling by more than there is', 'minFall: 4,', 'minFall: 401,', '401,', 'minFall 401 is more than the whole range of TI-2'],
  ['not falling in no time', 'window: 6 min', 'window: 6 s', '6 s', 'holds fewer than 3 samples of TI-2'],
  ['a rate more than the whole range', 'risingFasterThan: 2, window: 2 min', 'risingFasterThan: 60, window: 2 min', '60, window: 2 min', 'more than the whole range of TI-1'],
  ['a deviation of two units', 'from: TI-2', 'from: PI-1', 'PI-1, absolute', 'PI-1 is in kPa and TI-1 in degC'],
  ['a deviation beyond reach', 'above: 12', 'above: 120', '120', 'limit 120 is outside the range of TI-1 - TI-2'],
  ['a distance of nothing', 'above: 12,', 'above: 0,', '0, deadband: 1.5', 'a distance of 0 is no limit'],
  ['a discrepancy as wide as the range', 'tolerance: 7,', 'tolerance: 100,', '100, deadband: 1.1', 'tolerance 100 is as wide as the range'],
  ['a discrepancy that never clears', 'deadband: 1.1', 'deadband: 7', '7}\n    source', 'reaches the tolerance 7 itself'],
  ['a discrepancy of a pump', '[TI-1, TI-2, TI-3], tolerance', '[TI-1, P-1], tolerance', 'P-1], tolerance', 'a discrepancy cannot look at tag P-1 of kind discrete'],
  ['a duration of an unknown condition', 'of: W-HIGH', 'of: W-HIHG', 'W-HIHG', "unknown condition 'W-HIHG'; expected an existing condition, perhaps 'W-HIGH'"],
  ['a duration of no time', 'longerThan: 20 min', 'longerThan: 0 ms', '0 ms', 'longer than 0 s is at once'],
  ['a circle through a time', 'input: TI-1, atOrAbove: 50, deadband: 2}', 'input: TI-1, atOrAbove: 50, deadband: 2}\n    alarm: {suppressedWhile: [C-LONG]}', '[C-LONG]', 'W-HIGH -> C-LONG -> W-HIGH'],
  ['bad quality of a laboratory', 'inputs: [TI-3, PI-1]', 'inputs: [TI-3, "lab:L-1"]', '"lab:L-1"]', "badQuality cannot look at 'lab:L-1'"],
  ['a part named twice', 'of: [E-RUNNING, E-COOL]', 'of: [E-RUNNING, E-RUNNING]', 'E-RUNNING]', 'condition E-RUNNING is named twice'],
  ['a limit that is always true', 'atOrAbove: 50, deadband: 2', 'atOrAbove: 0.0', '0.0}', 'atOrAbove 0 is always true on TI-1'],
  ['a limit that could never clear', 'input: PI-1, atOrBelow: 40, deadband: 11', 'input: PI-1, atOrBelow: 400, deadband: 110', '110', 'deadband 110 is as wide as all of PI-1 on the normal side of 400'],
  ['$tag outside a template', 'input: FI-1, below: 30', 'input: $tag, below: 30', '$tag', "'$tag' stands for the tag of a template"],
];

const CONTRADICTIONS: readonly Row[] = [
  ['a deadband wider than the margin to the milder limit', 'atOrAbove: 60, deadband: 3', 'atOrAbove: 60, deadband: 11', '11}\n    guideline', 'deadband 11 of C-HIGH is wider than its margin to W-HIGH at 50'],
  ['a warning that comes after its trigger', 'atOrAbove: 50, deadband: 2', 'atOrAbove: 62, deadband: 1', '62', 'W-HIGH (warning, priority 3) comes only at 62, after 60, which is the trigger C-HIGH already'],
  ['a milder limit that is the more urgent', '    priority: 1\n    role: trigger\n    starts: [P-RICH]\n    measure: {kind: limit, input: TI-1', '    priority: 4\n    role: trigger\n    starts: [P-RICH]\n    measure: {kind: limit, input: TI-1', '60', 'C-HIGH (trigger, priority 4) comes only at 60, after 50, which is W-HIGH with the more urgent priority 3'],
  ['a trigger beyond what is forbidden at all times', 'input: TI-2, above: 70, minFall: 4, window: 6 min, deadband: 6}', 'input: TI-2, above: 70, minFall: 4, window: 6 min, deadband: 6}\n    source: engineering-default\n    reason: "x"\n  - id: C-MORE\n    clauses: ["A4.1"]\n    title: {zh: "多", en: "More"}\n    priority: 1\n    role: trigger\n    starts: [P-RICH]\n    measure: {kind: limit, input: FI-2, above: 380}', '380', 'C-MORE (trigger, priority 1) comes only at 380, after 350, which is forbidden at all times by N-ALWAYS'],
  ['states that are never true together', 'of: [E-RUNNING, E-COOL]', 'of: [E-RUNNING, E-STOPPED]', '[E-RUNNING, E-STOPPED]', 'C-BOTH can never be true: E-RUNNING and E-STOPPED contradict'],
  ['limits that are never true together', 'below: 45}', 'below: 45}\n    source: engineering-default\n    reason: "x"\n  - id: C-NEVER\n    clauses: ["A4.1"]\n    title: {zh: "无", en: "Never"}\n    priority: 1\n    role: trigger\n    starts: [P-RICH]\n    measure: {kind: all, of: [W-HIGH, E-COLD]}\n    source: engineering-default\n    reason: "x"\n  - id: E-COLD\n    clauses: ["A4.1"]\n    title: {zh: "冷", en: "Cold"}\n    priority: 4\n    role: input\n    measure: {kind: limit, input: TI-1, below: 50}', '[W-HIGH, E-COLD]', 'C-NEVER can never be true: W-HIGH and E-COLD contradict'],
  ['an alarm suppressed whenever it comes', 'suppressedWhile: [E-STOPPED]', 'suppressedWhile: [E-LOW-FLOW]}\n    source: engineering-default\n    reason: "x"\n  - id: E-LOW-FLOW\n    clauses: ["A4.1"]\n    title: {zh: "低", en: "Low"}\n    priority: 4\n    role: input\n    measure: {kind: limit, input: FI-1, atOrBelow: 60}\n    alarm: {class: process', 'E-LOW-FLOW]', 'W-FLOW is suppressed while E-LOW-FLOW is raised, and that is always so'],
];

const ALARMS: readonly Row[] = [
  ['3.6 a safety alarm that is suppressed', '{class: process, suppressedWhile', '{class: safety, suppressedWhile', '[E-STOPPED], reAlarm', 'alarm W-FLOW is of class safety, which is always visible; expected no suppressedWhile'],
  ['3.6 a fire or gas alarm that is suppressed', '{class: process, suppressedWhile', '{class: fire-gas, suppressedWhile', '[E-STOPPED], reAlarm', 'of class fire-gas, which is always visible'],
  ['a suppression by nothing', 'suppressedWhile: [E-STOPPED]', 'suppressedWhile: [E-STOPED]', 'E-STOPED', "unknown condition 'E-STOPED'; expected an existing condition, perhaps 'E-STOPPED'"],
  ['an alarm that never stops sounding', 'reAlarm: 15 min', 'reAlarm: 1 s', '1 s', 'would sound again every 1 s; expected at least 10 s'],
  ['settings of an alarm that is none', 'below: 45}', 'below: 45}\n    alarm: {latching: true}', '{latching', 'has the role input, raises no alarm and has alarm settings'],
  ['too little time', 'timeToAct: 30 min', 'timeToAct: 1 min', 'id: W-HIGH\n', 'alarm W-HIGH leaves too little time: 60 s available, 60 s needed; expected at least 1.5 times the time needed, 90 s'],
  ['a window that eats the time', 'timeToAct: 30 min', 'timeToAct: 7 min', 'id: W-STUCK\n', 'alarm W-STUCK leaves too little time: 420 s available less 360 s of delays and windows, 60 s needed'],
  ['a figure looser than the guideline\'s own', 'guidelineFigure: 65', 'guidelineFigure: 58', '60, deadband: 3', "atOrAbove 60 of C-HIGH goes beyond the guideline's own figure 58 (A4.1); expected at most 58"],
  ['a guideline figure of what has none', 'is: running}', 'is: running}\n    guidelineFigure: 3', '3\n    source', 'is a state and has no figure of its own'],
  ['the source guideline with another figure', 'guidelineFigure: 65\n    source: engineering-default', 'guidelineFigure: 65\n    source: guideline', 'guideline\n    reason: "Of the test."\n  - id: W-RATE', "the guideline's figure is 65"],
];

function tell(file: RichFile, change: (text: string) => string, at: string, says: string): void {
  const { findings, sites } = loadRich(file, change);
  const { name, text } = RICH[file];
  const all = [...findings, ...sites.flatMap((site) => site.findings)];
  const shown = all.map((finding) => `${finding.file}:${finding.line}:${finding.column}: ${finding.message}`).join('\n');
  expect(all.filter((finding) => finding.message.includes(says)).map(({ file: where, line, column, severity }) => ({ where, line, column, severity })), shown).toContainEqual({ where: name, ...placeOf(change(text), at), severity: 'error' });
}

describe('REQ-PACK-13 the rich plant itself', () => {
  it('loads without a finding, with its site, its tag list and its general rules', () => {
    const { findings, sites, plants } = loadRich('rules', (text) => text);
    expect(findings).toEqual([]);
    expect(sites).toEqual([expect.objectContaining({ id: 'works', plant: 'rich', applied: true, findings: [] })]);
    expect(plants[0]?.conditions.map((one) => one.id)).toContain('T-BLIND-FI-9');
    expect(plants[0]?.site).toBeUndefined();
  });
});

describe('REQ-PACK-13 A4.1 what a measure cannot be', () => {
  it.each(MEASURES)('%s', (_what, from, to, at, says) => tell('rules', swap(from, to), at, says));
});

describe('REQ-PACK-14 A4.2 conditions that contradict', () => {
  it.each(CONTRADICTIONS)('%s', (_what, from, to, at, says) => tell('rules', swap(from, to), at, says));

  it('a warning at the same figure as its trigger, or a milder one of another direction, contradicts nothing', () => {
    expect(loadRich('rules', swap('atOrAbove: 50, deadband: 2', 'atOrAbove: 60, deadband: 2')).findings).toEqual([]);
    expect(loadRich('rules', swap('atOrAbove: 50, deadband: 2', 'atOrBelow: 10, deadband: 2')).findings).toEqual([]);
  });
});

describe('REQ-PACK-15 3.6 alarms that nobody could answer', () => {
  it.each(ALARMS)('%s', (_what, from, to, at, says) => tell('rules', swap(from, to), at, says));

  it('an alarm that can wait needs no time', () => {
    expect(loadRich('rules', swap('timeToAct: 30 min', 'timeToAct: null')).findings).toEqual([]);
  });
});
