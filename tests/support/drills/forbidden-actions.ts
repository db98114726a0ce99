/**
 * What the guideline forbids (research/simulators.md 6.3, the register of clauses, the watched prohibitions of all procedures), and who of which exercise
 * does it on purpose: what nobody can commit nobody can be scored for. The runs of tests/integration/drills.test.ts hold each row; the page
 * docs/forbidden-actions.md is printed from it.
 */
import type { Breach } from '../../../src/contract/drill.ts';

export interface Forbidden {
  readonly clause: string;
  readonly zh: string;
  readonly en: string;
  /** Exercise and person. */
  readonly by: readonly [exercise: string, person: string];
  /** As what the score catches it. */
  readonly caughtAs: Breach['kind'];
  /** The condition that watches it, where tags, cameras or people tell of it. */
  readonly watched?: string;
}

const did = (clause: string, zh: string, en: string, exercise: string, person: string, caughtAs: Breach['kind'], watched?: string): Forbidden => ({ clause, zh, en, by: [exercise, person], caughtAs, ...(watched === undefined ? {} : { watched }) });

export const FORBIDDEN: readonly Forbidden[] = [
  did('3.3', '未经批准旁路联锁', 'Interlock bypassed without approval', 'S-3.3-BYPASS', 'bypasses', 'bypass'),
  did('3.3', '强制联锁输入', 'Inputs of an interlock forced', 'S-3.3-BYPASS', 'forces-inputs', 'bypass'),
  did('3.5', '强行复位', 'Reset by force', 'S-3.5-FORCED-RESET', 'forces-the-reset', 'bypass'),
  did('3.6', '不分析就屏蔽报警', 'Alarm silenced without analysis', 'S-3.6-SILENCE', 'silences', 'verdict'),
  did('4.1.2', '没有程序的异常，边运行边处理', 'Running on with what no procedure covers', 'S-4.1.2-UNFORESEEN', 'goes-on', 'people'),
  did('4.2.1', '情况不明就进入', 'Entry while the situation is unclear', 'S-A2.1-TANK-HOT', 'sends-people-to-look', 'verdict'),
  did('4.2.3', '超过 6 人', 'More than six people', 'S-4.2.3-CROWD', 'eight-go-in', 'verdict'),
  did('4.2.3', '同一部位交叉作业', 'Two jobs at one part', 'S-A4.4-CLAY-CHANGE', 'two-jobs', 'refusal'),
  did('4.3.2', '强行疏通堵塞物', 'A plug forced', 'S-4.3.2-UNPLUG', 'brute-force', 'prohibition', 'N-4.3.2-FORCED'),
  did('4.3.2', '敲击堵塞物', 'A plug struck', 'S-4.3.2-UNPLUG', 'strikes-it', 'prohibition', 'N-4.3.2-STRUCK'),
  did('4.3.2', '敲击堵塞的硝酸铵管线', 'A plug of ammonium nitrate struck', 'S-A2.6-LEG-1', 'strikes-the-leg', 'prohibition', 'N-A2.8-METAL'),
  did('4.4.1', '以关闭的阀门代替盲板', 'A closed valve in place of a blind', 'S-4.4.1-OPENING', 'valve-for-a-blind', 'refusal'),
  did('4.4.1', '以水封代替盲板', 'A water seal in place of a blind', 'S-4.4.1-OPENING', 'water-seal', 'refusal'),
  did('4.4.2', '没有论证、勘测和方案的带压作业', 'Work under pressure without assessment, survey and plan', 'S-4.1.1(4)-LEAK', 'clamps-it', 'refusal'),
  did('4.4.3', '极度危害介质、未测壁厚的带压作业', 'Work under pressure on an extremely hazardous medium with no wall measured', 'S-4.1.1(4)-LEAK', 'clamps-it', 'refusal'),
  did('4.5.1', '多头指挥', 'A second commander', 'S-4.5-BLIND', 'second-commander', 'refusal'),
  did('4.5.2', '指挥兼盯守', 'Command and watch in one hand', 'S-4.5-BLIND', 'two-hats', 'refusal'),
  did('A1.2', '就地排放（R-1101）', 'Discharge on the spot (R-1101)', 'S-A1.2-RUNAWAY', 'on-the-floor', 'prohibition', 'N-A1.2-LOCAL-DISCHARGE'),
  did('A1.2', '就地排放（R-1201）', 'Discharge on the spot (R-1201)', 'S-A1.2-R1201', 'on-the-floor', 'prohibition', 'N-A1.2-LOCAL-DISCHARGE-SEEN'),
  did('A1.3', '氧高仍供氢', 'Hydrogen on with oxygen high', 'S-A1.3-OXYGEN', 'hydrogen-on', 'prohibition', 'N-A1.3-HYDROGEN'),
  did('A1.4', '直接加热', 'Heating directly', 'S-A1.4-NOT-INITIATED', 'heats', 'prohibition', 'N-A1.4-HEATING'),
  did('A1.4', '追加引发剂', 'More initiator', 'S-A1.4-NOT-INITIATED', 'more-initiator', 'prohibition', 'N-A1.4-INITIATOR'),
  did('A1.5', '未经评估带料再开车（R-1101）', 'Restart with a charge before the assessment (R-1101)', 'S-A1.5-RESTART', 'restarts', 'prohibition', 'N-A1.5-RESTART'),
  did('A1.5', '未经评估带料再开车（R-1201）', 'Restart with a charge before the assessment (R-1201)', 'S-A1.5-RESTART-R1201', 'hydrogen-on', 'prohibition', 'N-A1.5-RESTART-R1201'),
  did('A1.5', '未经评估带料再开车（R-1301）', 'Restart with a charge before the assessment (R-1301)', 'S-A1.5-RESTART-R1301', 'doses-on', 'prohibition', 'N-A1.5-RESTART-R1301'),
  did('A1.6', '不出料仍加热', 'Heating on with nothing coming over', 'S-A1.6-PLUG', 'heats-on', 'prohibition', 'N-A1.6-HEATING'),
  did('A2.2', '不停氨蒸发就处理', 'Handling it with evaporation running', 'S-A2.2-FOAM', 'handles-running', 'prohibition', 'N-A2.2-RUNNING'),
  did('A2.3', '流量未稳就恢复进料', 'Feed restored before the flows are steady', 'S-A2.3-HUNTING', 'restores-too-early', 'prohibition', 'N-A2.3-RESTORED'),
  did('A2.5', '泄漏点多于 2 人', 'More than two people at the leak', 'S-A2.5-LEAK', 'crowd', 'prohibition', 'N-A2.5-PEOPLE'),
  did('A2.5', '泄漏时动火', 'Hot work at the leak', 'S-A2.5-LEAK', 'hot-work', 'prohibition', 'N-A2.5-HOT-WORK'),
  did('A2.6', '下液管堵塞仍加热', 'Heating on with the down-leg plugged', 'S-A2.6-LEG-1', 'heats-on', 'prohibition', 'N-A2.6-HEATING'),
  did('A2.6', '下液管堵塞仍进料', 'Feeding on with the down-leg plugged', 'S-A2.6-LEG-2', 'feeds-on', 'prohibition', 'N-A2.6-FEEDING'),
  did('A2.8', '用金属敲击', 'Knocking with metal', 'S-A2.8-MELT', 'metal-tools', 'prohibition', 'N-A2.8-METAL'),
  did('A2.8', '熔融泵不停', 'Melt pump running on', 'S-A2.8-MELT', 'pumps-on', 'prohibition', 'N-A2.8-PUMP'),
  did('A2.8', '熔融线伴热不关', 'Tracing steam of the melt line left on', 'S-A2.8-MELT', 'tracing-on', 'prohibition', 'N-A2.8-TRACING'),
  did('A2.8', '溶液泵不停', 'Solution pump running on', 'S-A2.8-SOLUTION', 'pumps-on', 'prohibition', 'N-A2.8-SOLUTION-PUMP'),
  did('A2.8', '溶液线伴热不关', 'Tracing steam of the solution line left on', 'S-A2.8-SOLUTION', 'tracing-on', 'prohibition', 'N-A2.8-SOLUTION-TRACING'),
  did('A2.11', '乘电梯撤离', 'Leaving by lift', 'S-A2.11-TOWER', 'takes-the-lift', 'prohibition', 'N-A2.11-LIFT'),
  did('A2.11', '向塔上层避烟', 'Climbing up from the smoke', 'S-A2.11-TOWER', 'climbs-up', 'prohibition', 'N-A2.11-UP'),
  did('A3.2', '隔离确认前在气化炉聚集', 'Gathering at the gasifier before the isolation is confirmed', 'S-A3.2-CROWD', 'crowd', 'prohibition', 'N-A3.2-GATHERING'),
  did('A3.3', '带压拆法兰（阀门失效）', 'Flange opened under pressure (valve failed)', 'S-A3.3-VALVE', 'opens-under-pressure', 'margin'),
  did('A3.4', '带压拆管段', 'Section opened under pressure', 'S-A3.4-OPENING', 'opens-under-pressure', 'margin'),
  did('A3.5', '气化炉未泄压先泄氧管线', 'Oxygen line depressurised before the gasifier', 'S-A3.5-DEPRESSURE', 'oxygen-first', 'prohibition', 'N-A3.5-OXYGEN-VENT'),
  did('A3.6', '不置换不分析就点火', 'Relit without purge and analysis', 'S-A3.6-RELIGHT', 'relights', 'prohibition', 'N-A3.6-RELIGHT'),
  did('A3.7', '热触媒失去正压（甲烷化）', 'Hot catalyst without positive pressure (methanation)', 'S-A3.7-PRESSURE', 'vents-to-nothing', 'prohibition', 'N-A3.7-METHANATION-PRESSURE'),
  did('A4.1', '撤离后又进入', 'Going back in after the evacuation', 'S-A4.1-CONCENTRATOR', 'goes-back', 'people'),
  did('A4.3', '效率未到就退料', 'Drained before the efficiencies are down', 'S-A4.3-DRAIN', 'drains-at-once', 'prohibition', 'N-A4.3-DRAIN'),
  did('A4.3', '两股料退入一槽', 'Both liquors drained into one tank', 'S-A4.3-DRAIN', 'one-tank', 'prohibition', 'N-A4.3-MIXED'),
  did('A4.4', '白土床更换多于 6 人', 'More than six people at the change of a clay bed', 'S-A4.4-CLAY-CHANGE', 'seven-people', 'prohibition', 'N-A4.4-PC-4500'),
  did('A4.4', '氢化区检修多于 6 人', 'More than six people at the repair of hydrogenation', 'S-A4.4-CLAY-CHANGE', 'seven-at-hydrogenation', 'prohibition', 'N-A4.4-PC-4100'),
  did('A4.5', '向热釜加水', 'Water into the hot preparation vessel', 'S-PREP', 'adds-water', 'prohibition', 'N-A4.5-WATER'),
  did('A4.5', '关放空', 'Vent of the preparation vessel closed', 'S-PREP', 'closes-the-vent', 'prohibition', 'N-A4.5-VENT'),
  did('A4.6', '置换合格前检修', 'Work before the purge is good', 'S-A4.6-PURGE', 'opens-at-once', 'prohibition', 'N-A4.6-WORK'),
  did('A4.6', '氧未置换就通氢', 'Hydrogen let in before oxygen is purged', 'S-A4.6-START', 'lets-hydrogen-in', 'prohibition', 'N-A4.6-START'),
  did('A4.7', '人工加酸', 'Acid added by hand', 'S-ACID', 'pours-acid', 'prohibition', 'N-A4.7-HAND'),
  did('A4.8', '关残液放空', 'Vent of the residue closed', 'S-A4.8-RESIDUE', 'closes-the-vent', 'prohibition', 'N-A4.8-VENT'),
  did('A4.9', '用空气吹扫', 'Blowing with air', 'S-CLAY', 'blows-air', 'prohibition', 'N-A4.9-AIR'),
  did('A4.10', '仅用氮气压料', 'Drained by nitrogen alone', 'S-A4.10-RESIN', 'nitrogen-alone', 'prohibition', 'N-A4.10-NITROGEN-ONLY'),
  did('A4.10', '残留双氧水', 'Free peroxide left', 'S-A4.10-RESIN', 'stops-washing-early', 'prohibition', 'N-A4.10-FREE-H2O2'),
  did('A4.11', '现场人工作业', 'Manual work on the spot', 'S-TANK', 'works-on-site', 'prohibition', 'N-A4.11-PEOPLE'),
];

/** What nobody commits in an exercise, and why not. By clause, or by the condition that watches it. */
export const NOT_COMMITTED: Readonly<Record<string, string>> = {
  '4.3.3': 'a proof by senses alone cannot be given at a console: packs in which it would stand are refused when they are read, and a signature that needs evidence is none without it',
  'N-A3.7-LOOP-PRESSURE': 'through HV-3544 the loop takes more than 25 minutes from 5 MPa to nothing; the same deed is committed at methanation',
  'N-A3.7-SHIFT-PRESSURE': 'through HV-3203 the simulated header does not fall below 2.2 MPa: methanation and reformer keep it up',
};

/** docs/forbidden-actions.md. */
export function forbiddenPage(): string {
  const rows = FORBIDDEN.map(({ clause, zh, en, by: [exercise, person], caughtAs, watched }) => `| ${clause} | ${en} | ${zh} | ${exercise} | ${person} | ${caughtAs}${watched === undefined ? '' : `, ${watched}`} |`);
  return [
    '# What is forbidden, and who does it', '',
    'Printed from `tests/support/drills/forbidden-actions.ts` (`HAVEN_WRITE=1 npx vitest run tests/unit/drill/forbidden-actions.test.ts`); each row is run in the suite (`tests/integration/drills.test.ts`): the person of the exercise does it, and the score must catch it by that clause, as that kind of breach (docs/design/score.md).', '',
    '| clause | forbidden | 禁止 | exercise | person | caught as |', '| --- | --- | --- | --- | --- | --- |', ...rows, '',
    'Not committed by anybody:', '', ...Object.entries(NOT_COMMITTED).map(([what, why]) => `- ${what}: ${why}.`), '',
  ].join('\n');
}
